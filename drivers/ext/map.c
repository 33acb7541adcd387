/*
 * Where the blocks of a file lie: twelve numbers in the inode, then one, two and three levels of
 * blocks of numbers. 0 is a hole. Invariant: a number is followed only after it was checked.
 */
#include "volume.h"

#define INDIRECT EXT_DIRECT

bool ext_map_path(const struct ext *fs, uint32_t n, struct ext_path *path)
{
    uint32_t shift = fs->pointers_shift, mask = (1u << shift) - 1;
    uint64_t left = n, size = 1ul << shift;
    if (n < EXT_DIRECT) {
        *path = (struct ext_path){1, {n}};
        return true;
    }
    left -= EXT_DIRECT;
    for (unsigned level = 1; level <= 3; level++, left -= size, size <<= shift) {
        if (left >= size)
            continue;
        path->depth = level + 1;
        path->index[0] = INDIRECT + level - 1;
        for (unsigned i = 1; i <= level; i++)
            path->index[i] = left >> (level - i) * shift & mask;
        return true;
    }
    return false;
}

uint64_t ext_map_limit(const struct ext *fs)
{
    uint64_t n = 1ul << fs->pointers_shift, all = EXT_DIRECT + n + n * n + n * n * n;
    uint64_t counted = (uint64_t)UINT32_MAX >> (fs->block_shift - 9);
    counted -= counted >> (fs->pointers_shift - 1); /* what the map itself takes counts too */
    return all < counted ? all : counted;
}

/* Entries from index on: as many in a row as there are, up to wanted. */
static uint32_t run_of(const uint32_t *entries, uint32_t left, uint32_t wanted)
{
    uint32_t count = 1, step = entries[0] != 0;
    while (count < left && count < wanted && entries[count] == entries[0] + step * count)
        count++;
    return count;
}

/* What a hole at this depth covers from path on. */
static uint32_t hole_of(const struct ext *fs, const struct ext_path *path, unsigned depth,
                        uint32_t wanted)
{
    uint64_t size = 1, at = 0;
    for (unsigned i = path->depth - 1; i >= depth; i--) {
        at += path->index[i] * size;
        size <<= fs->pointers_shift;
    }
    return size - at < wanted ? size - at : wanted;
}

static int found(const struct ext *fs, const uint32_t *entries, uint32_t left, uint32_t wanted,
                 uint32_t *block, uint32_t *count)
{
    *block = entries[0];
    *count = run_of(entries, left, wanted);
    return *block && !ext_blocks_valid(fs, *block, *count) ? -EUCLEAN : 0;
}

int ext_map(struct ext_inode *inode, uint32_t n, uint32_t wanted, uint32_t *block, uint32_t *count)
{
    struct ext *fs = inode->fs;
    struct ext_path path;
    if (!ext_map_path(fs, n, &path))
        return -EFBIG;
    if (path.depth == 1)
        return found(fs, &inode->map[n], EXT_DIRECT - n, wanted, block, count);
    uint32_t at = inode->map[path.index[0]];
    for (unsigned depth = 1; at; depth++) {
        struct ext_buffer *buffer;
        int rc = ext_blocks_valid(fs, at, 1) ? ext_buffer_get(fs, at, &buffer) : -EUCLEAN;
        if (rc)
            return rc;
        uint32_t index = path.index[depth], *entries = (uint32_t *)buffer->data;
        at = entries[index];
        if (depth == path.depth - 1)
            rc = found(fs, entries + index, (1u << fs->pointers_shift) - index, wanted, block,
                       count);
        else if (!at)
            *count = hole_of(fs, &path, depth + 1, wanted);
        ext_buffer_put(buffer);
        if (rc || depth == path.depth - 1)
            return rc;
    }
    *block = 0;
    if (!inode->map[path.index[0]])
        *count = hole_of(fs, &path, 1, wanted);
    return 0;
}
