/*
 * Pseudo-random numbers, the same for the same seed: SplitMix64. Not for secrets.
 */
#ifndef RINGSIDE_RT_RANDOM_H
#define RINGSIDE_RT_RANDOM_H

#include <ringside-rt/compiler.h>

struct random {
    uint64_t state;
};

/** A stream of its own for each seed. */
struct random random_seeded(uint64_t seed);

uint64_t random_next(struct random *random);

/** 0 to limit - 1; limit at least 1. Slightly uneven for huge limits. */
uint64_t random_below(struct random *random, uint64_t limit);

/** The stream that the command line's seed=N begins; seed 0 when it has none. */
struct random *random_default(void);

#endif
