/* Requests to the device. Invariant: requests[0..count) are under way until ext_io_wait. */
#include "io.h"
#include "volume.h"

void ext_io_begin(struct ext_io *io, struct ext *fs)
{
    io->fs = fs;
    io->finished = (struct semaphore){0};
    io->count = 0;
    io->status = 0;
    io->durable = io->fresh = io->wrote = io->wrote_fresh = false;
}

static void finished(struct blk_request *request)
{
    semaphore_up(request->arg);
}

void ext_io_add(struct ext_io *io, enum blk_op op, uint32_t block, void *data, uint32_t count)
{
    struct ext *fs = io->fs;
    if (io->count == EXT_IO_MAX)
        ext_io_wait(io);
    struct blk_request *request = &io->requests[io->count];
    *request = (struct blk_request){
        .op = op,
        .flags = op == BLK_WRITE && io->durable ? BLK_FUA : 0,
        .offset = (uint64_t)block << fs->block_shift,
        .length = (uint64_t)count << fs->block_shift,
        .buffer = data,
        .done = finished,
        .arg = &io->finished,
    };
    if (op == BLK_WRITE && !io->durable) {
        io->wrote = true;
        io->wrote_fresh |= io->fresh;
    }
    if (blk_submit(fs->blk, request))
        io->status = -EIO;
    else
        io->count++;
}

int ext_io_wait(struct ext_io *io)
{
    for (unsigned i = 0; i < io->count; i++)
        semaphore_down(&io->finished);
    for (unsigned i = 0; i < io->count; i++)
        if (io->requests[i].status)
            io->status = -EIO;
    io->count = 0;
    if (io->wrote)
        io->fs->unflushed = true;
    if (io->wrote_fresh)
        io->fs->unflushed_fresh = true;
    return io->status;
}

/* If *there is true once nobody else flushes. */
static int flush_if(struct ext *fs, const bool *there)
{
    int rc = 0;
    mutex_lock(&fs->flushing);
    if (*there) {
        fs->unflushed = fs->unflushed_fresh = false;
        rc = blk_flush(fs->blk) ? -EIO : 0;
        if (rc)
            fs->unflushed = fs->unflushed_fresh = true;
    }
    mutex_unlock(&fs->flushing);
    return rc;
}

int ext_flush(struct ext *fs)
{
    return flush_if(fs, &fs->unflushed);
}

int ext_flush_fresh(struct ext *fs)
{
    return flush_if(fs, &fs->unflushed_fresh);
}

int ext_io_write(struct ext *fs, uint32_t block, void *data, bool durable)
{
    struct blk_request request = {
        .op = BLK_WRITE,
        .flags = durable ? BLK_FUA : 0,
        .offset = (uint64_t)block << fs->block_shift,
        .length = fs->block_bytes,
        .buffer = data,
    };
    int rc = blk_run(fs->blk, &request) ? -EIO : 0;
    if (!durable)
        fs->unflushed = true;
    return rc;
}
