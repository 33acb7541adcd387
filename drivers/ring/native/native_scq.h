/*
 * Rings of the native tests: memory for them, and tickets that begin anywhere.
 */
#ifndef RINGSIDE_RING_NATIVE_SCQ_H
#define RINGSIDE_RING_NATIVE_SCQ_H

#include <ringside-rt/scq.h>

/** Memory of the small rings of the explorer: up to 4 indices. */
struct native_scq {
    struct ivmc_ring ring;
    uint64_t entries[8];
} __attribute__((aligned(128)));

/** An empty ring whose tickets begin at base, a multiple of twice the number of indices. */
static inline void native_scq_init(struct scq *scq, uint64_t base)
{
    uint64_t entries = 2 * scq->n;
    scq_init_empty(scq);
    for (uint64_t i = 0; i < entries; i++)
        scq->entries[i] = (base - entries) << 1 | (2 * entries - 1);
    scq->ring->head = scq->ring->tail = base;
}

#endif
