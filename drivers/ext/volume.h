/*
 * A mounted volume and its inodes, as the files of this directory share them.
 *
 * Locks, in this order: the operation (ext_begin), fs->names, an inode's lock. Whoever has changed
 * something does it within an operation. fs->names is held by all that change directories, so those
 * may lock several inodes; everybody else locks one. Nothing is allocated or counted across a wait.
 */
#ifndef EXT_VOLUME_H
#define EXT_VOLUME_H

#include <ringside-rt/ext.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

#include "cache.h"
#include "io.h"
#include "layout.h"
#include "wait.h"

#define EXT_HANDLES 64u
#define EXT_INODE_HASH 256u
#define EXT_BOUNCES 4u
#define EXT_BOUNCE_BYTES 65536u

#define EXT_FREED 2u

struct ext_journal;
struct ext_redo;

/** A block group. Bits of freed[0] were freed by the running, of [1] by the committing transaction;
 * they are not used again before it is durable. NULL: none. */
struct ext_group {
    uint32_t block_bitmap, inode_bitmap, inode_table;
    uint32_t free_blocks, free_inodes, directories;
    uint32_t lowest_free; /* no block of the group below is free */
    uint8_t *freed[EXT_FREED];
};

/** How far changes have got: to the redo area, into the journal, and all content with them. */
enum ext_level { EXT_REDO, EXT_COMMIT, EXT_LASTING, EXT_LEVELS };

/** A thread's operation. */
struct ext_handle {
    struct thread *thread; /* NULL: not in use */
    unsigned depth;
};

struct ext {
    struct blk *blk;
    struct ext_time (*now)(void);
    bool read_only;
    uint16_t state; /* of the superblock, before this mount */
    int broken; /* -E...: a journal that cannot be written; nothing changes any more */
    uint32_t block_bytes, block_shift, pointers_shift; /* pointers: log2 of those in a block */
    uint32_t blocks, first_data_block, blocks_per_group;
    uint32_t inodes, inodes_per_group, first_ino, inode_bytes;
    uint32_t groups, table_blocks;
    uint64_t free_blocks, free_inodes;
    uint64_t freed_blocks[EXT_FREED]; /* of all groups; free, but not usable yet */
    uint64_t reusable; /* a counter of blocks that were freed and became usable */
    struct ext_group *group;
    struct ext_buffer **descriptors; /* blocks of group descriptors; in use while mounted */
    struct ext_buffer *super_buffer;
    struct ext_super *super; /* in super_buffer */
    struct ext_cache cache;
    struct mutex flushing;
    bool unflushed, unflushed_fresh; /* answered writes; content of new blocks among them */
    bool eager; /* somebody waits for commits: new content is better written durably at once */

    struct ext_handle handles[EXT_HANDLES];
    unsigned open_handles;
    bool barrier; /* no operation begins */
    struct ext_queue begun; /* an operation ended, or the barrier fell */
    struct mutex committing;
    uint64_t sync_asked, sync_done[EXT_LEVELS];
    uint64_t shrunk; /* epoch when a file last became shorter: of inodes that are loaded again */
    uint64_t epoch, durable_epoch; /* syncs begun; what was stored before this is durable */
    struct ext_journal *journal;
    struct ext_redo *redo; /* NULL: EXT_WRITTEN commits */

    struct mutex names;
    struct ext_inode *inode_hash[EXT_INODE_HASH];
    struct ext_inode *first_orphan; /* the list on the volume */
    struct ext_inode *deferred;     /* what is to be trimmed or deleted when operations end */
    bool runs_deferred;
    struct ext_queue inode_gone;

    char *bounces; /* memory that the device reaches, for content that it does not */
    unsigned bounces_free;
    struct ext_queue bounce_freed;
};

struct ext_inode {
    struct ext *fs;
    struct ext_inode *hash_next, *deferred_next;
    struct ext_inode *orphan_next, *orphan_previous;
    uint32_t users;
    struct ext_lock lock;
    bool loading;        /* is being read, or deleted: wait for fs->inode_gone */
    bool kept;           /* an orphan nobody has adopted; the mount is a user */
    bool orphan;         /* on the volume's list */
    bool trimming;       /* blocks behind its end are still to be freed */
    bool times_dirty;    /* differs from the table in its times only */
    uint64_t epoch;      /* fs->epoch when it was stored */
    uint64_t shrunk;     /* fs->epoch when it became shorter; 0: never */
    struct ext_attributes at;
    uint32_t flags, file_acl, extra_isize;
    uint32_t orphan_link;    /* the next orphan; of one that is deleted, when it was */
    uint32_t map[EXT_MAP_ENTRIES];
    uint32_t goal;           /* where the next block would be best; 0: anywhere */
    uint32_t insert_hint;    /* no directory block before this has much room */
    uint64_t next_read;      /* where sequential reading would go on */
};

/* ---- blocks and inodes: balloc.c, ialloc.c, group.c */

/** Whether all these blocks are there for content and metadata of files. */
bool ext_blocks_valid(const struct ext *fs, uint32_t first, uint32_t count);

/** Whether a group has a copy of the superblock; sparse: only some have. */
bool ext_has_super(bool sparse, uint32_t group);

int ext_groups_open(struct ext *fs);
void ext_groups_close(struct ext *fs);

/** Counts of a group changed: tells its descriptor. */
void ext_group_store(struct ext *fs, uint32_t group);

/** Consecutive blocks, at least one and at most wanted, near the goal. */
int ext_blocks_alloc(struct ext *fs, uint32_t goal, uint32_t wanted, uint32_t *first,
                     uint32_t *count);

/** metadata: may be in the journal. -EUCLEAN: they are not in use. */
int ext_blocks_free(struct ext *fs, uint32_t first, uint32_t count, bool metadata);

/** The running transaction commits; it has, and is durable. */
void ext_freed_committing(struct ext *fs);
void ext_freed_committed(struct ext *fs);

/** Blocks that are free, and usable only after a commit. */
uint64_t ext_freed_waiting(const struct ext *fs);

int ext_ino_alloc(struct ext *fs, uint32_t parent, bool directory, uint32_t *ino);
int ext_ino_free(struct ext *fs, uint32_t ino, bool directory);
uint32_t ext_ino_goal(const struct ext *fs, uint32_t ino);

/* ---- inodes: inode.c, inode_table.c */

/** The inode, in use, even without links if orphan. -ESTALE; -EUCLEAN. */
int ext_inode_get(struct ext *fs, uint32_t ino, bool orphan, struct ext_inode **inode);

/** A new one, of this kind, in use, with one link; its number is to be allocated already. */
int ext_inode_new(struct ext *fs, uint32_t ino, const struct ext_new *what,
                  struct ext_inode **inode);

int ext_inode_load(struct ext_inode *inode, uint32_t generation);

/** Reserved for boot loaders (EXT2_BOOT_LOADER_INO), which no volume of ours has. */
#define EXT_PRIVATE_INO 5u

/** Writes it to the table; within an operation. */
int ext_inode_store(struct ext_inode *inode);

/** Makes a new one's place in the table its own. */
int ext_inode_init(struct ext_inode *inode);

/** Its place in the table, in a buffer in use. */
int ext_inode_raw(struct ext_inode *inode, struct ext_buffer **buffer, char **raw);

/** Writes those that differ in their times. */
int ext_times_store(struct ext *fs);

/** Does what ext_end found to do. */
void ext_run_deferred(struct ext *fs);
void ext_defer(struct ext_inode *inode);

/** Whether blocks of it hold metadata, or content that goes through the journal. */
bool ext_is_logged(const struct ext_inode *inode);
bool ext_has_map(const struct ext_inode *inode);

/* ---- orphans: orphan.c */
int ext_orphan_add(struct ext_inode *inode);
int ext_orphan_remove(struct ext_inode *inode);

/** Only from the list in memory. */
void ext_orphan_unlist(struct ext_inode *inode);
int ext_orphans_open(struct ext *fs, bool keep);

/* ---- content: map.c, map_grow.c, trim.c, content.c, write.c */

/** Blocks that a file can have. */
uint64_t ext_map_limit(const struct ext *fs);

/** Where blocks from n on lie: count in a row, or a hole of count if *block is 0. */
int ext_map(struct ext_inode *inode, uint32_t n, uint32_t wanted, uint32_t *block, uint32_t *count);

/** Fills a hole from n on; the caller stores the inode, also after an error. */
int ext_map_grow(struct ext_inode *inode, uint32_t n, uint32_t wanted, uint32_t *block,
                 uint32_t *count);

/** The way to a block: levels, and the index at each. */
struct ext_path {
    unsigned depth; /* 1: direct */
    uint32_t index[4];
};
bool ext_map_path(const struct ext *fs, uint32_t n, struct ext_path *path);

/**
 * Frees blocks from the end down to the inode's size, and stores it. -EAGAIN: the transaction is
 * full; again in the next operation.
 */
int ext_trim(struct ext_inode *inode);

/** Memory that the device reaches, EXT_BOUNCE_BYTES of it. */
char *ext_bounce(struct ext *fs);
void ext_bounce_free(struct ext *fs, char *bounce);

/** Content of a run of blocks; perhaps there only after ext_io_wait. */
int ext_content_read(struct ext *fs, struct ext_io *io, uint32_t block, void *to, uint32_t count);
int ext_content_write(struct ext *fs, struct ext_io *io, uint32_t block, const void *from,
                      uint32_t count);

/** Zeroes what is behind the end in the last block. Within an operation, locked. */
int ext_zero_tail(struct ext_inode *inode);

/**
 * Before an operation that writes up to `end`: what was cut off the last block and may come back
 * after a crash is not written over.
 */
int ext_settle(struct ext_inode *inode, uint64_t end);

/** The file has that size now; the caller stores it. */
int ext_size_set(struct ext_inode *inode, uint64_t size);
uint64_t ext_size_limit(const struct ext *fs);

/* ---- directories: dir.c */

/** Where an entry is: in a buffer that is in use. */
struct ext_place {
    struct ext_buffer *buffer;
    uint32_t offset;
    uint32_t n; /* block of the directory */
};

struct ext_dirent *ext_dirent_at(const struct ext_place *place);

/** -ENOENT. */
int ext_dir_find(struct ext_inode *dir, struct ext_name name, struct ext_place *place);

/** The name is not there. The caller stores the directory, also after an error. */
int ext_dir_add(struct ext_inode *dir, struct ext_name name, uint32_t ino, uint16_t mode);
void ext_dir_remove(struct ext_inode *dir, const struct ext_place *place);
void ext_dir_replace(struct ext_inode *dir, const struct ext_place *place, uint32_t ino,
                     uint16_t mode);
int ext_dir_empty(struct ext_inode *dir);

/** The first block of a new directory. */
int ext_dir_init(struct ext_inode *dir, uint32_t parent);
int ext_dir_block(struct ext_inode *dir, uint32_t n, struct ext_buffer **buffer);

/** A new, last block, cleared and being modified. */
int ext_dir_grow(struct ext_inode *dir, uint32_t *n, struct ext_buffer **buffer);
uint32_t ext_dir_blocks(const struct ext_inode *dir);

/** Whether there is a whole entry at that offset of a block of a directory. */
bool ext_dirent_valid(const struct ext *fs, const char *data, uint32_t offset);

/** In one block: the offset, -ENOENT, -EUCLEAN. */
int64_t ext_block_find(const struct ext *fs, const char *data, struct ext_name name);

/** Adds an entry to one block; -ENOSPC; -EUCLEAN. */
int ext_block_add(struct ext *fs, struct ext_buffer *buffer, struct ext_name name, uint32_t ino,
                  uint8_t type);
uint8_t ext_dirent_type(const struct ext *fs, uint16_t mode);

/* ---- operations: operation.c, sync.c */

/** 0 or -EROFS, -EIO: whether anything can be changed; then the operation has begun. */
int ext_start(struct ext *fs);

/** Whether the operation should not change much more. */
bool ext_is_full(const struct ext *fs);

/** Whether this thread has an operation. */
bool ext_nested(struct ext *fs);

/**
 * After -ENOSPC: true when it makes sense to try again, since blocks became usable; `reusable` is
 * fs->reusable from before the attempt. Within an operation it never does: see ext_begin.
 */
bool ext_make_room(struct ext *fs, uint64_t reusable);

/* ---- extended attributes: xattr.c */

/** Frees what a deleted inode has of them. */
int ext_xattr_free(struct ext_inode *inode);

/* ---- superblock: super.c */
int ext_super_add_feature(struct ext *fs, uint32_t compat, uint32_t ro_compat);

#endif
