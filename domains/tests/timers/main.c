/* VIRQ_TIMER from every source: one-shot, single-shot, periodic; past, cancelled, replaced. */
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>

static evtchn_port_t port;

/* Waits with SCHEDOP_poll, at most so long; takes the event. */
static bool fires_within(uint64_t ns)
{
    struct sched_poll poll = {.ports = &port, .nr_ports = 1, .timeout = clock_ns() + ns};
    test_returns(HYPERVISOR_sched_op(SCHEDOP_poll, &poll), 0);
    return event_take_pending(port);
}

static void one_shot(void)
{
    uint64_t deadline = clock_ns() + 2 * NS_PER_MS;
    test_returns(HYPERVISOR_set_timer_op(deadline), 0);
    test_check(fires_within(NS_PER_S), "one-shot timer did not fire");
    test_check(clock_ns() >= deadline, "fired %lu ns early", deadline - clock_ns());
    test_check(!fires_within(5 * NS_PER_MS), "one-shot timer fired twice");

    HYPERVISOR_set_timer_op(1);
    test_check(fires_within(NS_PER_S), "a past deadline did not fire");

    HYPERVISOR_set_timer_op(clock_ns() + NS_PER_MS);
    HYPERVISOR_set_timer_op(0);
    test_check(!fires_within(5 * NS_PER_MS), "a cancelled timer fired");

    HYPERVISOR_set_timer_op(clock_ns() + NS_PER_MS);
    deadline = clock_ns() + 10 * NS_PER_MS;
    HYPERVISOR_set_timer_op(deadline);
    test_check(fires_within(NS_PER_S), "a replaced timer did not fire");
    test_check(clock_ns() >= deadline, "a replaced timer fired at the old deadline");
}

static void single_shot(void)
{
    struct vcpu_set_singleshot_timer set = {.timeout_abs_ns = clock_ns() + NS_PER_MS};
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_set_singleshot_timer, 0, &set), 0);
    test_check(fires_within(NS_PER_S), "single-shot timer did not fire");
    test_check(clock_ns() >= set.timeout_abs_ns, "single-shot timer fired early");

    set.timeout_abs_ns = clock_ns() + NS_PER_MS;
    set.flags = VCPU_SSHOTTMR_future;
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_set_singleshot_timer, 0, &set), 0);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_stop_singleshot_timer, 0, NULL), 0);
    test_check(!fires_within(5 * NS_PER_MS), "a stopped single-shot timer fired");

    set.timeout_abs_ns = 1;
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_set_singleshot_timer, 0, &set), -XEN_ETIME);
    test_check(!fires_within(5 * NS_PER_MS), "a refused single-shot timer fired");
}

static void periodic(void)
{
    struct vcpu_set_periodic_timer set = {.period_ns = 2 * NS_PER_MS};
    uint64_t start = clock_ns();
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_set_periodic_timer, 0, &set), 0);
    for (unsigned i = 0; i < 5; i++)
        test_check(fires_within(NS_PER_S), "period %u did not fire", i);
    uint64_t passed = clock_ns() - start;
    test_check(passed >= 8 * NS_PER_MS, "5 periods of 2 ms took %lu ns", passed);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_stop_periodic_timer, 0, NULL), 0);
    event_take_pending(port);
    test_check(!fires_within(10 * NS_PER_MS), "a stopped periodic timer fired");
    set.period_ns = NS_PER_MS - 1;
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_set_periodic_timer, 0, &set), -XEN_EINVAL);
}

void test_main(void)
{
    int bound = event_bind_virq(VIRQ_TIMER, 0);
    test_need(bound > 0);
    port = (evtchn_port_t)bound;
    event_mask(port);
    one_shot();
    single_shot();
    periodic();
    test_returns(event_bind_virq(VIRQ_TIMER, 0), -XEN_EEXIST);
}
