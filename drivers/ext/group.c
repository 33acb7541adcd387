/*
 * Block groups: their descriptors, decoded, and what is theirs alone. Invariant: every group's
 * bitmaps and its part of the inode table lie within the group, so one look at a block's own group
 * says whether a file may have it.
 */
#include "volume.h"

#define DESCRIPTOR_BYTES 32u

static uint32_t first_of(const struct ext *fs, uint32_t group)
{
    return fs->first_data_block + group * fs->blocks_per_group;
}

static uint32_t per_block(const struct ext *fs)
{
    return fs->block_bytes / DESCRIPTOR_BYTES;
}

static bool is_power(uint32_t n, uint32_t base)
{
    while (n % base == 0)
        n /= base;
    return n == 1;
}

bool ext_has_super(bool sparse, uint32_t group)
{
    return !sparse || group <= 1 || is_power(group, 3) || is_power(group, 5) ||
           is_power(group, 7);
}

/* Blocks at the beginning of a group that hold the superblock and the descriptors. */
static uint32_t copies(const struct ext *fs, uint32_t group)
{
    bool sparse = fs->super->feature_ro_compat & EXT_RO_SPARSE_SUPER;
    return ext_has_super(sparse, group) ? 1 + (fs->groups + per_block(fs) - 1) / per_block(fs) : 0;
}

static bool meets(uint32_t a, uint32_t a_count, uint32_t b, uint32_t b_count)
{
    return a < b + b_count && b < a + a_count;
}

bool ext_blocks_valid(const struct ext *fs, uint32_t first, uint32_t count)
{
    if (first <= fs->first_data_block || first >= fs->blocks || count > fs->blocks - first)
        return false;
    uint32_t g = (first - fs->first_data_block) / fs->blocks_per_group;
    uint32_t last = (first + count - 1 - fs->first_data_block) / fs->blocks_per_group;
    for (; g <= last; g++) {
        const struct ext_group *group = &fs->group[g];
        if (meets(first, count, group->block_bitmap, 1) ||
            meets(first, count, group->inode_bitmap, 1) ||
            meets(first, count, group->inode_table, fs->table_blocks) ||
            meets(first, count, first_of(fs, g), copies(fs, g)))
            return false;
    }
    return true;
}

static bool within(const struct ext *fs, uint32_t g, uint32_t block, uint32_t count)
{
    uint64_t first = first_of(fs, g) + copies(fs, g);
    uint64_t end = (uint64_t)first_of(fs, g) + fs->blocks_per_group;
    if (end > fs->blocks)
        end = fs->blocks;
    return block >= first && (uint64_t)block + count <= end;
}

static int decode(struct ext *fs, uint32_t g, const struct ext_group_desc *desc)
{
    struct ext_group *group = &fs->group[g];
    *group = (struct ext_group){
        .block_bitmap = desc->block_bitmap,
        .inode_bitmap = desc->inode_bitmap,
        .inode_table = desc->inode_table,
        .free_blocks = desc->free_blocks_count,
        .free_inodes = desc->free_inodes_count,
        .directories = desc->used_dirs_count,
    };
    if (!within(fs, g, group->block_bitmap, 1) || !within(fs, g, group->inode_bitmap, 1) ||
        !within(fs, g, group->inode_table, fs->table_blocks) ||
        group->free_blocks > fs->blocks_per_group || group->free_inodes > fs->inodes_per_group)
        return -EUCLEAN;
    fs->free_blocks += group->free_blocks;
    fs->free_inodes += group->free_inodes;
    return 0;
}

static struct ext_group_desc *descriptors(const struct ext *fs, uint32_t n)
{
    return (struct ext_group_desc *)fs->descriptors[n]->data;
}

static uint32_t descriptor_blocks(const struct ext *fs)
{
    return (fs->groups + per_block(fs) - 1) / per_block(fs);
}

int ext_groups_open(struct ext *fs)
{
    uint32_t blocks = descriptor_blocks(fs);
    fs->group = kmalloc(fs->groups * sizeof(struct ext_group));
    fs->descriptors = kmalloc(blocks * sizeof(struct ext_buffer *));
    fs->free_blocks = fs->free_inodes = 0;
    if (!fs->group || !fs->descriptors)
        return -ENOMEM;
    if (blocks > fs->cache.count / 8)
        return -ENOMEM;
    for (uint32_t g = 0; g < fs->groups; g++) {
        uint32_t n = g / per_block(fs);
        int rc = 0;
        if (!fs->descriptors[n])
            rc = ext_buffer_get(fs, fs->first_data_block + 1 + n, &fs->descriptors[n]);
        if (!rc)
            rc = decode(fs, g, &descriptors(fs, n)[g % per_block(fs)]);
        if (rc)
            return rc;
    }
    return 0;
}

void ext_groups_close(struct ext *fs)
{
    for (uint32_t n = 0; fs->descriptors && n < descriptor_blocks(fs); n++)
        if (fs->descriptors[n])
            ext_buffer_put(fs->descriptors[n]);
    for (uint32_t g = 0; fs->group && g < fs->groups; g++)
        for (unsigned i = 0; i < EXT_FREED; i++)
            kfree(fs->group[g].freed[i]);
    kfree(fs->descriptors);
    kfree(fs->group);
    fs->descriptors = NULL;
    fs->group = NULL;
}

void ext_group_store(struct ext *fs, uint32_t g)
{
    const struct ext_group *group = &fs->group[g];
    struct ext_buffer *buffer = fs->descriptors[g / per_block(fs)];
    ext_modify(fs, buffer);
    struct ext_group_desc *desc = &descriptors(fs, g / per_block(fs))[g % per_block(fs)];
    desc->free_blocks_count = group->free_blocks;
    desc->free_inodes_count = group->free_inodes;
    desc->used_dirs_count = group->directories;
}
