/*
 * The upcall and what hangs on it. For each port with an event: the pending bit is cleared first,
 * then the handler runs, so that an event during the handler makes another upcall.
 */
#include <ringside-rt/event.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/spinlock.h>
#include <ringside-rt/thread.h>

#define WORD_BITS 64

/* What we know of a port. Made in groups of a word's ports, on first use. */
struct port_state {
    event_handler_t handler;
    void *arg;
    struct thread *waiter;
    bool fired;
};

struct shared_info shared_info PAGE_ALIGNED __attribute__((section(".bss.page_aligned")));
static struct port_state *states[EVENT_PORTS / WORD_BITS];
static struct spinlock lock;

static struct port_state *state(evtchn_port_t port)
{
    struct port_state **group = &states[port / WORD_BITS];
    if (port >= EVENT_PORTS)
        panic("event port %u", port);
    if (!*group) {
        *group = kmalloc(WORD_BITS * sizeof(**group));
        if (!*group)
            panic("no memory for event ports");
    }
    return &(*group)[port % WORD_BITS];
}

static void fire(evtchn_port_t port)
{
    bool irq = spin_lock(&lock);
    struct port_state *s = state(port);
    event_handler_t handler = s->handler;
    void *arg = s->arg;
    struct thread *waiter = NULL;
    if (!handler) {
        s->fired = true;
        waiter = s->waiter;
        s->waiter = NULL;
    }
    spin_unlock(&lock, irq);
    if (handler)
        handler(port, arg);
    if (waiter)
        thread_wake(waiter);
}

static void fire_word(unsigned word)
{
    unsigned long *pending = &shared_info.evtchn_pending[word];
    for (;;) {
        unsigned long ready = READ_ONCE(*pending) & ~READ_ONCE(shared_info.evtchn_mask[word]);
        if (!ready)
            return;
        unsigned bit = (unsigned)__builtin_ctzl(ready);
        __atomic_fetch_and(pending, ~(1ul << bit), __ATOMIC_SEQ_CST);
        fire(word * WORD_BITS + bit);
    }
}

static bool upcall(struct exception_frame *frame)
{
    struct vcpu_info *info = percpu()->info;
    (void)frame;
    while (__atomic_exchange_n(&info->evtchn_upcall_pending, 0, __ATOMIC_SEQ_CST)) {
        unsigned long words = __atomic_exchange_n(&info->evtchn_pending_sel, 0, __ATOMIC_SEQ_CST);
        for (; words; words &= words - 1)
            fire_word((unsigned)__builtin_ctzl(words));
    }
    return true;
}

void event_init(void)
{
    long rc = add_to_physmap(XENMAPSPACE_shared_info, 0, (uintptr_t)&shared_info >> PAGE_SHIFT);
    if (rc)
        panic("no shared info page: %s", errno_name(rc));
    percpu()->info = &shared_info.vcpu_info[0];
    exception_handler_set(EVENT_VECTOR, upcall);
    rc = hvm_param_set(HVM_PARAM_CALLBACK_IRQ,
                       (uint64_t)HVM_PARAM_CALLBACK_TYPE_VECTOR << 56 | EVENT_VECTOR);
    if (rc)
        panic("no upcalls by vector: %s", errno_name(rc));
}

/* A port may have been masked by its last owner, and closing does not change that. */
static int opened(long rc, evtchn_port_t port)
{
    if (rc)
        return (int)rc;
    if (event_is_masked(port))
        event_unmask(port);
    return (int)port;
}

int event_alloc_unbound(domid_t remote)
{
    struct evtchn_alloc_unbound arg = {.dom = DOMID_SELF, .remote_dom = remote};
    long rc = HYPERVISOR_event_channel_op(EVTCHNOP_alloc_unbound, &arg);
    return opened(rc, arg.port);
}

int event_bind_interdomain(domid_t remote, evtchn_port_t remote_port)
{
    struct evtchn_bind_interdomain arg = {.remote_dom = remote, .remote_port = remote_port};
    long rc = HYPERVISOR_event_channel_op(EVTCHNOP_bind_interdomain, &arg);
    return opened(rc, arg.local_port);
}

int event_bind_virq(unsigned virq, unsigned vcpu)
{
    struct evtchn_bind_virq arg = {.virq = virq, .vcpu = vcpu};
    long rc = HYPERVISOR_event_channel_op(EVTCHNOP_bind_virq, &arg);
    return opened(rc, arg.port);
}

int event_bind_ipi(unsigned vcpu)
{
    struct evtchn_bind_ipi arg = {.vcpu = vcpu};
    long rc = HYPERVISOR_event_channel_op(EVTCHNOP_bind_ipi, &arg);
    return opened(rc, arg.port);
}

int event_bind_vcpu(evtchn_port_t port, unsigned vcpu)
{
    struct evtchn_bind_vcpu arg = {.port = port, .vcpu = vcpu};
    return (int)HYPERVISOR_event_channel_op(EVTCHNOP_bind_vcpu, &arg);
}

int event_close(evtchn_port_t port)
{
    struct evtchn_close arg = {.port = port};
    int rc = (int)HYPERVISOR_event_channel_op(EVTCHNOP_close, &arg);
    if (rc)
        return rc;
    bool irq = spin_lock(&lock);
    *state(port) = (struct port_state){0};
    event_take_pending(port);
    spin_unlock(&lock, irq);
    return 0;
}

int event_send(evtchn_port_t port)
{
    struct evtchn_send arg = {.port = port};
    return (int)HYPERVISOR_event_channel_op(EVTCHNOP_send, &arg);
}

void event_handler_set(evtchn_port_t port, event_handler_t handler, void *arg)
{
    bool irq = spin_lock(&lock);
    struct port_state *s = state(port);
    bool late = handler && s->fired;
    s->handler = handler;
    s->arg = arg;
    s->fired = false;
    spin_unlock(&lock, irq);
    if (late) {
        irq = irq_save();
        handler(port, arg);
        irq_restore(irq);
    }
}

bool event_poll(evtchn_port_t port)
{
    bool irq = spin_lock(&lock);
    struct port_state *s = state(port);
    bool fired = s->fired;
    s->fired = false;
    spin_unlock(&lock, irq);
    return fired;
}

void event_wait(evtchn_port_t port)
{
    bool irq = spin_lock(&lock);
    struct port_state *s = state(port);
    while (!s->fired) {
        s->waiter = thread_current();
        thread_block_unlocking(&lock);
        spin_lock(&lock);
    }
    s->fired = false;
    spin_unlock(&lock, irq);
}

void event_mask(evtchn_port_t port)
{
    __atomic_fetch_or(&shared_info.evtchn_mask[port / WORD_BITS], 1ul << port % WORD_BITS,
                      __ATOMIC_SEQ_CST);
}

void event_unmask(evtchn_port_t port)
{
    struct evtchn_unmask arg = {.port = port};
    HYPERVISOR_event_channel_op(EVTCHNOP_unmask, &arg);
}

bool event_is_masked(evtchn_port_t port)
{
    return READ_ONCE(shared_info.evtchn_mask[port / WORD_BITS]) >> port % WORD_BITS & 1;
}

bool event_is_pending(evtchn_port_t port)
{
    return READ_ONCE(shared_info.evtchn_pending[port / WORD_BITS]) >> port % WORD_BITS & 1;
}

bool event_take_pending(evtchn_port_t port)
{
    unsigned long bit = 1ul << port % WORD_BITS;
    return __atomic_fetch_and(&shared_info.evtchn_pending[port / WORD_BITS], ~bit,
                              __ATOMIC_SEQ_CST) & bit;
}
