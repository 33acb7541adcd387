/*
 * Makes a volume. Invariant: the beginning of the device is written last, in one request when all
 * else is durable; so whoever is stopped before that leaves a device that still counts as blank.
 */
#include "format.h"

#define MOUNT_OPTIONS 0xcu /* user's extended attributes and lists of access */
#define NEVER 0xffffu      /* so many mounts until a check */

static int write_out(struct ext_format *f, enum blk_op op, uint64_t offset, uint64_t length,
                     const char *data, unsigned flags)
{
    struct blk_request request = {
        .op = op, .flags = flags, .offset = offset, .length = length, .buffer = (void *)data};
    int rc = blk_run(f->blk, &request);
    return rc == -EOPNOTSUPP ? rc : rc ? -EIO : 0;
}

/* How much of something is in the head. */
static uint64_t in_head(uint64_t offset, uint64_t length)
{
    if (offset >= EXT_BLANK_BYTES)
        return 0;
    return length < EXT_BLANK_BYTES - offset ? length : EXT_BLANK_BYTES - offset;
}

int ext_format_put(struct ext_format *f, uint32_t block, const char *data, uint32_t count)
{
    uint64_t offset = (uint64_t)block << f->block_shift, length = (uint64_t)count << f->block_shift;
    uint64_t first = in_head(offset, length);
    if (first)
        memcpy(f->head + offset, data, first);
    if (first == length)
        return 0;
    return write_out(f, BLK_WRITE, offset + first, length - first, data + first, 0);
}

/* A device that cannot zero by itself is written. */
static int write_zeroes(struct ext_format *f, uint64_t offset, uint64_t length)
{
    int rc = write_out(f, BLK_WRITE_ZEROES, offset, length, NULL, 0);
    if (rc != -EOPNOTSUPP)
        return rc;
    memset(f->scratch, 0, f->block_bytes);
    for (rc = 0; !rc && length; offset += f->block_bytes, length -= f->block_bytes)
        rc = write_out(f, BLK_WRITE, offset, f->block_bytes, f->scratch, 0);
    return rc;
}

int ext_format_zero(struct ext_format *f, uint32_t block, uint32_t count)
{
    uint64_t offset = (uint64_t)block << f->block_shift, length = (uint64_t)count << f->block_shift;
    uint64_t first = in_head(offset, length);
    return first == length ? 0 : write_zeroes(f, offset + first, length - first);
}

static void set_features(const struct ext_format *f, struct ext_super *s)
{
    s->feature_compat = EXT_COMPAT_EXT_ATTR | EXT_COMPAT_DIR_INDEX;
    s->feature_incompat = EXT_INCOMPAT_FILETYPE;
    s->feature_ro_compat = EXT_RO_SPARSE_SUPER;
    if (!f->journal_blocks)
        return;
    const struct ext_raw_inode *journal =
        (const struct ext_raw_inode *)(f->inodes + (EXT_JOURNAL_INO - 1) * EXT_FORMAT_INODE);
    s->feature_compat |= EXT_COMPAT_HAS_JOURNAL;
    s->journal_inum = EXT_JOURNAL_INO;
    s->jnl_backup_type = 1; /* where the journal lies, should its inode be lost */
    memcpy(s->jnl_blocks, journal->block, sizeof(journal->block));
    s->jnl_blocks[EXT_MAP_ENTRIES + 1] = journal->size;
}

static void set_counts(const struct ext_format *f, struct ext_super *s)
{
    s->inodes_count = f->groups * f->inodes_per_group;
    s->free_inodes_count = s->inodes_count - EXT_LOST_FOUND_INO;
    s->blocks_count = f->blocks;
    for (uint32_t g = 0; g < f->groups; g++)
        s->free_blocks_count += ext_format_size(f, g) - ext_format_used(f, g);
    s->first_data_block = f->first_data_block;
    s->log_block_size = s->log_cluster_size = f->block_shift - 10;
    s->blocks_per_group = s->clusters_per_group = f->blocks_per_group;
    s->inodes_per_group = f->inodes_per_group;
}

static void fill_super(const struct ext_format *f, struct ext_super *s, uint32_t group)
{
    const uint8_t *random = (const uint8_t *)f->options->random;
    *s = (struct ext_super){
        .magic = EXT_SUPER_MAGIC,
        .state = EXT_VALID_FS,
        .errors = 1, /* go on */
        .max_mnt_count = NEVER,
        .rev_level = 1,
        .first_ino = EXT_LOST_FOUND_INO,
        .inode_size = EXT_FORMAT_INODE,
        .block_group_nr = (uint16_t)group,
        .def_hash_version = 1, /* half of MD4 */
        .default_mount_opts = MOUNT_OPTIONS,
        .flags = EXT_SIGNED_HASH,
    };
    s->wtime = s->lastcheck = s->mkfs_time = (uint32_t)f->options->now.seconds;
    memcpy(s->uuid, random, sizeof(s->uuid));
    memcpy(s->hash_seed, random + sizeof(s->uuid), sizeof(s->hash_seed));
    set_counts(f, s);
    set_features(f, s);
}

/* Where a group keeps what it needs, and what of it is in use. */
static void describe(const struct ext_format *f, uint32_t g, struct ext_group_desc *descriptor)
{
    uint32_t first = ext_format_first(f, g) + ext_format_copies(f, g);
    *descriptor = (struct ext_group_desc){
        .block_bitmap = first,
        .inode_bitmap = first + 1,
        .inode_table = first + 2,
        .free_blocks_count = (uint16_t)(ext_format_size(f, g) - ext_format_used(f, g)),
        .free_inodes_count = (uint16_t)(f->inodes_per_group - (g ? 0 : EXT_LOST_FOUND_INO)),
        .used_dirs_count = g ? 0 : 2,
    };
}

/* A group's copies of the superblock and of all descriptors. */
static int write_copies(struct ext_format *f, uint32_t group)
{
    uint32_t first = ext_format_first(f, group), g = 0;
    uint32_t within = first == 0 ? EXT_SUPER_OFFSET : 0;
    memset(f->scratch, 0, f->block_bytes);
    fill_super(f, (struct ext_super *)(f->scratch + within), group);
    int rc = ext_format_put(f, first, f->scratch, 1);
    for (uint32_t n = 0; !rc && n < f->descriptor_blocks; n++) {
        struct ext_group_desc *at = (struct ext_group_desc *)f->scratch;
        memset(f->scratch, 0, f->block_bytes);
        for (char *end = f->scratch + f->block_bytes; g < f->groups && (char *)at < end; g++)
            describe(f, g, at++);
        rc = ext_format_put(f, first + 1 + n, f->scratch, 1);
    }
    return rc;
}

static void set_bits(char *bitmap, uint32_t from, uint32_t end)
{
    for (; from < end && from % 8; from++)
        bitmap[from / 8] |= (char)(1 << from % 8);
    if (from < end)
        memset(bitmap + from / 8, 0xff, (end - from) / 8);
    for (uint32_t i = ALIGN_DOWN(end, 8u); from < end && i < end; i++)
        bitmap[i / 8] |= (char)(1 << i % 8);
}

/* Of `bits` the first `used`, and all that there is room for behind them. */
static void fill_bitmap(const struct ext_format *f, char *bitmap, uint32_t used, uint32_t bits)
{
    memset(bitmap, 0, f->block_bytes);
    set_bits(bitmap, 0, used);
    set_bits(bitmap, bits, f->block_bytes * 8);
}

static int write_group(struct ext_format *f, uint32_t g)
{
    uint32_t first = ext_format_first(f, g) + ext_format_copies(f, g);
    uint32_t begun = g ? 0 : EXT_LOST_FOUND_INO;
    int rc = ext_format_copies(f, g) ? write_copies(f, g) : 0;
    fill_bitmap(f, f->scratch, ext_format_used(f, g), ext_format_size(f, g));
    fill_bitmap(f, f->scratch + f->block_bytes, begun, f->inodes_per_group);
    rc = rc ? rc : ext_format_put(f, first, f->scratch, 2);
    uint32_t inodes = g ? 0 : (begun * EXT_FORMAT_INODE - 1) / f->block_bytes + 1;
    if (!rc && inodes)
        rc = ext_format_put(f, first + 2, f->inodes, inodes);
    return rc || inodes == f->table_blocks
               ? rc
               : ext_format_zero(f, first + 2 + inodes, f->table_blocks - inodes);
}

static int write_volume(struct ext_format *f)
{
    int rc = ext_format_files(f);
    for (uint32_t g = 0; !rc && g < f->groups; g++)
        rc = write_group(f, g);
    if (!rc)
        rc = write_out(f, BLK_FLUSH, 0, 0, NULL, 0);
    return rc ? rc : write_out(f, BLK_WRITE, 0, EXT_BLANK_BYTES, f->head, BLK_FUA);
}

int ext_format(struct blk *blk, const struct ext_format_options *options)
{
    const size_t bytes = EXT_BLANK_BYTES + 5 * PAGE_SIZE;
    struct ext_format f = {.blk = blk, .options = options};
    int rc = ext_format_plan(&f);
    if (rc)
        return rc;
    f.memory = blk_buffer_alloc(blk, bytes);
    if (!f.memory)
        return -ENOMEM;
    memset(f.memory, 0, bytes);
    f.head = f.memory;
    f.inodes = f.memory + EXT_BLANK_BYTES;
    f.scratch = f.inodes + PAGE_SIZE;
    f.map[0] = f.scratch + 2 * PAGE_SIZE;
    f.map[1] = f.map[0] + PAGE_SIZE;
    rc = write_volume(&f);
    blk_buffer_free(blk, f.memory, bytes);
    return rc;
}

int ext_is_blank(struct blk *blk)
{
    char *memory = blk->bytes < EXT_BLANK_BYTES ? NULL : blk_buffer_alloc(blk, EXT_BLANK_BYTES);
    if (!memory)
        return blk->bytes < EXT_BLANK_BYTES ? -ENOSPC : -ENOMEM;
    int rc = blk_read(blk, 0, memory, EXT_BLANK_BYTES) ? -EIO : 1;
    for (size_t i = 0; rc > 0 && i < EXT_BLANK_BYTES; i++)
        rc = memory[i] == 0;
    blk_buffer_free(blk, memory, EXT_BLANK_BYTES);
    return rc;
}
