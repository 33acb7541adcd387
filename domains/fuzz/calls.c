/* What the fuzzer calls: half of it shaped for the hypercall, half of it anything. */
#include <ringside-rt/console.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test_pointers.h>
#include <ringside-rt/xenstore.h>

#include "fuzz.h"

#define STRUCTURE_WORDS 20
#define LIST_LENGTH 8

/* Lists of frames in the arena, so that pointers in structures lead to them. */
static uint64_t frame_list(void)
{
    uint64_t pointer = fuzz_pointer();
    for (unsigned i = 0; i < LIST_LENGTH && fuzz_is_ours(pointer, 8 * LIST_LENGTH); i++) {
        uint64_t frame = fuzz_frame();
        memcpy((void *)(pointer + 8 * i), &frame, 8);
    }
    return pointer;
}

/* Operations that change guest frames get structures that name the playground's only. */
static bool shape_memory_op(uint64_t op, uint64_t pointer)
{
    struct xen_memory_reservation reservation = {
        .extent_start = (xen_pfn_t *)frame_list(),
        .nr_extents = fuzz_below(LIST_LENGTH + 1),
        .extent_order = fuzz_below(8) ? 0 : (uint32_t)fuzz_below(3),
        .mem_flags = (uint32_t)fuzz_below(256),
        .domid = (domid_t)(fuzz_below(8) ? DOMID_SELF : fuzz_word()),
    };
    struct xen_add_to_physmap add = {
        .domid = (domid_t)(fuzz_below(8) ? DOMID_SELF : fuzz_word()),
        .size = (uint16_t)fuzz_below(4),
        .space = (uint32_t)fuzz_below(7),
        .idx = fuzz_below(2) ? fuzz_frame() : fuzz_below(40),
        .gpfn = fuzz_frame(),
    };
    struct xen_remove_from_physmap remove = {.domid = add.domid, .gpfn = fuzz_frame()};
    switch (op) {
    case XENMEM_increase_reservation:
    case XENMEM_decrease_reservation:
    case XENMEM_populate_physmap:
        if (reservation.extent_order)
            reservation.nr_extents = 0; /* a large extent would leave the playground */
        memcpy((void *)pointer, &reservation, sizeof(reservation));
        return true;
    case XENMEM_add_to_physmap:
        /* The shared info page and grant frames stay where the runtime put them. */
        if (add.space == XENMAPSPACE_shared_info || add.space == XENMAPSPACE_grant_table)
            add.idx += 1000;
        if (add.space == XENMAPSPACE_gmfn_range)
            add.size = 0;
        memcpy((void *)pointer, &add, sizeof(add));
        return true;
    case XENMEM_remove_from_physmap:
        memcpy((void *)pointer, &remove, sizeof(remove));
        return true;
    default:
        return false;
    }
}

/* Mapping a grant replaces a frame: of the playground only. */
static bool shape_grant_op(uint64_t op, uint64_t pointer)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = fuzz_frame() << PAGE_SHIFT,
        .flags = (uint32_t)fuzz_below(64),
        .ref = (grant_ref_t)fuzz_below(600),
        .dom = (domid_t)fuzz_below(5),
    };
    struct gnttab_unmap_grant_ref unmap = {
        .host_addr = fuzz_frame() << PAGE_SHIFT, .handle = (grant_handle_t)fuzz_below(64)};
    struct gnttab_copy copy = {
        .source = {.u.gmfn = fuzz_frame(), .domid = (domid_t)fuzz_word()},
        .dest = {.u.gmfn = fuzz_frame(), .domid = DOMID_SELF},
        .len = (uint16_t)fuzz_word(),
        .flags = (uint16_t)fuzz_below(2),
    };
    switch (op) {
    case GNTTABOP_map_grant_ref:
        memcpy((void *)pointer, &map, sizeof(map));
        return true;
    case GNTTABOP_unmap_grant_ref:
        memcpy((void *)pointer, &unmap, sizeof(unmap));
        return true;
    case GNTTABOP_copy:
        memcpy((void *)pointer, &copy, sizeof(copy));
        return true;
    default:
        return false;
    }
}

/* The registry, for services that the description gives us, gives others, and gives nobody. */
static void shape_ivmc_op(struct fuzz_call *call)
{
    static const char *const services[] = {"fuzz", "neighbour", "nobody", "sixteen-letters-"};
    const char *service = services[fuzz_below(ARRAY_SIZE(services))];
    struct ivmc_register arg = {
        .role = (uint32_t)fuzz_below(3),
        .channel_ref = (grant_ref_t)fuzz_word(), /* of a fetch: the slot */
        .epoch = (uint32_t)fuzz_below(1000),
    };
    memcpy(arg.service, service, strnlen(service, IVMC_SERVICE_BYTES));
    call->args[0] = fuzz_below(3);
    call->args[1] = fuzz_pointer();
    if (fuzz_is_ours(call->args[1], sizeof(arg)))
        memcpy((void *)call->args[1], &arg, sizeof(arg));
}

/* A list of calls that are chosen like ours, and as harmless. */
static void shape_multicall(struct fuzz_call *call)
{
    uint64_t pointer = fuzz_pointer();
    unsigned count = (unsigned)fuzz_below(6);
    call->args[0] = pointer;
    call->args[1] = count;
    const size_t room = 6 * sizeof(struct multicall_entry);
    for (unsigned i = 0; i < count && fuzz_is_ours(pointer, room); i++) {
        struct fuzz_call inner = {.number = (unsigned)fuzz_below(64)};
        struct multicall_entry entry = {.op = inner.number};
        inner.args[0] = fuzz_below(40);
        for (unsigned j = 1; j < 5; j++)
            inner.args[j] = (uintptr_t)test_bad_pointer(1);
        if (fuzz_suicidal(&inner))
            entry.op = 127;
        for (unsigned j = 0; j < 5; j++)
            entry.args[j] = inner.args[j];
        memcpy((void *)(pointer + i * sizeof(entry)), &entry, sizeof(entry));
    }
}

static bool changes_frames(unsigned number, uint64_t op)
{
    if (number == __HYPERVISOR_memory_op)
        return (op & 63) == XENMEM_increase_reservation ||
               (op & 63) == XENMEM_decrease_reservation || (op & 63) == XENMEM_populate_physmap ||
               (op & 63) == XENMEM_add_to_physmap || (op & 63) == XENMEM_exchange ||
               (op & 63) == XENMEM_remove_from_physmap ||
               (op & 63) == XENMEM_add_to_physmap_batch;
    return number == __HYPERVISOR_grant_table_op &&
           ((uint32_t)op == GNTTABOP_map_grant_ref || (uint32_t)op == GNTTABOP_unmap_grant_ref ||
            (uint32_t)op == GNTTABOP_copy);
}

static void shape_frames(struct fuzz_call *call)
{
    uint64_t pointer = fuzz_pointer();
    bool shaped = false;
    if (fuzz_is_ours(pointer, 64))
        shaped = call->number == __HYPERVISOR_memory_op
                     ? shape_memory_op(call->args[0] & 63, pointer)
                     : shape_grant_op((uint32_t)call->args[0], pointer);
    call->args[1] = shaped ? pointer : (uintptr_t)test_bad_pointer(1);
    call->args[2] = 1;
}

void fuzz_choose(struct fuzz_call *call)
{
    call->number = (unsigned)(fuzz_below(4) ? fuzz_below(43) : fuzz_below(128));
    call->args[0] = fuzz_below(8) ? fuzz_below(32) : fuzz_word();
    if (call->number == __HYPERVISOR_multicall) {
        shape_multicall(call);
        return;
    }
    for (unsigned i = 1; i < 5; i++) {
        call->args[i] = fuzz_below(2) ? fuzz_pointer() : fuzz_harmless(fuzz_word());
        fuzz_fill(call->args[i], STRUCTURE_WORDS);
    }
    if (changes_frames(call->number, call->args[0]))
        shape_frames(call);
    if (!fuzz_below(50)) {
        call->number = __HYPERVISOR_ivmc_op;
        shape_ivmc_op(call);
    }
    if (call->number == __HYPERVISOR_console_io && fuzz_is_ours(call->args[2], 1))
        call->args[1] &= 3; /* for the sake of who reads the console */
}

/* The first 32 bits of a structure, as far as it can be read. */
static uint32_t first_word(uint64_t pointer)
{
    uint32_t word = 0;
    if (fuzz_is_ours(pointer, 4))
        memcpy(&word, (void *)pointer, 4);
    return word;
}

static bool suicidal_event_op(uint32_t op, uint64_t pointer)
{
    uint32_t port = first_word(pointer);
    bool ours = port == console_port() || port == xenstore_port();
    return op == EVTCHNOP_reset || (op == EVTCHNOP_close && ours);
}

/* Sleeping without an end, watchdogs that bite, and other reasons for our own shutdown. */
static bool suicidal_sched_op(uint32_t op, uint64_t pointer)
{
    return op == SCHEDOP_block || op == SCHEDOP_watchdog || op == SCHEDOP_shutdown_code ||
           (op == SCHEDOP_shutdown && fuzz_is_ours(pointer, 4)) ||
           (op == SCHEDOP_poll && fuzz_is_ours(pointer, sizeof(struct sched_poll)));
}

bool fuzz_suicidal(const struct fuzz_call *call)
{
    uint32_t op = (uint32_t)call->args[0];
    switch (call->number) {
    case __HYPERVISOR_sched_op:
        return suicidal_sched_op(op, call->args[1]);
    case __HYPERVISOR_sched_op_compat:
        return op == 1 || op == 2;
    case __HYPERVISOR_event_channel_op:
        return suicidal_event_op(op, call->args[1]);
    case __HYPERVISOR_vcpu_op:
        /* Taking ourselves down; and a vcpu_info that the runtime would not find. */
        return op == VCPUOP_down || op == VCPUOP_register_vcpu_info || op == VCPUOP_initialise;
    case __HYPERVISOR_hvm_op:
        /* Upcalls on a vector of somebody else's choice. */
        return op == HVMOP_set_param || op == HVMOP_set_evtchn_upcall_vector;
    default:
        return false;
    }
}
