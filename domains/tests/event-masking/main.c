/* Masks, pending bits and upcalls: what is lost, what is not, and when the vCPU hears of it. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/test.h>

static unsigned heard;
static evtchn_port_t port;

static void count(evtchn_port_t from, void *arg)
{
    (void)arg;
    test_equal(from, port);
    heard++;
}

static void masked(void)
{
    event_mask(port);
    event_send(port);
    event_send(port);
    test_equal(heard, 0);
    test_check(event_is_pending(port), "a masked port is not pending");
    event_unmask(port);
    test_equal(heard, 1); /* two sends, one event */
    test_check(!event_is_masked(port), "unmask left the mask");
    test_check(!event_is_pending(port), "pending after the handler");
    event_unmask(port);
    test_equal(heard, 1);
    event_send(port);
    test_equal(heard, 2);
}

static void interrupts_off(void)
{
    struct vcpu_info *info = percpu()->info;
    heard = 0;
    irq_disable();
    event_send(port);
    test_equal(heard, 0);
    test_equal(info->evtchn_upcall_pending, 1);
    test_check(info->evtchn_pending_sel >> port / 64 & 1, "selector %#lx",
               info->evtchn_pending_sel);
    irq_enable();
    asm volatile("nop"); /* STI lets interrupts in after the next instruction only */
    test_equal(heard, 1);
    test_equal(info->evtchn_upcall_pending, 0);
}

/* The upcall is a level: as long as upcall_pending is set, it comes again. */
static unsigned upcalls;

static bool ignore_twice(struct exception_frame *frame)
{
    (void)frame;
    if (++upcalls == 3)
        percpu()->info->evtchn_upcall_pending = 0;
    return true;
}

static void level(void)
{
    exception_handler_t usual = exception_handler_set(EVENT_VECTOR, ignore_twice);
    event_send(port);
    for (unsigned i = 0; i < 10 && upcalls < 3; i++)
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_equal(upcalls, 3);
    exception_handler_set(EVENT_VECTOR, usual);
    test_check(event_take_pending(port), "the event is gone");
    percpu()->info->evtchn_pending_sel = 0;
}

static void masked_when_raised(void)
{
    heard = 0;
    event_mask(port);
    event_send(port);
    /* Clearing the bit by hand makes no upcall: that is what the unmask hypercall is for. */
    __atomic_fetch_and(&shared_info.evtchn_mask[port / 64], ~(1ul << port % 64), __ATOMIC_SEQ_CST);
    HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_equal(heard, 0);
    event_mask(port);
    event_unmask(port);
    test_equal(heard, 1);
}

static void closed_while_pending(void)
{
    int other = event_bind_ipi(0);
    test_need(other > 0);
    event_mask((evtchn_port_t)other);
    event_send((evtchn_port_t)other);
    test_returns(event_close((evtchn_port_t)other), 0);
    test_returns(event_send((evtchn_port_t)other), -XEN_EINVAL);
    int again = event_bind_ipi(0);
    test_equal(again, other);
    test_check(!event_is_pending((evtchn_port_t)again), "a new port is pending");
    event_unmask((evtchn_port_t)again);
    event_close((evtchn_port_t)again);
}

/* Ports of every word of the bitmap arrive. */
static void all_words(void)
{
    static evtchn_port_t ports[700];
    unsigned got = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(ports); i++) {
        int bound = event_bind_ipi(0);
        test_need(bound > 0);
        ports[i] = (evtchn_port_t)bound;
    }
    irq_disable();
    for (unsigned i = 0; i < ARRAY_SIZE(ports); i++)
        event_send(ports[i]);
    irq_enable();
    asm volatile("nop");
    for (unsigned i = 0; i < ARRAY_SIZE(ports); i++) {
        got += event_poll(ports[i]);
        event_close(ports[i]);
    }
    test_equal(got, ARRAY_SIZE(ports));
}

void test_main(void)
{
    int bound = event_bind_ipi(0);
    test_need(bound > 0);
    port = (evtchn_port_t)bound;
    event_handler_set(port, count, NULL);
    masked();
    interrupts_off();
    level();
    masked_when_raised();
    closed_while_pending();
    all_words();
}
