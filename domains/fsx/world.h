/*
 * The files that steps work on, in a folder of their own.
 */
#ifndef WORLD_H
#define WORLD_H

#include "model.h"

struct world {
    char folder[32];
    int slots[STEP_SLOTS];      /* -1: closed */
    unsigned paths[STEP_SLOTS]; /* that they were opened by */
    unsigned char *buffer;      /* WORLD_BUFFER bytes */
};

#define WORLD_BUFFER MODEL_MOST

/** Makes the folder, without what a run that did not end left in it; 0 or -E... */
int world_open(struct world *world, unsigned run);

/** Removes everything; 0 or the first error. */
int world_close(struct world *world);

/** What the files give; data is in the buffer. */
struct outcome world_step(struct world *world, const struct step *step);

/** All of a file: its bytes in the buffer, or -E... */
int64_t world_content(struct world *world, unsigned path);

#endif
