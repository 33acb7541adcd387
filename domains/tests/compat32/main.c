/*
 * Hypercalls from 32-bit code: registers and layouts are those of a 32-bit guest, though we run in
 * long mode. The width is that of the code segment at the call.
 */
#include <ringside-rt/boot.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define ADDRESS(thing) ((uint32_t)(uintptr_t)(thing))

static void version(void)
{
    static uint32_t features[2];
    test_returns(hypercall_compat(__HYPERVISOR_xen_version, XENVER_pagesize, 0, 0, 0, 0), 4096);
    test_returns(hypercall_compat(__HYPERVISOR_xen_version, XENVER_get_features, ADDRESS(features),
                                  0, 0, 0), 0);
    test_check(features[1] != 0, "no features");
    test_returns(hypercall_compat(127, 0, 0, 0, 0, 0), -XEN_ENOSYS);
    test_returns(hypercall_compat(__HYPERVISOR_xen_version, XENVER_get_features, 16, 0, 0, 0),
                 -XEN_EFAULT);
}

static void memory(void)
{
    static struct e820entry entries[32];
    struct {
        uint32_t nr_entries, buffer, guard;
    } map = {32, ADDRESS(entries), 0x12345678};
    test_returns(hypercall_compat(__HYPERVISOR_memory_op, XENMEM_memory_map, ADDRESS(&map), 0, 0,
                                  0), 0);
    test_equal(map.nr_entries, boot_memmap_entries());
    test_equal(map.guard, 0x12345678);
    test_equal(entries[0].addr, boot_memmap(0)->start);

    char *page = page_alloc(1);
    test_need(page);
    uint32_t gfn = ADDRESS(page) >> PAGE_SHIFT;
    struct compat_xen_memory_reservation change = {
        .extent_start = ADDRESS(&gfn), .nr_extents = 1, .domid = DOMID_SELF};
    test_returns(hypercall_compat(__HYPERVISOR_memory_op, XENMEM_decrease_reservation,
                                  ADDRESS(&change), 0, 0, 0), 1);
    test_returns(hypercall_compat(__HYPERVISOR_memory_op, XENMEM_populate_physmap,
                                  ADDRESS(&change), 0, 0, 0), 1);
    page[0] = 1;
    test_equal(page[0], 1);

    struct compat_xen_add_to_physmap add = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_shared_info, .idx = 1, .gpfn = gfn};
    test_returns(hypercall_compat(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, ADDRESS(&add), 0,
                                  0, 0), -XEN_EINVAL);
}

static void events_and_time(void)
{
    struct evtchn_bind_ipi ipi = {.vcpu = 0};
    test_returns(hypercall_compat(__HYPERVISOR_event_channel_op, EVTCHNOP_bind_ipi, ADDRESS(&ipi),
                                  0, 0, 0), 0);
    struct evtchn_send send = {ipi.port};
    test_returns(hypercall_compat(__HYPERVISOR_event_channel_op, EVTCHNOP_send, ADDRESS(&send), 0,
                                  0, 0), 0);
    event_wait(ipi.port);

    uint64_t deadline = clock_ns() + 5 * NS_PER_MS;
    event_mask(ipi.port);
    struct compat_sched_poll poll = {
        .ports = ADDRESS(&ipi.port), .nr_ports = 1, .timeout = deadline};
    test_returns(hypercall_compat(__HYPERVISOR_sched_op, SCHEDOP_poll, ADDRESS(&poll), 0, 0, 0),
                 0);
    test_check(clock_ns() >= deadline, "poll returned %lu ns early", deadline - clock_ns());

    int virq = event_bind_virq(VIRQ_TIMER, 0);
    test_need(virq > 0);
    deadline = clock_ns() + 5 * NS_PER_S; /* needs more than 32 bits */
    test_returns(hypercall_compat(__HYPERVISOR_set_timer_op, (uint32_t)deadline,
                                  (uint32_t)(deadline >> 32), 0, 0, 0), 0);
    event_wait((evtchn_port_t)virq);
    test_check(clock_ns() >= deadline, "the timer fired %lu ns early", deadline - clock_ns());
    event_close((evtchn_port_t)virq);
    event_close(ipi.port);
}

static void runstate(void)
{
    struct {
        struct compat_vcpu_runstate_info info;
        uint32_t guard;
    } state;
    memset(&state, 0xff, sizeof(state));
    test_returns(hypercall_compat(__HYPERVISOR_vcpu_op, VCPUOP_get_runstate_info, 0,
                                  ADDRESS(&state), 0, 0), 0);
    test_equal(state.info.state, RUNSTATE_running);
    test_check(state.info.state_entry_time <= clock_ns(), "entered at %lu",
               state.info.state_entry_time);
    test_equal(state.guard, 0xffffffff);
}

static void grants(void)
{
    uint32_t frames[2] = {0, 0};
    struct compat_gnttab_setup_table setup = {
        .dom = DOMID_SELF, .nr_frames = 1, .frame_list = ADDRESS(frames)};
    test_returns(hypercall_compat(__HYPERVISOR_grant_table_op, GNTTABOP_setup_table,
                                  ADDRESS(&setup), 1, 0, 0), 0);
    test_equal(setup.status, GNTST_okay);

    char *from = page_alloc(1), *to = page_alloc(1);
    test_need(from && to);
    strlcpy(from, "copied by a 32-bit caller", 64);
    struct compat_gnttab_copy copy = {
        .source = {.u.gmfn = ADDRESS(from) >> PAGE_SHIFT, .domid = DOMID_SELF},
        .dest = {.u.gmfn = ADDRESS(to) >> PAGE_SHIFT, .domid = DOMID_SELF},
        .len = 64,
    };
    test_returns(hypercall_compat(__HYPERVISOR_grant_table_op, GNTTABOP_copy, ADDRESS(&copy), 1, 0,
                                  0), 0);
    test_equal(copy.status, GNTST_okay);
    test_check(strcmp(from, to) == 0, "copied \"%s\"", to);
}

static void multicall(void)
{
    struct compat_multicall_entry calls[2] = {
        {.op = __HYPERVISOR_xen_version, .args = {XENVER_pagesize}},
        {.op = 127},
    };
    test_returns(hypercall_compat(__HYPERVISOR_multicall, ADDRESS(calls), 2, 0, 0, 0), 0);
    test_equal(calls[0].result, 4096);
    test_equal(calls[1].result, (uint32_t)-XEN_ENOSYS);
}

void test_main(void)
{
    version();
    memory();
    events_and_time();
    runstate();
    grants();
    multicall();
}
