/* Lengths and counts that wrap around, or that no memory can hold. */
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static const uint64_t counts[] = {0x7fffffff, 0x80000000, 0xffffffff, 1ul << 32,
                                  1ul << 61,  1ul << 63,  ~0ul};

static void reservations(xen_pfn_t *frames)
{
    for (unsigned i = 0; i < ARRAY_SIZE(counts); i++) {
        struct xen_memory_reservation arg = {
            .extent_start = frames, .nr_extents = counts[i], .domid = DOMID_SELF};
        long rc = HYPERVISOR_memory_op(XENMEM_populate_physmap, &arg);
        test_check(rc <= 512, "populated %ld extents", rc);
        arg.nr_extents = 1;
        arg.extent_order = (uint32_t)counts[i];
        if (arg.extent_order) {
            rc = HYPERVISOR_memory_op(XENMEM_populate_physmap, &arg);
            test_check(rc <= 0, "populated an extent of order %u", arg.extent_order);
            rc = HYPERVISOR_memory_op(XENMEM_decrease_reservation, &arg);
            test_check(rc <= 0, "gave back an extent of order %u", arg.extent_order);
        }
    }
}

static void lists(void *page)
{
    struct xen_add_to_physmap_batch batch = {
        .domid = DOMID_SELF,
        .space = XENMAPSPACE_gmfn,
        .size = 0xffff,
        .idxs = test_bad_pointer(5),
        .gpfns = page,
        .errs = page,
    };
    test_returns(HYPERVISOR_memory_op(XENMEM_add_to_physmap_batch, &batch), -XEN_EFAULT);
    struct xen_memory_map map = {.nr_entries = 0xffffffff, .buffer = test_bad_pointer(5)};
    test_returns(HYPERVISOR_memory_op(XENMEM_memory_map, &map), -XEN_EFAULT);
    struct sched_poll poll = {.ports = page, .nr_ports = 0xffffffff, .timeout = 1};
    test_check(HYPERVISOR_sched_op(SCHEDOP_poll, &poll) < 0, "2^32-1 ports");
}

/* The array ends with memory: all before its end is done, then it faults. */
static void grant_arrays(void)
{
    char *end = (char *)((uintptr_t)test_bad_pointer(5) + 1);
    const unsigned many[] = {0xffffffff, 0x80000000, 0x7fffffff, 0x08000000};
    for (unsigned i = 0; i < ARRAY_SIZE(many); i++) {
        test_check(HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, end - 64, many[i]) < 0,
                   "%u unmaps", many[i]);
        test_check(HYPERVISOR_grant_table_op(GNTTABOP_copy, end - 64, many[i]) < 0, "%u copies",
                   many[i]);
        test_check(HYPERVISOR_multicall((void *)(end - 64), many[i]) < 0, "%u calls", many[i]);
    }
}

static void offsets(void)
{
    struct vcpu_register_vcpu_info info = {.mfn = 256, .offset = 0xffffffc0};
    test_check(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &info) < 0, "offset wraps");
    info = (struct vcpu_register_vcpu_info){.mfn = ~0ul >> 12, .offset = 0};
    test_check(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &info) < 0, "frame wraps");
    info = (struct vcpu_register_vcpu_info){.mfn = ~0ul, .offset = 4032};
    test_check(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &info) < 0, "frame wraps");
}

void test_main(void)
{
    xen_pfn_t *frames = page_alloc(1);
    test_need(frames);
    for (unsigned i = 0; i < 512; i++)
        frames[i] = ~0ul - i;
    reservations(frames);
    lists(frames);
    grant_arrays();
    offsets();
    test_end_by_fault();
}
