/*
 * The threads of vCPU 0. Invariant: the running thread is in no queue; a thread that can run is in
 * `ready`; any other is in at most one queue of what it waits for. Switching happens with
 * interrupts off, and each thread restores its own interrupt flag afterwards.
 */
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/thread_queue.h>

struct exception_catcher;

struct thread {
    uint64_t rsp;
    struct thread *next; /* in the queue it is in */
    enum { RUNNING, READY, BLOCKED, FINISHED } state;
    struct exception_catcher *catcher;
    void (*fn)(void *);
    void *arg;
    char *stack; /* begins with the guard page; NULL: the boot stack */
    struct thread *joiner;
};

void thread_switch_stack(uint64_t *save, uint64_t next);
void thread_entry(void);
NORETURN void thread_main(void);

static struct thread boot_thread;
static struct thread *current;
static struct thread_queue ready;
static struct spinlock lock;

void thread_init(void)
{
    boot_thread.state = RUNNING;
    current = &boot_thread;
}

struct thread *thread_current(void)
{
    return vcpu_id() == 0 ? current : NULL;
}

void thread_queue_add(struct thread_queue *queue, struct thread *thread)
{
    thread->next = NULL;
    if (queue->first)
        queue->last->next = thread;
    else
        queue->first = thread;
    queue->last = thread;
}

struct thread *thread_queue_take(struct thread_queue *queue)
{
    struct thread *thread = queue->first;
    if (thread)
        queue->first = thread->next;
    return thread;
}

static struct thread *take_ready(void)
{
    bool irq = spin_lock(&lock);
    struct thread *thread = thread_queue_take(&ready);
    spin_unlock(&lock, irq);
    return thread;
}

/* Goes on with the next thread that can run, waiting for one if need be. Interrupts are off. */
static void schedule(void)
{
    struct thread *before = current, *next;
    while (!(next = take_ready()))
        irq_wait();
    next->state = RUNNING;
    if (next == before)
        return;
    before->catcher = percpu()->catcher;
    percpu()->catcher = next->catcher;
    current = next;
    thread_switch_stack(&before->rsp, next->rsp);
}

void thread_yield(void)
{
    bool irq = irq_save();
    bool locked = spin_lock(&lock);
    current->state = READY;
    thread_queue_add(&ready, current);
    spin_unlock(&lock, locked);
    schedule();
    irq_restore(irq);
}

void thread_block(void)
{
    if (vcpu_id() != 0) {
        irq_wait();
        return;
    }
    current->state = BLOCKED;
    schedule();
}

void thread_block_unlocking(struct spinlock *condition)
{
    if (vcpu_id() != 0) {
        spin_unlock(condition, false);
        irq_wait();
        return;
    }
    current->state = BLOCKED;
    spin_unlock(condition, false);
    schedule();
}

void thread_wake(struct thread *thread)
{
    bool irq = spin_lock(&lock);
    bool woken = thread->state == BLOCKED;
    if (woken) {
        thread->state = READY;
        thread_queue_add(&ready, thread);
    }
    spin_unlock(&lock, irq);
    if (woken && vcpu_id() != 0)
        smp_kick(0);
}

void thread_main(void)
{
    irq_enable();
    current->fn(current->arg);
    irq_disable();
    current->state = FINISHED;
    if (current->joiner)
        thread_wake(current->joiner);
    schedule();
    panic("a finished thread ran");
}

struct thread *thread_start(void (*fn)(void *), void *arg)
{
    struct thread *thread = kmalloc(sizeof(*thread));
    char *stack = page_alloc(1 + THREAD_STACK_SIZE / PAGE_SIZE);
    if (!thread || !stack) {
        kfree(thread);
        if (stack)
            page_free(stack, 1 + THREAD_STACK_SIZE / PAGE_SIZE);
        return NULL;
    }
    paging_protect((uintptr_t)stack, 1, PAGING_READ);
    uint64_t *top = (uint64_t *)(stack + PAGE_SIZE + THREAD_STACK_SIZE);
    *--top = 0;
    *--top = (uintptr_t)thread_entry;
    *thread = (struct thread){.fn = fn, .arg = arg, .stack = stack, .state = BLOCKED};
    thread->rsp = (uintptr_t)(top - 6); /* six registers, all 0 */
    thread_wake(thread);
    return thread;
}

void thread_join(struct thread *thread)
{
    bool irq = irq_save();
    panic_unless(thread != current && !thread->joiner);
    while (thread->state != FINISHED) {
        thread->joiner = current;
        thread_block();
    }
    irq_restore(irq);
    paging_protect((uintptr_t)thread->stack, 1, PAGING_WRITE);
    page_free(thread->stack, 1 + THREAD_STACK_SIZE / PAGE_SIZE);
    kfree(thread);
}
