/*
 * NCQ: a lock-free ring of indices simpler than SCQ (Nikolaev, DISC 2019), for comparison. n
 * entries, n = 1 << order; head and tail move by compare-and-swap after the entry is settled, so
 * every thread but one that tries at the same time tries again. Same rules of use as SCQ; it bounds
 * no loop and trusts whoever shares the memory.
 */
#ifndef RINGSIDE_RT_NCQ_H
#define RINGSIDE_RT_NCQ_H

#include <ringside/abi.h>
#include <stddef.h>
#include <stdint.h>

/** What ncq_dequeue returns besides indices. */
#define NCQ_EMPTY (-1)

/** A ring as one side sees it. Of struct ivmc_ring only head and tail are used. */
struct ncq {
    struct ivmc_ring *ring;
    uint64_t *entries;
    uint64_t n;
};

/** Bytes of a ring: struct ivmc_ring and n entries. */
size_t ncq_bytes(unsigned order);

/** Looks at a ring that is at ring (aligned to 128). Touches nothing. */
void ncq_attach(struct ncq *ncq, void *ring, unsigned order);

/** No index is in it. Only while nobody else uses it. */
void ncq_init_empty(struct ncq *ncq);

/** All indices are in it, in rising order. Only while nobody else uses it. */
void ncq_init_full(struct ncq *ncq);

/** Puts an index in; the caller owns it and no longer does afterwards. */
void ncq_enqueue(struct ncq *ncq, unsigned index);

/** Takes the oldest index out, or NCQ_EMPTY. */
int ncq_dequeue(struct ncq *ncq);

/**
 * Whether the ring was empty at some instant of the call, or nothing in it but what an enqueuer is
 * still putting there. Two loads.
 */
int ncq_is_empty(const struct ncq *ncq);

#endif
