/* Requests to the device. Invariant: requests[0..count) are under way until ext_io_wait. */
#include "io.h"
#include "volume.h"

void ext_io_begin(struct ext_io *io, struct ext *fs)
{
    io->fs = fs;
    io->finished = (struct semaphore){0};
    io->count = 0;
    io->status = 0;
    io->wrote = false;
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
        .offset = (uint64_t)block << fs->block_shift,
        .length = (uint64_t)count << fs->block_shift,
        .buffer = data,
        .done = finished,
        .arg = &io->finished,
    };
    io->wrote |= op == BLK_WRITE;
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
    return io->status;
}

int ext_flush(struct ext *fs)
{
    int rc = 0;
    mutex_lock(&fs->flushing);
    if (fs->unflushed) {
        fs->unflushed = false;
        rc = blk_flush(fs->blk) ? -EIO : 0;
        if (rc)
            fs->unflushed = true;
    }
    mutex_unlock(&fs->flushing);
    return rc;
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
