/*
 * Inode numbers: near the directory they are in; new directories where there is room. Invariant:
 * group and bitmap change together, without waiting in between.
 */
#include "volume.h"

uint32_t ext_ino_goal(const struct ext *fs, uint32_t ino)
{
    uint32_t g = (ino - 1) / fs->inodes_per_group;
    return fs->first_data_block + g * fs->blocks_per_group;
}

static uint32_t group_of(const struct ext *fs, uint32_t ino)
{
    return (ino - 1) / fs->inodes_per_group;
}

/* Directories in the root spread over the volume; others stay with their parent while it has
 * room for their files. */
static uint32_t group_for_directory(const struct ext *fs, uint32_t parent)
{
    uint32_t best = group_of(fs, parent);
    const struct ext_group *home = &fs->group[best];
    if (parent != EXT_ROOT_INO && home->free_inodes > fs->inodes_per_group / 4 &&
        home->free_blocks > fs->blocks_per_group / 4)
        return best;
    for (uint32_t g = 0; g < fs->groups; g++)
        if (fs->group[g].free_inodes && (!fs->group[best].free_inodes ||
                                         fs->group[g].free_blocks > fs->group[best].free_blocks))
            best = g;
    return best;
}

static int take_in_group(struct ext *fs, uint32_t g, bool directory, uint32_t *ino)
{
    struct ext_group *group = &fs->group[g];
    struct ext_buffer *buffer;
    int rc = ext_buffer_get(fs, group->inode_bitmap, &buffer);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    uint32_t bit = g ? 0 : fs->first_ino - 1;
    while (bit < fs->inodes_per_group && buffer->data[bit / 8] & 1 << bit % 8)
        bit += bit % 8 == 0 && (uint8_t)buffer->data[bit / 8] == 0xff ? 8 : 1;
    rc = -ENOSPC;
    if (bit < fs->inodes_per_group && group->free_inodes) {
        buffer->data[bit / 8] |= 1 << bit % 8;
        group->free_inodes--;
        fs->free_inodes--;
        group->directories += directory;
        *ino = g * fs->inodes_per_group + bit + 1;
        rc = 0;
    }
    ext_buffer_put(buffer);
    if (!rc)
        ext_group_store(fs, g);
    return rc;
}

int ext_ino_alloc(struct ext *fs, uint32_t parent, bool directory, uint32_t *ino)
{
    uint32_t start = directory ? group_for_directory(fs, parent) : group_of(fs, parent);
    int rc = -ENOSPC;
    for (uint32_t i = 0; rc == -ENOSPC && i < fs->groups; i++) {
        uint32_t g = (start + i) % fs->groups;
        if (fs->group[g].free_inodes)
            rc = take_in_group(fs, g, directory, ino);
    }
    return rc;
}

int ext_ino_free(struct ext *fs, uint32_t ino, bool directory)
{
    uint32_t g = group_of(fs, ino), bit = (ino - 1) % fs->inodes_per_group;
    struct ext_group *group = &fs->group[g];
    struct ext_buffer *buffer;
    int rc = ext_buffer_get(fs, group->inode_bitmap, &buffer);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    if (buffer->data[bit / 8] & 1 << bit % 8) {
        buffer->data[bit / 8] &= ~(1 << bit % 8);
        group->free_inodes++;
        fs->free_inodes++;
        group->directories -= directory && group->directories;
    } else {
        rc = -EUCLEAN;
    }
    ext_buffer_put(buffer);
    if (!rc)
        ext_group_store(fs, g);
    return rc;
}
