/* All timers in one list, the earliest first; the hypervisor's timer is set to the first. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/timer.h>

static struct timer *first;
static bool started;

static void program(void)
{
    if (first)
        HYPERVISOR_set_timer_op(first->deadline_ns ? first->deadline_ns : 1);
}

static void expire(evtchn_port_t port, void *arg)
{
    (void)port;
    (void)arg;
    while (first && first->deadline_ns <= clock_ns()) {
        struct timer *timer = first;
        first = timer->next;
        timer->set = false;
        timer->fn(timer->arg);
    }
    program();
}

static void start(void)
{
    int port = event_bind_virq(VIRQ_TIMER, 0);
    if (port < 0)
        panic("no timer interrupt: %s", errno_name(port));
    started = true;
    event_handler_set((evtchn_port_t)port, expire, NULL);
}

static void take_out(struct timer *timer)
{
    for (struct timer **link = &first; *link; link = &(*link)->next)
        if (*link == timer) {
            *link = timer->next;
            break;
        }
    timer->set = false;
}

void timer_set(struct timer *timer, uint64_t deadline_ns, void (*fn)(void *), void *arg)
{
    struct timer **link = &first;
    panic_unless(vcpu_id() == 0);
    if (!started)
        start();
    bool irq = irq_save();
    if (timer->set)
        take_out(timer);
    while (*link && (*link)->deadline_ns <= deadline_ns)
        link = &(*link)->next;
    *timer = (struct timer){deadline_ns, fn, arg, *link, true};
    *link = timer;
    if (first == timer)
        program();
    irq_restore(irq);
}

void timer_cancel(struct timer *timer)
{
    bool irq = irq_save();
    if (timer->set)
        take_out(timer);
    irq_restore(irq);
}

static void wake(void *thread)
{
    thread_wake(thread);
}

void sleep_until(uint64_t deadline_ns)
{
    struct timer timer = {0};
    bool irq = irq_save();
    timer_set(&timer, deadline_ns, wake, thread_current());
    while (timer.set)
        thread_block();
    irq_restore(irq);
}

void sleep_ns(uint64_t ns)
{
    sleep_until(clock_ns() + ns);
}
