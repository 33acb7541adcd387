/*
 * SCQ: a lock-free multi-producer multi-consumer ring of indices 0 to n-1, n = 1 << order
 * (Nikolaev, DISC 2019). The ring has 2n entries; every index is in at most one ring, so an
 * enqueue never finds it full. At most n threads may dequeue at once.
 *
 * The memory is struct ivmc_ring followed by the entries. A peer may write anything into it, so
 * every loop is bounded, also all of them together, and an index is checked before it is returned.
 */
#ifndef RINGSIDE_RT_SCQ_H
#define RINGSIDE_RT_SCQ_H

#include <ringside/abi.h>
#include <stddef.h>
#include <stdint.h>

/** What scq_dequeue returns besides indices. */
#define SCQ_EMPTY (-1)
/** The ring's memory is not what any sequence of operations leaves behind. Also of scq_enqueue. */
#define SCQ_BROKEN (-2)

/** A ring as one side sees it: where it is and how large, in memory of its own. */
struct scq {
    struct ivmc_ring *ring;
    uint64_t *entries;
    /** How many indices there are. */
    uint64_t n;
    /** Rounds of past operations that brought nothing, less what each is forgiven. */
    uint64_t wasted;
};

/** Bytes of a ring, without padding to pages: struct ivmc_ring and 2n entries. */
size_t scq_bytes(unsigned order);

/** Looks at a ring that is at ring (aligned to 128). Touches nothing. */
void scq_attach(struct scq *scq, void *ring, unsigned order);

/** No index is in it. Only while nobody else uses it. */
void scq_init_empty(struct scq *scq);

/** All indices are in it, in rising order. Only while nobody else uses it. */
void scq_init_full(struct scq *scq);

/**
 * Puts an index in; the caller owns it and no longer does afterwards. A full barrier.
 *
 * @return 0 or SCQ_BROKEN
 */
int scq_enqueue(struct scq *scq, unsigned index);

/** Takes the oldest index out. A full barrier unless it returns SCQ_EMPTY. */
int scq_dequeue(struct scq *scq);

/** Whether the ring was empty at some instant of the call. Two loads; burns no ticket. */
int scq_is_empty(const struct scq *scq);

#endif
