/*
 * RING_STEP(name) stands before each access to memory that two sides share. In a guest it is the
 * probe scq_step(number), so that a server can be killed at exactly that step; the explorer
 * (drivers/ring/native) lets another thread run there; elsewhere it is nothing.
 *
 * MUTANT(name) is 0 but in the explorer, which can put one known mistake into the rings, to show
 * that it would be found. ring_store is a store that is not a barrier. RING_PATIENCE is how often
 * one looks for what another is about to do, without depending on it: once in the explorer, where
 * each look is a step.
 */
#ifndef RINGSIDE_RT_RING_STEP_H
#define RINGSIDE_RT_RING_STEP_H

#include <stdint.h>

/** STEP(name, full): full when the access is a full barrier, which empties the store buffer. */
#define RING_STEPS(STEP)                                                                           \
    STEP(enqueue_ticket, 1)                                                                        \
    STEP(enqueue_load, 0)                                                                          \
    STEP(enqueue_head, 0)                                                                          \
    STEP(enqueue_store, 1)                                                                         \
    STEP(enqueue_threshold, 0)                                                                     \
    STEP(enqueue_reset, 1)                                                                         \
    STEP(dequeue_threshold, 0)                                                                     \
    STEP(dequeue_ticket, 1)                                                                        \
    STEP(dequeue_load, 0)                                                                          \
    STEP(dequeue_take, 1)                                                                          \
    STEP(dequeue_move, 1)                                                                          \
    STEP(dequeue_tail, 0)                                                                          \
    STEP(dequeue_count, 1)                                                                         \
    STEP(catch_up, 1)                                                                              \
    STEP(catch_up_head, 0)                                                                         \
    STEP(catch_up_tail, 0)                                                                         \
    STEP(empty_head, 0)                                                                            \
    STEP(empty_tail, 0)                                                                            \
    STEP(sleep_activate, 1)                                                                        \
    STEP(sleep_drowse, 1)                                                                          \
    STEP(sleep_fall, 1)                                                                            \
    STEP(sleep_rouse, 1)                                                                           \
    STEP(sleep_look, 0)                                                                            \
    STEP(sleep_call, 1)                                                                            \
    STEP(waiters_enter, 1)                                                                         \
    STEP(waiters_leave, 1)                                                                         \
    STEP(waiters_look, 0)                                                                          \
    STEP(waiters_sample, 0)                                                                        \
    STEP(waiters_wake, 1)                                                                          \
    STEP(ncq_tail, 0)                                                                              \
    STEP(ncq_head, 0)                                                                              \
    STEP(ncq_load, 0)                                                                              \
    STEP(ncq_store, 1)                                                                             \
    STEP(ncq_advance, 1)

#define RING_STEP_NUMBER(name, full) RING_STEP_##name,
enum ring_step { RING_STEPS(RING_STEP_NUMBER) RING_STEP_COUNT };

#ifdef RING_EXPLORER

#include "../../ring/native/mutants.h"
/* Another thread may run before this returns. */
void ring_step(enum ring_step step);
/* Puts a store into the thread's store buffer. */
void ring_store_later(void *word, uint64_t value, unsigned bytes);
#define RING_STEP(name) ring_step(RING_STEP_##name)
#define MUTANT(name) (ring_mutant == MUTANT_##name)
#define ring_store(word, value) ring_store_later((word), (uint64_t)(value), sizeof(*(word)))
#define RING_PATIENCE 1

#else

#include <ringside-rt/probe.h>
#define RING_STEP(name) PROBE(scq_step, RING_STEP_##name)
#define MUTANT(name) 0
#define ring_store(word, value) __atomic_store_n((word), (value), __ATOMIC_RELEASE)
#define RING_PATIENCE 8

#endif

#endif
