/*
 * The superblock: what a volume is, whether it can be used, and that it is. Invariant: nothing of
 * it is used before it was checked; what lies in fs is what was checked.
 */
#include "journal.h"
#include "redo.h"
#include "volume.h"

#define KNOWN_INCOMPAT (EXT_INCOMPAT_FILETYPE | EXT_INCOMPAT_RECOVER)
#define KNOWN_RO (EXT_RO_SPARSE_SUPER | EXT_RO_LARGE_FILE)
#define MAX_GROUPS 65536u

static bool is_power_of_2(uint32_t n)
{
    return n && !(n & (n - 1));
}

static int check(const struct blk *blk, const struct ext_super *s, bool read_only)
{
    if (s->magic != EXT_SUPER_MAGIC || s->log_block_size > 2)
        return -EINVAL;
    uint32_t block_bytes = 1024u << s->log_block_size;
    if (s->rev_level != 1 || s->feature_incompat & ~KNOWN_INCOMPAT)
        return -EOPNOTSUPP;
    if (s->feature_ro_compat & ~KNOWN_RO && !read_only)
        return -EROFS;
    if (block_bytes < blk->block_bytes || s->log_cluster_size != s->log_block_size)
        return -EINVAL;
    uint32_t bits = block_bytes * 8;
    if (s->first_data_block != (block_bytes == 1024) ||
        s->blocks_count <= s->first_data_block + 3 ||
        s->blocks_count > blk->bytes / block_bytes || !s->blocks_per_group ||
        s->blocks_per_group > bits || s->blocks_per_group % 8 || !s->inodes_per_group ||
        s->inodes_per_group > bits || s->inodes_per_group % 8)
        return -EUCLEAN;
    if (!is_power_of_2(s->inode_size) || s->inode_size < EXT_GOOD_OLD_INODE ||
        s->inode_size > block_bytes || s->inodes_per_group % (block_bytes / s->inode_size) ||
        s->first_ino < 11 || s->first_ino > s->inodes_per_group)
        return -EUCLEAN;
    uint32_t groups = (s->blocks_count - s->first_data_block - 1) / s->blocks_per_group + 1;
    if (groups > MAX_GROUPS || (uint64_t)groups * s->inodes_per_group != s->inodes_count)
        return -EUCLEAN;
    return 0;
}

static void take(struct ext *fs, const struct ext_super *s)
{
    fs->block_shift = 10 + s->log_block_size;
    fs->block_bytes = 1u << fs->block_shift;
    fs->pointers_shift = fs->block_shift - 2;
    fs->blocks = s->blocks_count;
    fs->first_data_block = s->first_data_block;
    fs->blocks_per_group = s->blocks_per_group;
    fs->inodes = s->inodes_count;
    fs->inodes_per_group = s->inodes_per_group;
    fs->first_ino = s->first_ino;
    fs->inode_bytes = s->inode_size;
    fs->groups = (s->blocks_count - s->first_data_block - 1) / s->blocks_per_group + 1;
    fs->table_blocks = s->inodes_per_group / (fs->block_bytes / s->inode_size);
}

/* Looks at the superblock before anybody knows how long blocks are. */
static int read_super(struct ext *fs, bool read_only)
{
    size_t bytes = fs->blk->block_bytes > 4096 ? fs->blk->block_bytes : 4096;
    char *memory = blk_buffer_alloc(fs->blk, bytes);
    if (!memory)
        return -ENOMEM;
    int rc = fs->blk->bytes < bytes ? -EINVAL : 0;
    if (!rc && blk_read(fs->blk, 0, memory, bytes))
        rc = -EIO;
    const struct ext_super *s = (const struct ext_super *)(memory + EXT_SUPER_OFFSET);
    if (!rc)
        rc = check(fs->blk, s, read_only);
    if (!rc)
        take(fs, s);
    blk_buffer_free(fs->blk, memory, bytes);
    return rc;
}

static int open_super(struct ext *fs)
{
    int rc = ext_buffer_get(fs, EXT_SUPER_OFFSET >> fs->block_shift, &fs->super_buffer);
    if (rc)
        return rc;
    char *data = fs->super_buffer->data;
    fs->super = (struct ext_super *)(data + (EXT_SUPER_OFFSET & (fs->block_bytes - 1)));
    return 0;
}

/* Written at once: it says how the rest is to be taken. */
static int write_super(struct ext *fs)
{
    fs->super->free_blocks_count = fs->free_blocks;
    fs->super->free_inodes_count = fs->free_inodes;
    fs->super->wtime = ext_now(fs).seconds;
    return ext_io_write(fs, fs->super_buffer->block, fs->super_buffer->data, true);
}

static int mark_in_use(struct ext *fs)
{
    struct ext_super *s = fs->super;
    fs->state = s->state;
    if (fs->journal)
        s->feature_incompat |= EXT_INCOMPAT_RECOVER;
    else
        s->state &= ~EXT_VALID_FS;
    s->mnt_count++;
    s->mtime = ext_now(fs).seconds;
    return write_super(fs);
}

static int open_bounces(struct ext *fs)
{
    fs->bounces = blk_buffer_alloc(fs->blk, EXT_BOUNCES * EXT_BOUNCE_BYTES);
    fs->bounces_free = (1u << EXT_BOUNCES) - 1;
    return fs->bounces ? 0 : -ENOMEM;
}

static void forget(struct ext *fs)
{
    for (unsigned i = 0; i < EXT_INODE_HASH; i++)
        for (struct ext_inode *inode = fs->inode_hash[i], *next; inode; inode = next) {
            next = inode->hash_next; /* orphans of a mount that failed */
            kfree(inode);
        }
    ext_groups_close(fs);
    ext_redo_close(fs);
    if (fs->super_buffer)
        ext_buffer_put(fs->super_buffer);
    ext_journal_close(fs);
    ext_cache_close(fs);
    if (fs->bounces)
        blk_buffer_free(fs->blk, fs->bounces, EXT_BOUNCES * EXT_BOUNCE_BYTES);
    kfree(fs);
}

static int check_root(struct ext *fs)
{
    struct ext_inode *root;
    int rc = ext_open(fs, EXT_ROOT_INO, 0, &root);
    if (rc)
        return rc == -ESTALE ? -EUCLEAN : rc;
    rc = (root->at.mode & S_IFMT) == S_IFDIR ? 0 : -EUCLEAN;
    ext_put(root);
    return rc;
}

/* What the journal may have changed. */
static int look_again(struct ext *fs)
{
    int rc = check(fs->blk, fs->super, fs->read_only);
    if (rc || fs->super->log_block_size + 10 != fs->block_shift)
        return rc ? rc : -EUCLEAN;
    ext_groups_close(fs);
    take(fs, fs->super);
    return ext_groups_open(fs);
}

static int redo(struct ext *fs, uint64_t session)
{
    bool changed;
    int rc = ext_redo_open(fs, session, &changed);
    return rc || !changed ? rc : look_again(fs);
}

static int open_all(struct ext *fs, const struct ext_options *options)
{
    int rc = read_super(fs, options->read_only);
    if (!rc)
        rc = ext_cache_open(fs, options->cache_bytes ? options->cache_bytes : 4ul << 20);
    if (!rc)
        rc = open_bounces(fs);
    if (!rc)
        rc = open_super(fs);
    if (!rc)
        rc = ext_groups_open(fs);
    if (!rc)
        rc = ext_journal_open(fs);
    if (!rc)
        rc = look_again(fs);
    if (!rc && !fs->read_only)
        rc = mark_in_use(fs);
    if (!rc && !fs->read_only)
        rc = ext_journal_start(fs);
    if (!rc && !fs->read_only && options->redo)
        rc = redo(fs, options->session);
    if (!rc && !fs->read_only)
        rc = ext_orphans_open(fs, options->keep_orphans);
    return rc ? rc : check_root(fs);
}

int ext_mount(struct blk *blk, const struct ext_options *options, struct ext **out)
{
    struct ext *fs = kmalloc(sizeof(*fs));
    if (!fs)
        return -ENOMEM;
    fs->blk = blk;
    fs->now = options->now;
    fs->read_only = options->read_only;
    fs->epoch = 1;
    int rc = open_all(fs, options);
    if (rc)
        forget(fs);
    else
        *out = fs;
    return rc;
}

int ext_unmount(struct ext *fs)
{
    if (fs->read_only) {
        forget(fs);
        return 0;
    }
    int rc = ext_drop_orphans(fs);
    if (!rc)
        rc = ext_sync(fs, EXT_DURABLE);
    if (!rc)
        rc = ext_journal_empty(fs);
    if (!rc) {
        fs->super->feature_incompat &= ~EXT_INCOMPAT_RECOVER;
        fs->super->state = fs->state;
        rc = write_super(fs);
    }
    forget(fs);
    return rc;
}

int ext_super_add_feature(struct ext *fs, uint32_t compat, uint32_t ro_compat)
{
    struct ext_super *s = fs->super;
    if ((s->feature_compat & compat) == compat && (s->feature_ro_compat & ro_compat) == ro_compat)
        return 0;
    ext_modify(fs, fs->super_buffer);
    s->feature_compat |= compat;
    s->feature_ro_compat |= ro_compat;
    return 0;
}

void ext_statfs(struct ext *fs, struct ext_statfs *statfs)
{
    uint32_t reserved = fs->super->r_blocks_count;
    *statfs = (struct ext_statfs){
        .block_bytes = fs->block_bytes,
        .blocks = fs->blocks - fs->first_data_block,
        .blocks_free = fs->free_blocks,
        .blocks_available = fs->free_blocks > reserved ? fs->free_blocks - reserved : 0,
        .inodes = fs->inodes,
        .inodes_free = fs->free_inodes,
        .read_only = fs->read_only,
    };
    memcpy(statfs->uuid, fs->super->uuid, sizeof(statfs->uuid));
}
