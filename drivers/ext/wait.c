/*
 * Waiting for a change, and shared locks. Invariant: a waiter is in a queue from ext_wait until the
 * next ext_wake of it, which takes all of them out.
 */
#include "wait.h"

struct ext_waiter {
    struct ext_waiter *next;
    struct semaphore woken;
};

void ext_wait(struct ext_queue *queue)
{
    struct ext_waiter waiter = {.next = queue->first};
    queue->first = &waiter;
    semaphore_down(&waiter.woken);
}

void ext_wake(struct ext_queue *queue)
{
    struct ext_waiter *waiter = queue->first, *reversed = NULL;
    queue->first = NULL;
    while (waiter) { /* in the order in which they came */
        struct ext_waiter *next = waiter->next;
        waiter->next = reversed;
        reversed = waiter;
        waiter = next;
    }
    while (reversed) {
        struct ext_waiter *next = reversed->next; /* it may be gone once it is up */
        semaphore_up(&reversed->woken);
        reversed = next;
    }
}

void ext_lock_shared(struct ext_lock *lock)
{
    while (lock->readers < 0 || lock->writers_waiting)
        ext_wait(&lock->queue);
    lock->readers++;
}

void ext_lock_exclusive(struct ext_lock *lock)
{
    lock->writers_waiting++;
    while (lock->readers)
        ext_wait(&lock->queue);
    lock->writers_waiting--;
    lock->readers = -1;
}

void ext_unlock(struct ext_lock *lock)
{
    if (lock->readers < 0)
        lock->readers = 0;
    else
        lock->readers--;
    if (!lock->readers)
        ext_wake(&lock->queue);
}
