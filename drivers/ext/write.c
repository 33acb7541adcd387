/*
 * Writing of content. Invariant: what is behind the end of a file in its last block is zeroed
 * before the end moves past it. New blocks are written before the operation ends, or are in the
 * cache as content, which goes before any commit: no file shows what was in its blocks before.
 */
#include "volume.h"

uint64_t ext_size_limit(const struct ext *fs)
{
    return ext_map_limit(fs) << fs->block_shift;
}

int ext_size_set(struct ext_inode *inode, uint64_t size)
{
    inode->at.size = size;
    return size > INT32_MAX ? ext_super_add_feature(inode->fs, 0, EXT_RO_LARGE_FILE) : 0;
}

/* A block in the cache, about to be changed; a new one is zeroed. */
static int open_block(struct ext_inode *inode, uint32_t block, bool new, struct ext_buffer **buffer)
{
    struct ext *fs = inode->fs;
    int rc = new ? ext_buffer_blank(fs, block, buffer) : ext_buffer_get(fs, block, buffer);
    if (rc)
        return rc;
    if (ext_is_logged(inode))
        ext_modify(fs, *buffer);
    else
        ext_modify_content(fs, *buffer);
    if (new)
        memset((*buffer)->data, 0, fs->block_bytes);
    (*buffer)->valid = true;
    return 0;
}

int ext_zero_tail(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    uint32_t within = inode->at.size & (fs->block_bytes - 1), block, count;
    struct ext_buffer *buffer;
    if (!within)
        return 0;
    int rc = ext_map(inode, inode->at.size >> fs->block_shift, 1, &block, &count);
    if (rc || !block)
        return rc;
    rc = open_block(inode, block, false, &buffer);
    if (rc)
        return rc;
    memset(buffer->data + within, 0, fs->block_bytes - within);
    ext_buffer_put(buffer);
    return 0;
}

/* Up to wanted blocks in a row, made if they are not there. */
static int map_for_write(struct ext_inode *inode, uint32_t n, uint32_t wanted, uint32_t *block,
                         uint32_t *count, bool *new)
{
    int rc = ext_map(inode, n, wanted, block, count);
    *new = !rc && !*block;
    return *new ? ext_map_grow(inode, n, *count, block, count) : rc;
}

/* From a position on: bytes written. New blocks are told. */
static int64_t write_run(struct ext_inode *inode, struct ext_io *io, uint64_t at, const char *from,
                         uint64_t left, bool *grown)
{
    struct ext *fs = inode->fs;
    uint32_t within = at & (fs->block_bytes - 1), block, count;
    bool part = within || left < fs->block_bytes || ext_is_logged(inode), new;
    uint64_t wanted = part ? 1 : left >> fs->block_shift;
    int rc = map_for_write(inode, at >> fs->block_shift, wanted > 4096 ? 4096 : wanted, &block,
                           &count, &new);
    *grown |= new;
    if (rc)
        return rc;
    if (!part) {
        io->fresh = new;
        io->durable = new && fs->journal && fs->eager;
        rc = ext_content_write(fs, io, block, from, count);
        return rc ? rc : (int64_t)count << fs->block_shift;
    }
    struct ext_buffer *buffer;
    uint32_t here = fs->block_bytes - within < left ? fs->block_bytes - within : left;
    rc = open_block(inode, block, new || here == fs->block_bytes, &buffer);
    if (rc)
        return rc;
    memcpy(buffer->data + within, from, here);
    ext_buffer_put(buffer);
    return here;
}

/* What one operation takes; the inode is locked. Bytes, or an error if there are none. */
static int64_t write_locked(struct ext_inode *inode, uint64_t offset, const char *from,
                            uint64_t length)
{
    struct ext *fs = inode->fs;
    struct ext_io io;
    uint64_t done = 0;
    int64_t n = inode->trimming ? ext_trim(inode) : 0;
    bool grown = false;
    if (!n && offset > inode->at.size)
        n = ext_zero_tail(inode);
    ext_io_begin(&io, fs);
    for (; n >= 0 && done < length && !(done && ext_is_full(fs)); done += n > 0 ? n : 0)
        n = write_run(inode, &io, offset + done, from + done, length - done, &grown);
    if (ext_io_wait(&io)) {
        n = -EIO;
        done = 0; /* which of it is there is not known */
    }
    inode->at.modified = inode->at.changed = ext_now(fs);
    inode->times_dirty = true;
    int rc = 0;
    if (done && offset + done > inode->at.size) {
        rc = ext_size_set(inode, offset + done);
        grown = true;
    }
    if (!rc && (grown || ext_is_logged(inode)))
        rc = ext_inode_store(inode);
    return rc ? rc : done ? (int64_t)done : n;
}

/* Operation after operation; offset UINT64_MAX: behind the end, and told. */
static int64_t write_all(struct ext_inode *inode, uint64_t *offset, const char *from,
                         uint64_t length, const struct ext_note *note)
{
    struct ext *fs = inode->fs;
    uint64_t done = 0, limit = ext_size_limit(fs);
    bool append = *offset == UINT64_MAX, again = true;
    int64_t n = 0;
    while (again) {
        uint64_t reusable = fs->reusable;
        n = ext_settle(inode, append ? UINT64_MAX : *offset + length);
        if (!n)
            n = ext_start(fs);
        if (n)
            break;
        ext_lock_exclusive(&inode->lock);
        uint64_t at = append ? inode->at.size : *offset + done;
        if (append && !done)
            *offset = at;
        if (at >= limit)
            n = -EFBIG;
        else
            n = write_locked(inode, at, from + done,
                             length - done < limit - at ? length - done : limit - at);
        ext_unlock(&inode->lock);
        if (n > 0)
            done += n;
        if (n > 0 && note)
            note->store(note, done, *offset);
        ext_end(fs);
        again = done < length && !ext_nested(fs) &&
                (n > 0 || n == -EAGAIN || (n == -ENOSPC && ext_make_room(fs, reusable)));
    }
    return done ? (int64_t)done : n == -EAGAIN ? -ENOSPC : n;
}

int64_t ext_write(struct ext_inode *inode, uint64_t offset, const void *buffer, size_t length)
{
    if ((inode->at.mode & S_IFMT) != S_IFREG)
        return (inode->at.mode & S_IFMT) == S_IFDIR ? -EISDIR : -EINVAL;
    if (length > INT64_MAX || offset > INT64_MAX)
        return -EFBIG;
    return length ? write_all(inode, &offset, buffer, length, NULL) : 0;
}

int64_t ext_append(struct ext_inode *inode, const void *buffer, size_t length, uint64_t *offset,
                   const struct ext_note *note)
{
    if ((inode->at.mode & S_IFMT) != S_IFREG)
        return (inode->at.mode & S_IFMT) == S_IFDIR ? -EISDIR : -EINVAL;
    if (length > INT64_MAX)
        return -EFBIG;
    *offset = inode->at.size;
    if (!length)
        return 0;
    *offset = UINT64_MAX;
    return write_all(inode, offset, buffer, length, note);
}
