/* Takes away the pages that the hypervisor writes to: shared info, rings, grant table, areas. */
#include <ringside-rt/console.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>
#include <ringside-rt/xenstore.h>

static void take_away(const void *page)
{
    struct xen_remove_from_physmap remove = {
        .domid = DOMID_SELF, .gpfn = (uintptr_t)page >> PAGE_SHIFT};
    test_returns(HYPERVISOR_memory_op(XENMEM_remove_from_physmap, &remove), 0);
}

void test_main(void)
{
    struct vcpu_runstate_info *area = page_alloc(1);
    struct vcpu_register_runstate_memory_area runstate = {.addr.v = area};
    test_need(area && grant_entries() > 0 && xenstore_ring() && console_ring());
    int port = event_bind_ipi(0);
    test_need(port > 0);
    irq_disable();
    HYPERVISOR_vcpu_op(VCPUOP_register_runstate_memory_area, 0, &runstate);
    take_away(area);
    HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    take_away(grant_entry(0));
    event_send(xenstore_port());
    take_away(xenstore_ring());
    event_send(xenstore_port());
    take_away(&shared_info);
    event_send((evtchn_port_t)port);
    HYPERVISOR_set_timer_op(1);
    HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_end_by_fault();
}
