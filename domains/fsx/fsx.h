/*
 * Random steps on files, compared with a model after each; what disagrees is made short: steps are
 * left out, as long as some step still disagrees (A. Zeller, R. Hildebrandt, Simplifying and
 * Isolating Failure-Inducing Input, IEEE TSE 28/2).
 */
#ifndef FSX_H
#define FSX_H

#include <stdbool.h>
#include <stdint.h>

struct fsx_options {
    uint64_t seed;
    unsigned steps;
    unsigned check_each; /* steps until all files are read; at least 1. They are at the end, too */
    unsigned shrink;     /* runs that making it short may take at most; 0: left long */
};

struct fsx_result {
    unsigned done, skipped; /* steps */
    bool agrees;
    unsigned shortest, runs; /* steps that are left when it does not, runs that this took */
    uint64_t hash;           /* of steps and results */
};

/** Bytes that are taken from files_buffer_alloc. */
uint64_t fsx_buffer_bytes(void);

/**
 * Tells on the console of what disagrees, and the shortest list of steps. 0, or -E... where it
 * could not be found out.
 */
int fsx_run(const struct fsx_options *options, struct fsx_result *result);

#endif
