/* sched_op: yield, block, poll, watchdogs, bad arguments. Shutting down is what all tests do. */
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static long poll(evtchn_port_t *ports, unsigned count, uint64_t timeout)
{
    struct sched_poll arg = {.ports = ports, .nr_ports = count, .timeout = timeout};
    return HYPERVISOR_sched_op(SCHEDOP_poll, &arg);
}

static void polling(void)
{
    static evtchn_port_t many[129];
    int bound = event_bind_ipi(0);
    test_need(bound > 0);
    evtchn_port_t port = (evtchn_port_t)bound, no_port = EVENT_PORTS;
    event_mask(port);

    uint64_t deadline = clock_ns() + NS_PER_MS;
    test_returns(poll(&port, 1, deadline), 0);
    test_check(clock_ns() >= deadline, "poll returned %lu ns early", deadline - clock_ns());
    test_returns(poll(&port, 1, 1), 0); /* long past */

    event_send(port);
    deadline = clock_ns() + NS_PER_S;
    test_returns(poll(&port, 1, deadline), 0);
    test_check(clock_ns() < deadline, "poll did not see a pending, masked port");
    test_check(event_take_pending(port), "poll cleared the pending bit");

    for (unsigned i = 0; i < ARRAY_SIZE(many); i++)
        many[i] = port;
    event_send(port);
    test_returns(poll(many, 128, 0), 0);
    test_returns(poll(many, 129, 1), -XEN_EINVAL);
    test_returns(poll(many, 0xffffffff, 1), -XEN_EINVAL);
    event_take_pending(port);
    test_returns(poll(&no_port, 1, 1), -XEN_EINVAL);
    for (unsigned i = 0; i < TEST_BAD_POINTERS; i++)
        test_check(poll(test_bad_pointer(i), 1, 1) == -XEN_EFAULT, "poll takes ports at %s",
                   test_bad_pointer_name(i));
    event_close(port);
}

static void on_event(evtchn_port_t port, void *arg)
{
    (void)port;
    (*(unsigned *)arg)++;
}

/* Sleeps until the timer's event, whose handler has run when block returns. */
static void blocking(void)
{
    unsigned count = 0;
    int bound = event_bind_virq(VIRQ_TIMER, 0);
    test_need(bound > 0);
    event_handler_set((evtchn_port_t)bound, on_event, &count);
    uint64_t deadline = clock_ns() + 5 * NS_PER_MS;
    HYPERVISOR_set_timer_op(deadline);
    test_returns(HYPERVISOR_sched_op(SCHEDOP_block, NULL), 0);
    test_equal(count, 1);
    test_check(clock_ns() >= deadline, "woke %lu ns early", deadline - clock_ns());
    event_close((evtchn_port_t)bound);
}

static void watchdogs(void)
{
    struct sched_watchdog set = {.id = 0, .timeout = 1000};
    long id = HYPERVISOR_sched_op(SCHEDOP_watchdog, &set);
    test_check(id > 0, "no watchdog: %ld", id);
    set.id = (uint32_t)id;
    test_returns(HYPERVISOR_sched_op(SCHEDOP_watchdog, &set), 0);
    set.timeout = 0;
    test_returns(HYPERVISOR_sched_op(SCHEDOP_watchdog, &set), 0);
    set.id = 77;
    test_returns(HYPERVISOR_sched_op(SCHEDOP_watchdog, &set), -XEN_EINVAL);
}

static void refused(void)
{
    struct sched_shutdown reason = {SHUTDOWN_MAX + 1};
    struct sched_remote_shutdown remote = {.domain_id = 0x7000, .reason = SHUTDOWN_crash};
    test_returns(HYPERVISOR_sched_op(SCHEDOP_shutdown, &reason), -XEN_EINVAL);
    test_returns(HYPERVISOR_sched_op(SCHEDOP_shutdown_code, &reason), -XEN_EINVAL);
    test_check(HYPERVISOR_sched_op(SCHEDOP_remote_shutdown, &remote) < 0, "remote shutdown");
    test_returns(HYPERVISOR_sched_op(99, &reason), -XEN_ENOSYS);
    test_returns(HYPERVISOR_sched_op(0xffffffff, &reason), -XEN_ENOSYS);
    const unsigned ops[] = {SCHEDOP_shutdown, SCHEDOP_poll, SCHEDOP_remote_shutdown,
                            SCHEDOP_shutdown_code, SCHEDOP_watchdog};
    for (unsigned i = 0; i < ARRAY_SIZE(ops); i++)
        for (unsigned j = 0; j < TEST_BAD_POINTERS; j++)
            test_check(HYPERVISOR_sched_op(ops[i], test_bad_pointer(j)) == -XEN_EFAULT,
                       "op %u takes %s", ops[i], test_bad_pointer_name(j));
}

void test_main(void)
{
    test_returns(HYPERVISOR_sched_op(SCHEDOP_yield, NULL), 0);
    test_returns(HYPERVISOR_sched_op(SCHEDOP_yield, test_bad_pointer(0)), 0);
    test_returns(hypercall(__HYPERVISOR_sched_op_compat, 0, 0, 0, 0, 0), 0);
    test_returns(hypercall(__HYPERVISOR_sched_op_compat, 99, 0, 0, 0, 0), -XEN_ENOSYS);
    polling();
    blocking();
    watchdogs();
    refused();
}
