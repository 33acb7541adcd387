/*
 * Requests to the device, several at once, and waiting for all of them.
 */
#ifndef EXT_IO_H
#define EXT_IO_H

#include <ringside-rt/blk.h>

#define EXT_IO_MAX 16u

struct ext;

/** One thread's requests. Begins with ext_io_begin, ends with ext_io_wait. */
struct ext_io {
    struct ext *fs;
    struct semaphore finished;
    unsigned count;
    int status;
    bool durable; /* writes from now on are durable when they are answered */
    bool fresh;   /* writes from now on are to be durable before what points to them is committed */
    bool wrote, wrote_fresh; /* something that is not durable */
    struct blk_request requests[EXT_IO_MAX];
};

void ext_io_begin(struct ext_io *io, struct ext *fs);

/** So many blocks, one request; waits for the earlier ones when there are too many. */
void ext_io_add(struct ext_io *io, enum blk_op op, uint32_t block, void *data, uint32_t count);

/** 0 or -EIO: the first error since ext_io_begin. */
int ext_io_wait(struct ext_io *io);

/** All writes that were answered become durable; 0 or -EIO. */
int ext_flush(struct ext *fs);

/** The same of what was written as fresh. */
int ext_flush_fresh(struct ext *fs);

/** One block, written and, if so, durable by itself. */
int ext_io_write(struct ext *fs, uint32_t block, void *data, bool durable);

#endif
