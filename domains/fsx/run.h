/*
 * One run of steps, in a fresh folder and with a fresh model.
 */
#ifndef RUN_H
#define RUN_H

#include "world.h"

struct run {
    const struct step *steps;
    const bool *left_out; /* NULL: none is */
    unsigned count, check_each;
    unsigned number; /* of its folder */
    bool quiet;      /* nothing is told of what disagrees */
    unsigned done, skipped;
    bool agrees;
    uint64_t hash;
    struct world world;
};

/** From steps, left_out, count, check_each, number and world.buffer; 0, or -E... */
int run_steps(struct run *run);

#endif
