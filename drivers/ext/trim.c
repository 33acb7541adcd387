/*
 * Blocks behind the end of a file are freed, from the last to the first, in as many operations as
 * that takes. Invariant: what was freed is not pointed to any more, and the inode's count of
 * sectors and its place in the table say what is left.
 */
#include "volume.h"

struct trim {
    struct ext_inode *inode;
    uint32_t keep; /* blocks of the file that stay */
};

static int free_run(struct ext_inode *inode, uint32_t first, uint32_t count, bool metadata)
{
    uint64_t sectors = (uint64_t)count << (inode->fs->block_shift - 9);
    int rc = ext_blocks_free(inode->fs, first, count, metadata);
    if (!rc)
        inode->at.sectors -= sectors < inode->at.sectors ? sectors : inode->at.sectors;
    return rc;
}

/* Entries [from, to) of one block of numbers, or of the inode, that point to content. */
static int trim_entries(const struct trim *trim, struct ext_buffer *buffer, uint32_t *entries,
                        uint32_t from, uint32_t to)
{
    struct ext_inode *inode = trim->inode;
    int rc = 0;
    while (!rc && to > from) {
        uint32_t end = to--;
        if (!entries[to])
            continue;
        while (to > from && entries[to - 1] && entries[to - 1] + 1 == entries[to])
            to--;
        rc = ext_is_full(inode->fs) ? -EAGAIN : 0;
        if (!rc)
            rc = free_run(inode, entries[to], end - to, ext_is_logged(inode));
        if (rc)
            break;
        if (buffer)
            ext_modify(inode->fs, buffer);
        memset(entries + to, 0, (end - to) * sizeof(*entries));
    }
    return rc;
}

/*
 * A block of numbers whose first one is of block `first` of the file, `levels` above content.
 * *entry points to it; frees it if nothing in it stays.
 */
static int trim_branch(const struct trim *trim, struct ext_buffer *parent, uint32_t *entry,
                       unsigned levels, uint64_t first)
{
    struct ext *fs = trim->inode->fs;
    uint32_t shift = fs->pointers_shift, entries = 1u << shift;
    uint64_t covers = 1ul << shift * (levels - 1); /* blocks of the file per entry */
    struct ext_buffer *buffer;
    if (!*entry || first + (covers << shift) <= trim->keep)
        return 0;
    int rc = ext_blocks_valid(fs, *entry, 1) ? ext_buffer_get(fs, *entry, &buffer) : -EUCLEAN;
    if (rc)
        return rc;
    uint32_t *numbers = (uint32_t *)buffer->data;
    uint32_t from = trim->keep > first ? (trim->keep - first) / covers : 0;
    if (levels == 1)
        rc = trim_entries(trim, buffer, numbers, from, entries);
    else
        for (uint32_t i = entries; !rc && i > from; i--)
            rc = trim_branch(trim, buffer, &numbers[i - 1], levels - 1, first + (i - 1) * covers);
    ext_buffer_put(buffer);
    if (rc || trim->keep > first)
        return rc;
    if (ext_is_full(fs))
        return -EAGAIN;
    rc = free_run(trim->inode, *entry, 1, true);
    if (rc)
        return rc;
    if (parent)
        ext_modify(fs, parent);
    *entry = 0;
    return 0;
}

static int trim_all(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    struct trim trim = {inode, (inode->at.size + fs->block_bytes - 1) >> fs->block_shift};
    uint64_t n = 1ul << fs->pointers_shift, first = EXT_DIRECT + n + n * n;
    int rc = 0;
    for (unsigned levels = 3; !rc && levels; levels--) {
        rc = trim_branch(&trim, NULL, &inode->map[EXT_DIRECT + levels - 1], levels, first);
        first -= levels > 1 ? 1ul << fs->pointers_shift * (levels - 1) : 0;
    }
    if (!rc && trim.keep < EXT_DIRECT)
        rc = trim_entries(&trim, NULL, inode->map, trim.keep, EXT_DIRECT);
    return rc;
}

int ext_trim(struct ext_inode *inode)
{
    inode->goal = 0;
    int rc = trim_all(inode);
    inode->trimming = rc != 0;
    if (!rc && inode->at.links)
        rc = ext_orphan_remove(inode);
    int stored = ext_inode_store(inode);
    return rc ? rc : stored;
}
