/*
 * The end of a file moves. Invariant: blocks behind the end are freed in the same operation, or the
 * inode is on the list of orphans until they are.
 */
#include "journal.h"
#include "volume.h"

/* The rest of an earlier one; -EAGAIN: this operation is full. */
static int shrink(struct ext_inode *inode)
{
    int rc = ext_trim(inode);
    if (rc == -EAGAIN) {
        int listed = ext_orphan_add(inode);
        rc = listed ? listed : rc;
    }
    return rc;
}

int ext_settle(struct ext_inode *inode, uint64_t end)
{
    struct ext *fs = inode->fs;
    if (!fs->journal || inode->shrunk < fs->durable_epoch || end <= inode->at.size ||
        inode->at.size % fs->block_bytes == 0 || !inode->shrunk || ext_nested(fs))
        return 0;
    return ext_commit(fs, EXT_WRITTEN);
}

static int set_size(struct ext_inode *inode, uint64_t size)
{
    int rc = inode->trimming ? shrink(inode) : 0;
    if (rc)
        return rc;
    uint64_t before = inode->at.size;
    inode->at.modified = inode->at.changed = ext_now(inode->fs);
    if (size > before)
        rc = ext_zero_tail(inode);
    if (!rc)
        rc = ext_size_set(inode, size);
    if (size < before)
        inode->shrunk = inode->fs->shrunk = inode->fs->epoch;
    if (!rc)
        rc = size < before ? shrink(inode) : ext_inode_store(inode);
    return rc;
}

int ext_truncate(struct ext_inode *inode, uint64_t size)
{
    struct ext *fs = inode->fs;
    if ((inode->at.mode & S_IFMT) != S_IFREG)
        return (inode->at.mode & S_IFMT) == S_IFDIR ? -EISDIR : -EINVAL;
    if (size > ext_size_limit(fs))
        return -EFBIG;
    int rc = -EAGAIN;
    for (bool set = false; rc == -EAGAIN;) {
        rc = ext_settle(inode, size);
        if (!rc)
            rc = ext_start(fs);
        if (rc)
            return rc;
        ext_lock_exclusive(&inode->lock);
        rc = 0;
        if (set && inode->trimming)
            rc = shrink(inode);
        else if (!set)
            rc = set_size(inode, size);
        set = inode->at.size == size; /* the rest is freeing, now or later */
        ext_unlock(&inode->lock);
        ext_end(fs);
        if (rc == -EAGAIN && ext_nested(fs))
            return set ? 0 : -ENOSPC;
    }
    return rc;
}
