/*
 * Waiting for something to change, and locks that many readers may hold: for the cooperative
 * threads of one vCPU, so there is nothing between looking and waiting.
 */
#ifndef EXT_WAIT_H
#define EXT_WAIT_H

#include <ringside-rt/thread.h>

struct ext_waiter;

/** Who waits for one kind of change. All zero: nobody. */
struct ext_queue {
    struct ext_waiter *first;
};

/** Waits for the next ext_wake; the caller then looks again. */
void ext_wait(struct ext_queue *queue);
void ext_wake(struct ext_queue *queue);

/** All zero: unlocked. Not recursive. Writers go before new readers. */
struct ext_lock {
    int readers; /* -1: a writer */
    unsigned writers_waiting;
    struct ext_queue queue;
};

void ext_lock_shared(struct ext_lock *lock);
void ext_lock_exclusive(struct ext_lock *lock);
void ext_unlock(struct ext_lock *lock);

#endif
