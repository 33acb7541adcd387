/* set_timer_op: it has no bad arguments, only strange times. */
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    const uint64_t far[] = {~0ul, 1ul << 63, (1ul << 63) - 1, 1ul << 62};
    int port = event_bind_virq(VIRQ_TIMER, 0);
    test_need(port > 0);
    for (unsigned i = 0; i < ARRAY_SIZE(far); i++)
        test_returns(HYPERVISOR_set_timer_op(far[i]), 0);
    test_returns(HYPERVISOR_set_timer_op(0), 0);
    for (uint64_t past = 1; past < clock_ns(); past *= 1000) {
        test_returns(HYPERVISOR_set_timer_op(past), 0);
        event_wait((evtchn_port_t)port);
    }
    for (unsigned i = 0; i < 100; i++) {
        uint64_t deadline = clock_ns() + i * 1000;
        test_returns(HYPERVISOR_set_timer_op(deadline), 0);
        event_wait((evtchn_port_t)port);
        test_check(clock_ns() >= deadline, "deadline %lu, fired %lu", deadline, clock_ns());
    }
}
