/*
 * Known mistakes, one of which the explorer can put into the rings. Each is one line there; all but
 * the correct program (none) must be found.
 */
#ifndef RINGSIDE_RING_MUTANTS_H
#define RINGSIDE_RING_MUTANTS_H

#define RING_MUTANTS(MUTATION)                                                                     \
    MUTATION(none, "the rings as they are")                                                        \
    MUTATION(threshold_zero, "the threshold is 0 instead of 3n - 1")                               \
    MUTATION(threshold_n, "the threshold is n - 1 instead of 3n - 1")                              \
    MUTATION(never_reset, "an enqueue does not reset the threshold")                               \
    MUTATION(reset_too_early, "the threshold is reset before a ticket is taken")                   \
    MUTATION(reset_without_barrier, "the threshold is reset by a plain store")                     \
    MUTATION(unsafe_ignored, "an enqueuer uses an entry that is marked unsafe")                    \
    MUTATION(not_marked_unsafe, "a dequeuer passes an occupied entry without marking it")          \
    MUTATION(take_by_store, "an index is taken by a store, which may undo the unsafe mark")        \
    MUTATION(unsigned_compare, "tickets and cycles are compared without regard to wrapping")       \
    MUTATION(tail_before_head, "the check for an empty ring reads the tail first")                 \
    MUTATION(no_catch_up, "dequeuers do not pull the tail up")                                     \
    MUTATION(failures_not_counted, "failed dequeue steps do not lower the threshold")              \
    MUTATION(drowse_without_barrier, "the receiver makes itself drowsy by a plain store")          \
    MUTATION(fall_by_store, "the receiver falls asleep by a store, over an event that came")       \
    MUTATION(rouse_only_sleepers, "an event that finds the receiver drowsy leaves it so")          \
    MUTATION(rouse_not_called, "an event does not wake a receiver that is marked as called")       \
    MUTATION(no_second_look, "the receiver falls asleep without having looked again")              \
    MUTATION(notify_only_asleep, "a sender does not notify a receiver that is drowsy")             \
    MUTATION(enter_without_barrier, "a waiter counts itself by a plain store")                     \
    MUTATION(waiters_as_flag, "waiters set and clear a flag instead of counting")                  \
    MUTATION(sampled_late, "a waiter samples the wake-ups after it has looked at the ring")        \
    MUTATION(ncq_take_late, "NCQ reads an entry again after it has moved the head")

#define RING_MUTANT_NUMBER(name, text) MUTANT_##name,
enum ring_mutant { RING_MUTANTS(RING_MUTANT_NUMBER) MUTANT_COUNT };

/** The mistake that is in the rings now. */
extern enum ring_mutant ring_mutant;

#endif
