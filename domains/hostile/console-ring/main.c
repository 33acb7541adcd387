/* Insane indices in the console ring. */
#include <ringside-rt/console.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    const uint32_t distances[] = {2049, 0x7fffffff, 0x80000000, 0xffff0000, 0xffffffff, 4096};
    struct xencons_interface *ring = console_ring();
    test_need(ring);
    for (unsigned i = 0; i < ARRAY_SIZE(distances); i++) {
        ring->out_prod = ring->out_cons + distances[i];
        event_send(console_port());
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
        ring->in_cons = ring->in_prod + distances[i];
        event_send(console_port());
        ring->out_cons = ring->in_prod = distances[i];
        event_send(console_port());
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    }
    ring->out_prod = ring->out_cons;
    test_check(true, "nothing to see");
    test_end_by_fault();
}
