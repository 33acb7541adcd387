/* A handler that notifies itself and lets interrupts in at once, until the stack ends. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/test.h>

static evtchn_port_t port;

static bool again(struct exception_frame *frame)
{
    (void)frame;
    percpu()->info->evtchn_upcall_pending = 0;
    percpu()->info->evtchn_pending_sel = 0;
    event_take_pending(port);
    event_send(port);
    irq_enable();
    return true;
}

void test_main(void)
{
    int bound = event_bind_ipi(0);
    test_need(bound > 0);
    port = (evtchn_port_t)bound;
    exception_handler_set(EVENT_VECTOR, again);
    event_send(port);
    for (;;)
        cpu_relax();
}
