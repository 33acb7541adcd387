/*
 * Holes become blocks. Invariant: a block is counted in the inode when it is taken, and given back
 * if nothing points to it in the end; a new block of numbers is all holes before anything points
 * to it.
 */
#include "volume.h"

static uint32_t sectors(const struct ext *fs, uint32_t blocks)
{
    return blocks << (fs->block_shift - 9);
}

/* Behind the last one that was taken; at first near the inode, files of one group apart. */
static uint32_t goal(const struct ext_inode *inode)
{
    const struct ext *fs = inode->fs;
    if (inode->goal)
        return inode->goal;
    return ext_ino_goal(fs, inode->at.ino);
}

static int take(struct ext_inode *inode, uint32_t wanted, uint32_t *first, uint32_t *count)
{
    struct ext *fs = inode->fs;
    int rc = ext_blocks_alloc(fs, goal(inode), wanted, first, count);
    if (rc)
        return rc;
    inode->at.sectors += sectors(fs, *count);
    inode->goal = *first + *count;
    return 0;
}

static int give_back(struct ext_inode *inode, uint32_t first, uint32_t count, bool metadata, int rc)
{
    inode->at.sectors -= sectors(inode->fs, count);
    int second = ext_blocks_free(inode->fs, first, count, metadata);
    return second ? second : rc;
}

/* A new block of numbers, pointed to from *entry of buffer, or of the inode if that is NULL. */
static int grow_level(struct ext_inode *inode, struct ext_buffer *buffer, uint32_t *entry)
{
    struct ext *fs = inode->fs;
    struct ext_buffer *new;
    uint32_t block, count;
    int rc = take(inode, 1, &block, &count);
    if (rc)
        return rc;
    rc = ext_buffer_blank(fs, block, &new);
    if (rc)
        return give_back(inode, block, 1, true, rc);
    ext_modify(fs, new);
    memset(new->data, 0, fs->block_bytes);
    new->valid = true;
    ext_buffer_put(new);
    if (buffer)
        ext_modify(fs, buffer);
    *entry = block;
    return 0;
}

static int fill(struct ext_inode *inode, struct ext_buffer *buffer, uint32_t *entries,
                uint32_t left, uint32_t wanted, uint32_t *block, uint32_t *count)
{
    uint32_t holes = 1;
    if (*entries)
        return -EUCLEAN;
    while (holes < left && holes < wanted && !entries[holes])
        holes++;
    if (!inode->goal && !buffer && entries > inode->map)
        inode->goal = entries[-1] + 1;
    else if (buffer && (char *)entries > buffer->data && entries[-1])
        inode->goal = entries[-1] + 1;
    int rc = take(inode, holes, block, count);
    if (rc)
        return rc;
    if (buffer)
        ext_modify(inode->fs, buffer);
    for (uint32_t i = 0; i < *count; i++)
        entries[i] = *block + i;
    return 0;
}

int ext_map_grow(struct ext_inode *inode, uint32_t n, uint32_t wanted, uint32_t *block,
                 uint32_t *count)
{
    struct ext *fs = inode->fs;
    struct ext_buffer *buffer = NULL;
    struct ext_path path;
    if (!ext_map_path(fs, n, &path))
        return -EFBIG;
    uint32_t *entries = inode->map, left = EXT_DIRECT;
    int rc = 0;
    for (unsigned depth = 1; !rc && depth < path.depth; depth++) {
        uint32_t *entry = entries + path.index[depth - 1];
        struct ext_buffer *next = NULL;
        if (!*entry)
            rc = grow_level(inode, buffer, entry);
        if (!rc)
            rc = ext_blocks_valid(fs, *entry, 1) ? ext_buffer_get(fs, *entry, &next) : -EUCLEAN;
        if (buffer)
            ext_buffer_put(buffer);
        buffer = next;
        if (!rc)
            entries = (uint32_t *)buffer->data;
        left = 1u << fs->pointers_shift;
    }
    uint32_t index = path.index[path.depth - 1];
    if (!rc)
        rc = fill(inode, buffer, entries + index, left - index, wanted, block, count);
    if (buffer)
        ext_buffer_put(buffer);
    return rc;
}
