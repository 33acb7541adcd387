/*
 * Cooperative threads, all on vCPU 0: one runs until it yields, sleeps or waits. When none can
 * run, vCPU 0 sleeps until an interrupt.
 */
#ifndef RINGSIDE_RT_THREAD_H
#define RINGSIDE_RT_THREAD_H

#include <ringside-rt/compiler.h>
#include <ringside-rt/spinlock.h>

/** Usable bytes of a thread's stack; below lies a page that is read-only. */
#define THREAD_STACK_SIZE (4 * PAGE_SIZE)

struct thread;

/** Makes the caller a thread. */
void thread_init(void);

/** A new thread that calls fn(arg); NULL without memory. Each must be joined once. */
struct thread *thread_start(void (*fn)(void *), void *arg);

/** Waits until the thread's function has returned, and frees the thread. */
void thread_join(struct thread *thread);

/** Lets every other thread that can run do so first. */
void thread_yield(void);

/** The running thread; NULL on vCPUs other than 0. */
struct thread *thread_current(void);

/**
 * Waits for thread_wake; may return without. Called with interrupts off, which closes the gap
 * between looking at a condition and sleeping, as long as what wakes comes from vCPU 0. On other
 * vCPUs: waits for an interrupt.
 */
void thread_block(void);

/**
 * Like thread_block, for a condition that any vCPU makes true: the caller holds the lock that
 * guards it, and gives it up here, when it counts as blocked already; so whoever makes it true
 * under the lock finds it. Interrupts are off before and after; the lock is to be taken again.
 */
void thread_block_unlocking(struct spinlock *condition);

/** Lets a blocked thread run; no effect on others. From threads, handlers, and any vCPU. */
void thread_wake(struct thread *thread);

/** Threads that wait for something, in order. All zero: empty. */
struct thread_queue {
    struct thread *first, *last;
};

/** A counter that waits instead of falling below 0. Down is for threads, up for anybody. */
struct semaphore {
    struct spinlock lock;
    unsigned count;
    struct thread_queue waiters;
};

void semaphore_up(struct semaphore *semaphore);
void semaphore_down(struct semaphore *semaphore);

/** False instead of waiting. */
bool semaphore_try_down(struct semaphore *semaphore);

/** For threads only; not recursive. All zero: unlocked. */
struct mutex {
    struct thread *owner;
    struct thread_queue waiters;
};

void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);

#endif
