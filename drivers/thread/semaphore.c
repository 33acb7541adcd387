/*
 * Semaphores and mutexes: whoever finds nothing to take queues up, and looks again when woken.
 */
#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/thread_queue.h>

void semaphore_up(struct semaphore *semaphore)
{
    bool irq = spin_lock(&semaphore->lock);
    semaphore->count++;
    struct thread *waiter = thread_queue_take(&semaphore->waiters);
    spin_unlock(&semaphore->lock, irq);
    if (waiter)
        thread_wake(waiter);
}

bool semaphore_try_down(struct semaphore *semaphore)
{
    bool irq = spin_lock(&semaphore->lock);
    bool taken = semaphore->count > 0;
    semaphore->count -= taken;
    spin_unlock(&semaphore->lock, irq);
    return taken;
}

void semaphore_down(struct semaphore *semaphore)
{
    bool irq = spin_lock(&semaphore->lock);
    while (semaphore->count == 0) {
        thread_queue_add(&semaphore->waiters, thread_current());
        thread_block_unlocking(&semaphore->lock);
        spin_lock(&semaphore->lock);
    }
    semaphore->count--;
    spin_unlock(&semaphore->lock, irq);
}

void mutex_lock(struct mutex *mutex)
{
    panic_unless(mutex->owner != thread_current());
    while (mutex->owner) {
        bool irq = irq_save();
        thread_queue_add(&mutex->waiters, thread_current());
        thread_block();
        irq_restore(irq);
    }
    mutex->owner = thread_current();
}

void mutex_unlock(struct mutex *mutex)
{
    panic_unless(mutex->owner == thread_current());
    mutex->owner = NULL;
    struct thread *next = thread_queue_take(&mutex->waiters);
    if (next)
        thread_wake(next);
}
