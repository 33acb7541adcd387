/*
 * Content on its way between memory and blocks: by DMA where the device reaches the memory, through
 * a bounce where it does not. Invariant: a block that the cache holds is read from there, since it
 * may be newer.
 */
#include "volume.h"

char *ext_bounce(struct ext *fs)
{
    while (!fs->bounces_free)
        ext_wait(&fs->bounce_freed);
    unsigned i = __builtin_ctz(fs->bounces_free);
    fs->bounces_free &= ~(1u << i);
    return fs->bounces + i * EXT_BOUNCE_BYTES;
}

void ext_bounce_free(struct ext *fs, char *bounce)
{
    fs->bounces_free |= 1u << (bounce - fs->bounces) / EXT_BOUNCE_BYTES;
    ext_wake(&fs->bounce_freed);
}

/* Blocks that the cache does not hold: straight into memory that the device reaches. */
static int read_straight(struct ext *fs, struct ext_io *io, uint32_t block, char *to,
                         uint32_t count)
{
    if (blk_reaches(fs->blk, to, (size_t)count << fs->block_shift)) {
        ext_io_add(io, BLK_READ, block, to, count);
        return 0;
    }
    char *bounce = ext_bounce(fs);
    int rc = 0;
    while (!rc && count) {
        struct ext_io one;
        uint32_t here = EXT_BOUNCE_BYTES >> fs->block_shift;
        if (here > count)
            here = count;
        ext_io_begin(&one, fs);
        ext_io_add(&one, BLK_READ, block, bounce, here);
        rc = ext_io_wait(&one);
        if (!rc)
            memcpy(to, bounce, (size_t)here << fs->block_shift);
        block += here;
        to += (size_t)here << fs->block_shift;
        count -= here;
    }
    ext_bounce_free(fs, bounce);
    return rc;
}

int ext_content_read(struct ext *fs, struct ext_io *io, uint32_t block, void *to, uint32_t count)
{
    char *at = to;
    uint32_t start = 0;
    int rc = 0;
    for (uint32_t i = 0; !rc && i < count; i++) {
        struct ext_buffer *buffer = ext_buffer_peek(fs, block + i);
        if (!buffer)
            continue;
        memcpy(at + ((size_t)i << fs->block_shift), buffer->data, fs->block_bytes);
        if (i > start)
            rc = read_straight(fs, io, block + start, at + ((size_t)start << fs->block_shift),
                               i - start);
        start = i + 1;
    }
    if (!rc && count > start)
        rc = read_straight(fs, io, block + start, at + ((size_t)start << fs->block_shift),
                           count - start);
    return rc;
}

int ext_content_write(struct ext *fs, struct ext_io *io, uint32_t block, const void *from,
                      uint32_t count)
{
    int rc = ext_discard(fs, block, count);
    if (rc)
        return rc;
    if (blk_reaches(fs->blk, from, (size_t)count << fs->block_shift)) {
        ext_io_add(io, BLK_WRITE, block, (void *)from, count);
        return 0;
    }
    const char *at = from;
    char *bounce = ext_bounce(fs);
    while (!rc && count) {
        struct ext_io one;
        uint32_t here = EXT_BOUNCE_BYTES >> fs->block_shift;
        if (here > count)
            here = count;
        memcpy(bounce, at, (size_t)here << fs->block_shift);
        ext_io_begin(&one, fs);
        one.durable = io->durable;
        one.fresh = io->fresh;
        ext_io_add(&one, BLK_WRITE, block, bounce, here);
        rc = ext_io_wait(&one);
        block += here;
        at += (size_t)here << fs->block_shift;
        count -= here;
    }
    ext_bounce_free(fs, bounce);
    return rc;
}
