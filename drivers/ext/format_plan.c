/*
 * The plan of a new volume. Invariant: in every group what the group itself needs comes first, and
 * files are given blocks in ascending order; so the blocks in use are the first of each group.
 */
#include "format.h"

/* A last group with less room than this is left out. */
#define LEAST_ROOM 50u
#define MOST_GROUPS 65536u
#define SMALL (512ul << 20)
#define LEAST_JOURNALED 2048u /* blocks of a volume with a journal */

uint32_t ext_format_first(const struct ext_format *f, uint32_t group)
{
    return f->first_data_block + group * f->blocks_per_group;
}

uint32_t ext_format_size(const struct ext_format *f, uint32_t group)
{
    uint32_t left = f->blocks - ext_format_first(f, group);
    return left < f->blocks_per_group ? left : f->blocks_per_group;
}

uint32_t ext_format_copies(const struct ext_format *f, uint32_t group)
{
    return ext_has_super(true, group) ? 1 + f->descriptor_blocks : 0;
}

uint32_t ext_format_overhead(const struct ext_format *f, uint32_t group)
{
    return ext_format_copies(f, group) + 2 + f->table_blocks;
}

uint32_t ext_format_used(const struct ext_format *f, uint32_t group)
{
    uint32_t first = ext_format_first(f, group), overhead = ext_format_overhead(f, group);
    uint32_t size = ext_format_size(f, group);
    if (f->next <= first + overhead)
        return overhead;
    return f->next - first < size ? f->next - first : size;
}

uint32_t ext_format_take(struct ext_format *f)
{
    uint32_t group = (f->next - f->first_data_block) / f->blocks_per_group;
    uint32_t start = ext_format_first(f, group) + ext_format_overhead(f, group);
    if (f->next < start)
        f->next = start;
    return f->next++;
}

static int plan_blocks(struct ext_format *f)
{
    uint64_t bytes = f->blk->bytes;
    uint32_t wanted = f->options->block_bytes;
    f->block_bytes = wanted ? wanted : bytes / 4096 < LEAST_JOURNALED ? 1024 : 4096;
    if ((f->block_bytes != 1024 && f->block_bytes != 2048 && f->block_bytes != 4096) ||
        f->block_bytes < f->blk->block_bytes)
        return -EINVAL;
    f->block_shift = (uint32_t)__builtin_ctz(f->block_bytes);
    f->blocks_per_group = f->block_bytes * 8;
    f->first_data_block = f->block_bytes == 1024;
    if (bytes < 2 * EXT_BLANK_BYTES)
        return -ENOSPC;
    if (bytes >> f->block_shift > (uint64_t)MOST_GROUPS * f->blocks_per_group)
        return -EFBIG;
    f->blocks = (uint32_t)(bytes >> f->block_shift);
    return 0;
}

/* For these blocks. */
static void plan_groups(struct ext_format *f)
{
    uint32_t per_inode = f->options->bytes_per_inode, per_block = f->block_bytes / EXT_FORMAT_INODE;
    if (!per_inode)
        per_inode = f->blk->bytes < SMALL ? 4096 : 16384;
    f->groups = (f->blocks - f->first_data_block - 1) / f->blocks_per_group + 1;
    uint32_t descriptors = f->block_bytes / sizeof(struct ext_group_desc);
    f->descriptor_blocks = (f->groups + descriptors - 1) / descriptors;
    uint64_t inodes = ((uint64_t)f->blocks << f->block_shift) / per_inode / f->groups + 1;
    uint64_t step = per_block > 8 ? per_block : 8, most = f->block_bytes * 8;
    inodes = ALIGN_UP(inodes < 2 * step ? 2 * step : inodes, step);
    f->inodes_per_group = (uint32_t)(inodes < most ? inodes : most);
    f->table_blocks = f->inodes_per_group / per_block;
}

static bool last_is_too_small(const struct ext_format *f)
{
    uint32_t last = f->groups - 1;
    return ext_format_size(f, last) < ext_format_overhead(f, last) + LEAST_ROOM;
}

static uint32_t journal_blocks(uint32_t blocks)
{
    uint32_t journal = 1024;
    for (uint32_t least = 32768; blocks >= least && journal < 32768; least *= 2)
        journal = journal == 1024 ? 4096 : journal * 2;
    return journal;
}

/* Whether files find as many blocks as they are going to take. */
static bool has_room(const struct ext_format *f)
{
    uint64_t room = 0;
    uint32_t pointers = f->block_bytes / sizeof(uint32_t);
    for (uint32_t g = 0; g < f->groups; g++)
        room += ext_format_size(f, g) - ext_format_overhead(f, g);
    return f->journal_blocks + f->journal_blocks / pointers + LEAST_ROOM <= room;
}

int ext_format_plan(struct ext_format *f)
{
    int rc = plan_blocks(f);
    if (rc)
        return rc;
    plan_groups(f);
    while (last_is_too_small(f)) {
        if (f->groups == 1)
            return -ENOSPC;
        f->blocks = ext_format_first(f, f->groups - 1);
        plan_groups(f);
    }
    if (f->options->journal && f->blocks < LEAST_JOURNALED)
        return -ENOSPC;
    f->journal_blocks = f->options->journal ? journal_blocks(f->blocks) : 0;
    f->next = f->first_data_block;
    return has_room(f) ? 0 : -ENOSPC;
}
