/*
 * The operations of a run, all of them a function of the options: operation n is the same whatever
 * the timing, so that a later boot can work out what an earlier one did.
 */
#pragma once

#include <ringside-rt/blk.h>
#include <ringside-rt/random.h>

/** Most blocks of one operation, and the room for them in whoever keeps something for each. */
#define OPERATION_BLOCKS_MAX 64

/** What the command line says of the operations. */
struct workload {
    uint64_t seed, writer;
    /** The blocks that are used: first to first + blocks - 1. */
    uint64_t first, blocks;
    /** How many operations; numbered from 1. Operation 0 wrote all blocks. */
    uint64_t operations;
    /** Most blocks of one operation. */
    unsigned longest;
    /** Nothing is written before operation 1: the blocks are zero already. */
    bool fresh;
};

struct operation {
    uint64_t number;
    enum blk_op op;
    unsigned flags;
    uint64_t block;
    unsigned blocks;
};

/** Reads ops=, blocks=, first=, seed=, writer=, longest= and fresh. */
struct workload workload_of_cmdline(void);

/** The stream of operations begins; workload_next makes one after the other. */
struct random workload_start(const struct workload *workload);
struct operation workload_next(const struct workload *workload, struct random *random,
                               uint64_t number);

/** Whether the operation changes the block. */
bool operation_changes(const struct operation *operation, uint64_t block);

/** write, read, flush, zeroes, discard. */
const char *operation_name(enum blk_op op);
