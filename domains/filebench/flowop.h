/*
 * One operation of a thread.
 */
#ifndef FLOWOP_H
#define FLOWOP_H

#include "engine.h"

struct worker {
    struct engine *engine;
    const struct engine_options *options;
    struct fileset *sets;
    struct thread *thread;
    struct random random;
    char *buffer; /* options->io_bytes */
    struct {
        int fd;
        struct fileset *set;
        unsigned entry;
    } open[PERSONALITY_FDS];
};

/** There is no file that it could be done to. */
#define FLOWOP_SKIPPED (-2)

/** Bytes, FLOWOP_SKIPPED, or -1 with errno. */
int64_t flowop_do(struct worker *worker, const struct flowop *op);

/** An operation on what is open already; the same. */
int64_t flowop_on_open(struct worker *worker, const struct flowop *op);

/** The file of this entry is opened, or made; 0, or -1 with errno. */
int64_t flowop_open_entry(struct worker *worker, const struct flowop *op, struct fileset *set,
                          unsigned at);

#endif
