/*
 * One load on a block device: many requests of one size, at most depth of them in flight.
 */
#pragma once

#include "histogram.h"

#include <ringside-rt/blk.h>

struct load {
    /** BLK_READ or BLK_WRITE; mixed: half of each. */
    enum blk_op op;
    bool mixed;
    /** Offsets by chance instead of one after the other. */
    bool random;
    uint64_t size;
    unsigned depth;
    /** The part of the device that is used, from offset on: a multiple of size. */
    uint64_t offset, span;
    /** Ends after so many requests, or, when it is not 0, at this system time. */
    uint64_t requests, deadline_ns;
    /** Writes stamp every block with this version, reads look for it. */
    bool verify;
    uint64_t version;
    uint64_t seed;
    /** Prints "begin" and "end" where time begins and ends, for whoever takes the host's. */
    bool marks;
    /** Counts bytes as they are answered, for whoever looks on; may be NULL. */
    uint64_t *progress;
};

struct load_result {
    uint64_t requests, bytes, ns;
    /** Requests that failed, and the first of their statuses. */
    uint64_t errors;
    int status;
    /** Blocks that did not hold what was written, and the first of them. */
    uint64_t wrong, wrong_block;
    struct histogram latency;
    /** Through IVMC: notifications sent and received, and how often our receiver went to sleep. */
    uint64_t notifications, sleeps;
};

/** Runs it to its end; false when there is no memory for so many buffers. */
bool load_run(struct blk *blk, const struct load *load, struct load_result *result);

/** All buffers that the load takes, in bytes. */
uint64_t load_buffer_bytes(const struct load *load);
