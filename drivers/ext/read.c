/*
 * Reading of content. Many read one file at once; nobody changes it meanwhile. Who reads a file
 * piece by piece, in small pieces, finds the next ones in the cache.
 */
#include "volume.h"

/* Longer reads go straight to their memory; shorter ones that follow each other wait less often. */
#define SMALL 32768u

/* Some bytes of one block. */
static int read_part(struct ext *fs, uint32_t block, uint32_t within, char *to, uint32_t length)
{
    struct ext_buffer *buffer;
    int rc = ext_buffer_get(fs, block, &buffer);
    if (rc)
        return rc;
    memcpy(to, buffer->data + within, length);
    ext_buffer_put(buffer);
    return 0;
}

/* Blocks of a file from one on. */
static uint64_t blocks_from(const struct ext_inode *inode, uint64_t n)
{
    return ((inode->at.size - 1) >> inode->fs->block_shift) + 1 - n;
}

/* From a position on: as much as lies in a row, at least something. */
static int64_t read_run(struct ext_inode *inode, struct ext_io *io, uint64_t at, char *to,
                        uint64_t left, bool ahead)
{
    struct ext *fs = inode->fs;
    uint32_t within = at & (fs->block_bytes - 1), block, count;
    uint64_t wanted = (within + left + fs->block_bytes - 1) >> fs->block_shift;
    if (ahead && wanted < EXT_IO_MAX) {
        uint64_t rest = blocks_from(inode, at >> fs->block_shift);
        wanted = rest < EXT_IO_MAX ? rest : EXT_IO_MAX;
    }
    int rc = ext_map(inode, at >> fs->block_shift, wanted > 65536 ? 65536 : wanted, &block, &count);
    if (rc)
        return rc;
    if (ahead && block && !ext_buffer_peek(fs, block))
        ext_buffers_read(fs, block, count);
    uint64_t run = ((uint64_t)count << fs->block_shift) - within;
    if (run > left)
        run = left;
    if (!block) {
        memset(to, 0, run);
    } else if (within || run < fs->block_bytes) {
        if (run > fs->block_bytes - within)
            run = fs->block_bytes - within;
        rc = read_part(fs, block, within, to, run);
    } else {
        run &= ~(uint64_t)(fs->block_bytes - 1);
        rc = ext_content_read(fs, io, block, to, run >> fs->block_shift);
    }
    return rc ? rc : (int64_t)run;
}

int64_t ext_read(struct ext_inode *inode, uint64_t offset, void *buffer, size_t length)
{
    struct ext_io io;
    uint64_t done = 0;
    int64_t n = 0;
    if ((inode->at.mode & S_IFMT) != S_IFREG)
        return (inode->at.mode & S_IFMT) == S_IFDIR ? -EISDIR : -EINVAL;
    ext_io_begin(&io, inode->fs);
    ext_lock_shared(&inode->lock);
    if (offset >= inode->at.size)
        length = 0;
    else if (length > inode->at.size - offset)
        length = inode->at.size - offset;
    bool ahead = offset && offset == inode->next_read && length < SMALL;
    for (; done < length && n >= 0; done += n > 0 ? n : 0)
        n = read_run(inode, &io, offset + done, (char *)buffer + done, length - done, ahead);
    inode->next_read = offset + done;
    int rc = ext_io_wait(&io);
    ext_unlock(&inode->lock);
    return n < 0 ? n : rc ? rc : (int64_t)done;
}
