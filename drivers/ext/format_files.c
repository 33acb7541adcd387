/*
 * What a new volume holds: the root, lost+found, and the journal. Invariant: an inode is put
 * together when all its blocks are known.
 */
#include "format.h"
#include "journal_format.h"

#define LOST_FOUND_BYTES 16384u /* so that a check finds room there without taking any */

static struct ext_raw_inode *inode_at(const struct ext_format *f, uint32_t ino)
{
    return (struct ext_raw_inode *)(f->inodes + (ino - 1) * EXT_FORMAT_INODE);
}

static struct ext_raw_inode *new_inode(struct ext_format *f, uint32_t ino, uint16_t mode,
                                       uint16_t links, uint64_t size)
{
    struct ext_raw_inode *raw = inode_at(f, ino);
    struct ext_time now = f->options->now;
    uint32_t seconds = (uint32_t)now.seconds;
    uint32_t extra =
        (uint32_t)((uint64_t)(now.seconds - (int32_t)seconds) >> 32 & 3) | now.nanoseconds << 2;
    *raw = (struct ext_raw_inode){
        .mode = mode,
        .size = (uint32_t)size,
        .atime = seconds,
        .ctime = seconds,
        .mtime = seconds,
        .links_count = links,
        .extra_isize = EXT_EXTRA_ISIZE,
        .ctime_extra = extra,
        .mtime_extra = extra,
        .atime_extra = extra,
        .crtime = seconds,
        .crtime_extra = extra,
    };
    return raw;
}

static uint32_t take_for(struct ext_format *f, struct ext_raw_inode *raw)
{
    raw->blocks += f->block_bytes / 512;
    return ext_format_take(f);
}

static void entry(char *at, uint32_t ino, const char *name, uint32_t length)
{
    struct ext_dirent *entry = (struct ext_dirent *)at;
    entry->inode = ino;
    entry->rec_len = (uint16_t)length;
    entry->name_len = (uint8_t)strlen(name);
    entry->file_type = ino ? 2 : 0; /* a directory */
    memcpy(entry->name, name, entry->name_len);
}

static int root(struct ext_format *f)
{
    struct ext_raw_inode *raw = new_inode(f, EXT_ROOT_INO, S_IFDIR | 0755, 3, f->block_bytes);
    raw->block[0] = take_for(f, raw);
    memset(f->scratch, 0, f->block_bytes);
    entry(f->scratch, EXT_ROOT_INO, ".", 12);
    entry(f->scratch + 12, EXT_ROOT_INO, "..", 12);
    entry(f->scratch + 24, EXT_LOST_FOUND_INO, "lost+found", f->block_bytes - 24);
    return ext_format_put(f, raw->block[0], f->scratch, 1);
}

static int lost_found(struct ext_format *f)
{
    uint32_t count = LOST_FOUND_BYTES >> f->block_shift;
    if (count > EXT_DIRECT)
        count = EXT_DIRECT;
    struct ext_raw_inode *raw = new_inode(f, EXT_LOST_FOUND_INO, S_IFDIR | 0700, 2,
                                          (uint64_t)count << f->block_shift);
    int rc = 0;
    for (uint32_t i = 0; !rc && i < count; i++) {
        raw->block[i] = take_for(f, raw);
        memset(f->scratch, 0, f->block_bytes);
        if (i == 0) {
            entry(f->scratch, EXT_LOST_FOUND_INO, ".", 12);
            entry(f->scratch + 12, EXT_ROOT_INO, "..", f->block_bytes - 12);
        } else {
            entry(f->scratch, 0, "", f->block_bytes);
        }
        rc = ext_format_put(f, raw->block[i], f->scratch, 1);
    }
    return rc;
}

static int journal_super(struct ext_format *f, uint32_t block)
{
    struct jbd_super *super = (struct jbd_super *)f->scratch;
    memset(f->scratch, 0, f->block_bytes);
    super->header.magic = big_endian(JBD_MAGIC);
    super->header.type = big_endian(JBD_SUPER_V2);
    super->block_bytes = big_endian(f->block_bytes);
    super->length = big_endian(f->journal_blocks);
    super->first = super->sequence = super->users = big_endian(1);
    memcpy(super->uuid, f->options->random, sizeof(super->uuid));
    return ext_format_put(f, block, f->scratch, 1);
}

/* Indirect blocks are taken right before what they map: at[depth] is the one being filled. */
struct filling {
    struct ext_raw_inode *raw;
    uint32_t at[2];
};

static int write_map(struct ext_format *f, const struct filling *filling, unsigned depth)
{
    return filling->at[depth] ? ext_format_put(f, filling->at[depth], f->map[depth], 1) : 0;
}

static uint32_t begin_map(struct ext_format *f, struct filling *filling, unsigned depth)
{
    memset(f->map[depth], 0, f->block_bytes);
    return filling->at[depth] = take_for(f, filling->raw);
}

/* Block n of the journal is mapped: where it lies. */
static int map_next(struct ext_format *f, struct filling *filling, uint32_t n, uint32_t *block)
{
    uint32_t pointers = f->block_bytes / sizeof(uint32_t), *map = filling->raw->block;
    int rc = 0;
    if (n < EXT_DIRECT) {
        *block = map[n] = take_for(f, filling->raw);
        return 0;
    }
    n -= EXT_DIRECT;
    if (n == 0)
        map[EXT_DIRECT] = begin_map(f, filling, 0);
    if (n == pointers)
        map[EXT_DIRECT + 1] = begin_map(f, filling, 1);
    if (n && n % pointers == 0) {
        rc = write_map(f, filling, 0);
        ((uint32_t *)f->map[1])[n / pointers - 1] = begin_map(f, filling, 0);
    }
    *block = ((uint32_t *)f->map[0])[n % pointers] = take_for(f, filling->raw);
    return rc;
}

/* Zeroed: older blocks of a journal could be taken for the new one's. */
static int journal(struct ext_format *f)
{
    struct filling filling = {new_inode(f, EXT_JOURNAL_INO, S_IFREG | 0600, 1,
                                        (uint64_t)f->journal_blocks << f->block_shift),
                              {0, 0}};
    uint32_t start = 0, count = 0, block = 0;
    int rc = 0;
    for (uint32_t n = 0; !rc && n < f->journal_blocks; n++) {
        rc = map_next(f, &filling, n, &block);
        if (n == 0) {
            rc = rc ? rc : journal_super(f, block);
        } else if (!rc && count && block == start + count) {
            count++;
        } else {
            rc = rc || !count ? rc : ext_format_zero(f, start, count);
            start = block;
            count = 1;
        }
    }
    rc = rc ? rc : ext_format_zero(f, start, count);
    rc = rc ? rc : write_map(f, &filling, 0);
    return rc ? rc : write_map(f, &filling, 1);
}

int ext_format_files(struct ext_format *f)
{
    int rc = root(f);
    rc = rc ? rc : lost_found(f);
    return rc || !f->journal_blocks ? rc : journal(f);
}
