/*
 * The waiter count of a free ring: how those who put indices back know whether somebody waits for
 * one. Any number may wait. Nothing is lost: a waiter counts itself and then looks once more, a
 * releaser enqueues and then looks at the count, and a full barrier stands between the two on both
 * sides, so one of them sees the other. A wake-up that comes between the last look and blocking is
 * seen in the sequence, which the waiter samples before it counts itself.
 *
 *   waiter                                    releaser
 *     found nothing                             scq_enqueue (a full barrier)
 *     seen = waiters_sample(&sequence)          if (waiters_present(count))
 *     waiters_enter(count)                        notify the other side, or wake one's own:
 *     look once more; found: waiters_leave        waiters_wake(&sequence), unblock all
 *     block unless waiters_sample(&sequence) != seen
 *     waiters_leave(count), begin again
 *
 * The count lies with the ring; the sequence is private to the side that waits, and its event
 * handler calls waiters_wake. All are woken, since the first may find more than one index and a
 * woken thread may find none.
 */
#ifndef RINGSIDE_RT_WAITERS_H
#define RINGSIDE_RT_WAITERS_H

#include <ringside-rt/ring_step.h>
#include <stdbool.h>
#include <stdint.h>

/** How many wake-ups there have been. */
static inline uint32_t waiters_sample(const uint32_t *sequence)
{
    RING_STEP(waiters_sample);
    return __atomic_load_n(sequence, __ATOMIC_SEQ_CST);
}

/** The caller waits from now on; it must look at the ring once more after this. A full barrier. */
static inline void waiters_enter(uint32_t *count)
{
    if (MUTANT(enter_without_barrier)) {
        ring_store(count, *count + 1);
        return;
    }
    RING_STEP(waiters_enter);
    if (MUTANT(waiters_as_flag))
        __atomic_store_n(count, 1, __ATOMIC_SEQ_CST);
    else
        __atomic_fetch_add(count, 1, __ATOMIC_SEQ_CST);
}

static inline void waiters_leave(uint32_t *count)
{
    RING_STEP(waiters_leave);
    if (MUTANT(waiters_as_flag))
        __atomic_store_n(count, 0, __ATOMIC_SEQ_CST);
    else
        __atomic_fetch_sub(count, 1, __ATOMIC_SEQ_CST);
}

/** After scq_enqueue: whether anybody must be woken. */
static inline bool waiters_present(const uint32_t *count)
{
    RING_STEP(waiters_look);
    return __atomic_load_n(count, __ATOMIC_SEQ_CST) != 0;
}

/** A wake-up: who sampled the sequence before no longer blocks. Who blocks must be unblocked. */
static inline void waiters_wake(uint32_t *sequence)
{
    RING_STEP(waiters_wake);
    __atomic_fetch_add(sequence, 1, __ATOMIC_SEQ_CST);
}

#endif
