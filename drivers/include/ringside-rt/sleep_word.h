/*
 * Sleep words: how the sender of a ring knows whether its receiver has to be notified.
 *
 * A receiver's word is IVMC_ACTIVE while it looks at the ring by itself, IVMC_DROWSY while it is
 * about to block, IVMC_ASLEEP when it is blocked, IVMC_CALLED when it is blocked and a sender is
 * about to send the event, so that no other need. Nothing is lost: the receiver makes itself drowsy
 * and then looks once more, the sender enqueues and then looks at the word, and a full barrier
 * stands between the two on both sides, so one of them sees the other. An event that comes between
 * drowsy and asleep finds nobody to wake, but makes the word active, so that falling asleep fails.
 *
 *   receiver                              sender
 *     found nothing                         scq_enqueue (a full barrier)
 *     sleep_word_drowse                     if (sleep_word_must_notify) send the event
 *     look once more; found: activate
 *     block unless !sleep_word_fall_asleep   event handler of the receiver
 *                                           if (sleep_word_rouse) wake the thread
 */
#ifndef RINGSIDE_RT_SLEEP_WORD_H
#define RINGSIDE_RT_SLEEP_WORD_H

#include <ringside-rt/ring_step.h>
#include <ringside/abi.h>
#include <stdbool.h>

/** The receiver looks at its ring by itself from now on. */
static inline void sleep_word_activate(int32_t *word)
{
    RING_STEP(sleep_activate);
    __atomic_store_n(word, IVMC_ACTIVE, __ATOMIC_SEQ_CST);
}

/** The receiver found nothing; it must look once more after this. A full barrier. */
static inline void sleep_word_drowse(int32_t *word)
{
    if (MUTANT(drowse_without_barrier)) {
        ring_store(word, IVMC_DROWSY);
        return;
    }
    RING_STEP(sleep_drowse);
    __atomic_exchange_n(word, IVMC_DROWSY, __ATOMIC_SEQ_CST);
}

/** False when an event came meanwhile: do not block. To be called where a wake-up is kept. */
static inline bool sleep_word_fall_asleep(int32_t *word)
{
    int32_t drowsy = IVMC_DROWSY;
    RING_STEP(sleep_fall);
    if (MUTANT(fall_by_store)) {
        __atomic_store_n(word, IVMC_ASLEEP, __ATOMIC_SEQ_CST);
        return true;
    }
    return __atomic_compare_exchange_n(word, &drowsy, IVMC_ASLEEP, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
}

/** On the receiver's side, when the event comes: whether somebody is blocked and must be woken. */
static inline bool sleep_word_rouse(int32_t *word)
{
    RING_STEP(sleep_rouse);
    if (MUTANT(rouse_only_sleepers))
        return __sync_bool_compare_and_swap(word, IVMC_ASLEEP, IVMC_ACTIVE) ||
               __sync_bool_compare_and_swap(word, IVMC_CALLED, IVMC_ACTIVE);
    int32_t before = __atomic_exchange_n(word, IVMC_ACTIVE, __ATOMIC_SEQ_CST);
    return before == IVMC_ASLEEP || (before == IVMC_CALLED && !MUTANT(rouse_not_called));
}

/**
 * On the sender's side, after scq_enqueue: whether to send the event now. Of several senders that
 * find the receiver asleep one sends it; the word says so to the others.
 */
static inline bool sleep_word_must_notify(int32_t *word)
{
    int32_t asleep = IVMC_ASLEEP;
    RING_STEP(sleep_look);
    int32_t seen = __atomic_load_n(word, __ATOMIC_SEQ_CST);
    if (seen > 0 || (seen == IVMC_DROWSY && MUTANT(notify_only_asleep)))
        return false;
    RING_STEP(sleep_call);
    __atomic_compare_exchange_n(word, &asleep, IVMC_CALLED, false, __ATOMIC_SEQ_CST,
                                __ATOMIC_SEQ_CST);
    return asleep == IVMC_ASLEEP || asleep == IVMC_DROWSY;
}

#endif
