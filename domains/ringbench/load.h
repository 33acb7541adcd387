/*
 * The load: null calls over a ring by some of the domain's vCPUs. In native/ threads of this
 * computer do the same.
 */
#ifndef RINGBENCH_LOAD_H
#define RINGBENCH_LOAD_H

#include <ringside-rt/value_ring.h>

/** Of every ring that is measured. */
#define LOAD_RING_ORDER 10

enum load_mode {
    LOAD_PAIRWISE, /* put, then take, in turn */
    LOAD_RANDOM,   /* either, by chance */
    LOAD_MODES,
    /* Every other vCPU only puts, the rest only take; by itself, and for vCPUs that run at once:
     * who finds the ring full or empty looks until it is not, then tries again; neither counts. */
    LOAD_SPLIT = LOAD_MODES
};

/**
 * Runs operations on vCPUs 0 to vcpus - 1 and waits for all of them.
 *
 * @param operations of all vCPUs together; puts and takes both count, also those that find the ring
 *     full or empty
 */
void load_run(struct value_ring *ring, enum load_mode mode, unsigned vcpus, uint64_t operations);

/** "pairwise", "random" or "split". */
const char *load_name(enum load_mode mode);

#endif
