/*
 * What each block holds, if nothing went wrong. Operations on the same block take effect in the
 * order of their submission, so at every submission there is one answer for each block: a version,
 * or zeroes, or, after a discard, one of these two.
 */
#pragma once

#include "workload.h"

#include <ringside-rt/blk_stamp.h>

/** The content of a block: kind, and the operation that wrote it last. */
struct content {
    enum content_kind { CONTENT_ZERO, CONTENT_VERSION } kind;
    /** A discard came later: it may be zero as well. */
    bool discarded;
    uint32_t version;
};

struct model {
    const struct workload *workload;
    unsigned block_bytes;
    struct content *blocks;
};

#define READER_CHECK UINT64_MAX

/** As the disk is before operation 1. */
void model_init(struct model *model, const struct workload *workload, unsigned block_bytes);

/** The operation has been submitted. */
void model_apply(struct model *model, const struct operation *operation);

/** What the model says of a block. */
struct content *model_block(struct model *model, uint64_t block);

/** The stamp of a block's version. */
struct blk_stamp model_stamp(const struct model *model, uint64_t block, uint64_t version);

/**
 * Compares a block that was read with what it should be; a difference is a failed check, which
 * says what the block holds instead.
 *
 * @param should what the model said when the read was submitted
 * @param reader the number of the operation that read it; READER_CHECK: a check of all blocks
 * @return whether it is right
 */
bool model_judge(struct model *model, uint64_t block, const void *data, struct content should,
                 uint64_t reader);

/** The operation before another one that wrote or zeroed the block; 0 when there is none. */
uint64_t model_before(const struct model *model, uint64_t block, uint64_t number);

/** A discarded block was found with this data: it stays so until the next write. */
void model_settle(struct model *model, uint64_t block, const void *data);
