/*
 * Inodes in their table. Invariant: what is loaded can be worked with: its kind is known, its size
 * can be mapped, what it points to is looked at when it is followed.
 */
#include "volume.h"

static int open_raw(struct ext_inode *inode, struct ext_buffer **buffer, struct ext_raw_inode **raw)
{
    struct ext *fs = inode->fs;
    uint32_t i = inode->at.ino - 1, per_block = fs->block_bytes / fs->inode_bytes;
    uint32_t within = i % fs->inodes_per_group;
    uint32_t block = fs->group[i / fs->inodes_per_group].inode_table + within / per_block;
    int rc = ext_buffer_get(fs, block, buffer);
    if (!rc)
        *raw = (struct ext_raw_inode *)((*buffer)->data + within % per_block * fs->inode_bytes);
    return rc;
}

struct ext_time ext_now(const struct ext *fs)
{
    return fs->now ? fs->now() : (struct ext_time){0};
}

/* Whether the inode has the extra field that ends there. */
#define HAS_EXTRA(extra_isize, field)                                                              \
    (EXT_GOOD_OLD_INODE + (extra_isize) >=                                                         \
     offsetof(struct ext_raw_inode, field) + sizeof(uint32_t))

static struct ext_time time_from(uint32_t seconds, const uint32_t *extra)
{
    struct ext_time time = {.seconds = (int32_t)seconds};
    if (extra) {
        time.seconds += (int64_t)(*extra & 3) << 32;
        time.nanoseconds = *extra >> 2;
    }
    if (time.nanoseconds > 999999999)
        time.nanoseconds = 0;
    return time;
}

static void time_to(struct ext_time time, uint32_t *seconds, uint32_t *extra)
{
    if (!extra) {
        if (time.seconds > INT32_MAX)
            time.seconds = INT32_MAX;
        if (time.seconds < INT32_MIN)
            time.seconds = INT32_MIN;
    }
    *seconds = (uint32_t)time.seconds;
    if (extra) {
        uint64_t above = (uint64_t)(time.seconds - (int32_t)time.seconds) >> 32;
        *extra = (uint32_t)(above & 3) | time.nanoseconds << 2;
    }
}

static bool kind_known(uint16_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFIFO:
    case S_IFCHR:
    case S_IFDIR:
    case S_IFBLK:
    case S_IFREG:
    case S_IFLNK:
    case S_IFSOCK:
        return true;
    }
    return false;
}

static bool is_device(uint16_t mode)
{
    return (mode & S_IFMT) == S_IFCHR || (mode & S_IFMT) == S_IFBLK;
}

static int check(const struct ext_inode *inode)
{
    const struct ext *fs = inode->fs;
    const struct ext_attributes *at = &inode->at;
    uint64_t blocks = (at->size + fs->block_bytes - 1) >> fs->block_shift;
    bool has_blocks = ext_has_map(inode);
    if (!kind_known(at->mode) || inode->extra_isize % 4 ||
        EXT_GOOD_OLD_INODE + inode->extra_isize > fs->inode_bytes)
        return -EUCLEAN;
    if (has_blocks && blocks > ext_map_limit(fs))
        return -EUCLEAN;
    if ((at->mode & S_IFMT) == S_IFDIR &&
        (!at->size || at->size % fs->block_bytes || at->size > 1ul << 31))
        return -EUCLEAN;
    if ((at->mode & S_IFMT) == S_IFLNK && (!at->size || at->size > EXT_SYMLINK_MAX))
        return -EUCLEAN;
    return 0;
}

static void decode(struct ext_inode *inode, const struct ext_raw_inode *raw)
{
    struct ext_attributes *at = &inode->at;
    bool large = inode->fs->inode_bytes > EXT_GOOD_OLD_INODE;
    uint32_t extra = inode->extra_isize = large ? raw->extra_isize : 0;
    at->generation = raw->generation;
    at->mode = raw->mode;
    at->links = raw->links_count;
    at->uid = raw->uid | (uint32_t)raw->uid_high << 16;
    at->gid = raw->gid | (uint32_t)raw->gid_high << 16;
    at->size = raw->size;
    if ((raw->mode & S_IFMT) == S_IFREG)
        at->size |= (uint64_t)raw->size_high << 32;
    at->sectors = raw->blocks;
    at->accessed = time_from(raw->atime, HAS_EXTRA(extra, atime_extra) ? &raw->atime_extra : NULL);
    at->modified = time_from(raw->mtime, HAS_EXTRA(extra, mtime_extra) ? &raw->mtime_extra : NULL);
    at->changed = time_from(raw->ctime, HAS_EXTRA(extra, ctime_extra) ? &raw->ctime_extra : NULL);
    inode->flags = raw->flags;
    inode->file_acl = raw->file_acl;
    memcpy(inode->map, raw->block, sizeof(inode->map));
    at->device = is_device(raw->mode) ? (raw->block[0] ? raw->block[0] : raw->block[1]) : 0;
}

int ext_inode_load(struct ext_inode *inode, uint32_t generation)
{
    struct ext_buffer *buffer;
    struct ext_raw_inode *raw;
    int rc = open_raw(inode, &buffer, &raw);
    if (rc)
        return rc;
    if (!raw->mode || (generation && raw->generation != generation)) {
        rc = -ESTALE;
    } else if (inode->fs->inode_bytes > EXT_GOOD_OLD_INODE &&
               EXT_GOOD_OLD_INODE + raw->extra_isize > inode->fs->inode_bytes) {
        rc = -EUCLEAN;
    } else {
        decode(inode, raw);
        inode->orphan_link = raw->dtime;
        if (inode->at.links) /* a deleted one keeps only what deleting it needs */
            rc = check(inode);
        else if (!kind_known(inode->at.mode))
            rc = -EUCLEAN;
    }
    ext_buffer_put(buffer);
    return rc;
}

static void encode(const struct ext_inode *inode, struct ext_raw_inode *raw)
{
    const struct ext_attributes *at = &inode->at;
    uint32_t extra = inode->extra_isize;
    if (inode->fs->inode_bytes > EXT_GOOD_OLD_INODE)
        raw->extra_isize = extra;
    raw->generation = at->generation;
    raw->mode = at->mode;
    raw->links_count = at->links;
    raw->uid = at->uid;
    raw->uid_high = at->uid >> 16;
    raw->gid = at->gid;
    raw->gid_high = at->gid >> 16;
    raw->size = at->size;
    if ((at->mode & S_IFMT) == S_IFREG)
        raw->size_high = at->size >> 32;
    raw->blocks = at->sectors;
    time_to(at->accessed, &raw->atime, HAS_EXTRA(extra, atime_extra) ? &raw->atime_extra : NULL);
    time_to(at->modified, &raw->mtime, HAS_EXTRA(extra, mtime_extra) ? &raw->mtime_extra : NULL);
    time_to(at->changed, &raw->ctime, HAS_EXTRA(extra, ctime_extra) ? &raw->ctime_extra : NULL);
    raw->dtime = inode->orphan_link;
    raw->flags = inode->flags;
    raw->file_acl = inode->file_acl;
    memcpy(raw->block, inode->map, sizeof(inode->map));
}

int ext_inode_store(struct ext_inode *inode)
{
    struct ext_buffer *buffer;
    struct ext_raw_inode *raw;
    int rc = open_raw(inode, &buffer, &raw);
    if (rc)
        return rc;
    ext_modify(inode->fs, buffer);
    encode(inode, raw);
    inode->times_dirty = false;
    inode->epoch = inode->fs->epoch;
    ext_buffer_put(buffer);
    return 0;
}

/* A new inode is all zero in the table but for its generation, which nobody had before. */
int ext_inode_init(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    struct ext_buffer *buffer;
    struct ext_raw_inode *raw;
    int rc = open_raw(inode, &buffer, &raw);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    uint32_t generation = raw->generation + 1;
    memset(raw, 0, fs->inode_bytes);
    inode->at.generation = generation ? generation : 1;
    inode->extra_isize = fs->inode_bytes > EXT_GOOD_OLD_INODE ? EXT_EXTRA_ISIZE : 0;
    raw->generation = inode->at.generation;
    if (inode->extra_isize)
        time_to(inode->at.changed, &raw->crtime, &raw->crtime_extra);
    ext_buffer_put(buffer);
    return 0;
}

int ext_inode_raw(struct ext_inode *inode, struct ext_buffer **buffer, char **raw)
{
    struct ext_raw_inode *at;
    int rc = open_raw(inode, buffer, &at);
    *raw = rc ? NULL : (char *)at;
    return rc;
}
