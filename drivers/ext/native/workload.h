/*
 * Operations drawn from a seed, done to a volume and to a model of it, and what they answer
 * compared.
 */
#ifndef NATIVE_WORKLOAD_H
#define NATIVE_WORKLOAD_H

#include <ringside-rt/ext.h>

#include "model.h"

struct workload {
    struct ext *fs;
    struct model model;
    uint64_t random;
    int top;           /* its directory: a node */
    size_t most;       /* longest file */
    int names;         /* different ones */
    uint64_t done, full; /* operations; those that found the volume full */
    char *buffer, *check;
};

/** The volume is empty but for lost+found, or dir, which is not NULL, is. */
void workload_open(struct workload *w, struct ext *fs, uint64_t seed, size_t most,
                   struct ext_inode *dir);
void workload_close(struct workload *w);

/** One operation; ends the process with a message when an answer is wrong. */
void workload_step(struct workload *w);

/** Everything is as the model says. */
void workload_verify(struct workload *w);

void workload_fail(const struct workload *w, const char *what, int64_t got, int64_t wanted);

/** A clock that counts. */
struct ext_time native_now(void);

#endif
