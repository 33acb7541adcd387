/*
 * Volumes of ext2 (revision 1) and ext3 on a block device: inodes, directories and what they hold.
 * Nothing here knows of paths, descriptors or who may do what: see ringside-rt/fs.h.
 *
 * Every function that changes something is one operation: after a crash all of it is there or
 * nothing, when the volume has a journal. Operations are there in the order in which they were
 * done. Functions return 0 or -E... as POSIX has it for the system call they stand for, unless
 * they say otherwise; -EUCLEAN is for a volume that is corrupt there. All may wait: they are
 * for threads. Any number of threads may use a volume.
 */
#ifndef RINGSIDE_RT_EXT_H
#define RINGSIDE_RT_EXT_H

#include <ringside-rt/blk.h>
#include <ringside-rt/errno.h>

#define EXT_ROOT_INO 2u
#define EXT_NAME_MAX 255u
#define EXT_LINK_MAX 32000u
#define EXT_SYMLINK_MAX 4095u

/** A mounted volume. */
struct ext;

struct ext_time {
    int64_t seconds; /* since 1970; the volume keeps 32 signed bits */
    uint32_t nanoseconds; /* the volume keeps 0 where its inodes have 128 bytes */
};

struct ext_options {
    bool read_only;
    /** Memory for cached blocks, in bytes; 0: 4 MiB. */
    size_t cache_bytes;
    /** The time now; for time stamps. */
    struct ext_time (*now)(void);
    /** Unlinked inodes that were open when the volume was last used stay until they are adopted
     * (ext_open) and put, or until ext_drop_orphans. False: mounting deletes them. */
    bool keep_orphans;
    /** With a journal: what EXT_WRITTEN wrote is found by the next mount, which tells the session
     * of this one, as long as the device did not lose power in between. False: EXT_WRITTEN
     * commits, which any mount finds. */
    bool redo;
    uint64_t session; /* ext_session of that mount; 0: a new one begins */
};

/* ---- making volumes */

/** As much of a device decides whether it is blank. */
#define EXT_BLANK_BYTES (128ul << 10)

struct ext_format_options {
    uint32_t block_bytes; /* 1024, 2048 or 4096; 0: 4096, or 1024 on a device below 8 MiB */
    uint32_t bytes_per_inode; /* of the device; 0: 16 KiB, or 4 KiB on a device below 512 MiB */
    bool journal;             /* ext3, with a journal of 1,024 to 32,768 blocks; else ext2 */
    struct ext_time now;      /* when it was made */
    uint64_t random[4];       /* its UUID, and what the hashes of names begin with */
};

/** 1: the first EXT_BLANK_BYTES are zero; 0: they are not. -EIO, -ENOMEM, -ENOSPC. */
int ext_is_blank(struct blk *blk);

/**
 * Makes an empty volume of the whole device, whatever was there; durable. What it is depends on
 * the options and the device's size alone. Stopped on the way it leaves the beginning as it was.
 *
 * @return -EINVAL: no such blocks on this device; -ENOSPC: the device is too small (256 KiB; with a
 *         journal 2,048 blocks); -EFBIG: too large; -EIO
 */
int ext_format(struct blk *blk, const struct ext_format_options *options);

/* ---- volumes in use */

/**
 * Mounts, replaying the journal if it has to be.
 *
 * @return -EINVAL: no ext volume, or one that cannot be read; -EOPNOTSUPP: it has features
 *         that are not known here; -EROFS: it can only be read, and read_only is false;
 *         -EUCLEAN: its structures contradict each other
 */
int ext_mount(struct blk *blk, const struct ext_options *options, struct ext **fs);

/** What the next mount is to be told; 0 without redo. It is durable that nobody had it before. */
uint64_t ext_session(const struct ext *fs);

/** Writes everything, marks the volume clean, and forgets it. No inode may be in use. */
int ext_unmount(struct ext *fs);

/** How lasting what was done becomes. */
enum ext_sync {
    EXT_WRITTEN, /* on the device: survives this domain, not a power cut */
    EXT_DURABLE, /* survives a power cut */
};

/** All operations that are over become that lasting. Serves all callers that wait at once. */
int ext_sync(struct ext *fs, enum ext_sync how);

/**
 * Begins an operation of several functions, all of which are there after a crash or none is. Each
 * has its ext_end in the same thread; the calls nest.
 */
void ext_begin(struct ext *fs);
void ext_end(struct ext *fs);

/** Writes back what has been dirty for a while; somebody calls it now and then. */
void ext_write_back(struct ext *fs);

struct ext_statfs {
    uint32_t block_bytes;
    uint64_t blocks, blocks_free, blocks_available;
    uint64_t inodes, inodes_free;
    uint8_t uuid[16];
    bool read_only;
};

void ext_statfs(struct ext *fs, struct ext_statfs *statfs);

/** The time now, by the clock that the volume was mounted with. */
struct ext_time ext_now(const struct ext *fs);

/* ---- inodes */

/** An inode in use; the library keeps one per number. */
struct ext_inode;

struct ext_attributes {
    uint32_t ino, generation;
    uint16_t mode; /* S_IFMT and permissions, as Linux has them */
    uint16_t links;
    uint32_t uid, gid;
    uint64_t size;
    uint64_t sectors; /* of 512 bytes that it takes */
    uint32_t device; /* of device files */
    struct ext_time accessed, modified, changed;
};

/** -ESTALE: there is no such inode, or it is of another generation (0: any). */
int ext_open(struct ext *fs, uint32_t ino, uint32_t generation, struct ext_inode **inode);

/**
 * A file without a name, made if it is not there, for whoever serves the volume. What it holds is
 * metadata: written within an operation (ext_begin), it is there after a crash if the operation is.
 * -EBUSY: something else is there.
 */
int ext_open_private(struct ext *fs, struct ext_inode **inode);

/** One more user of the inode. */
struct ext_inode *ext_hold(struct ext_inode *inode);

/** One user less; an inode without links goes with its last user. */
void ext_put(struct ext_inode *inode);

/** Inodes without links that nobody has adopted are deleted. */
int ext_drop_orphans(struct ext *fs);

struct ext *ext_of(const struct ext_inode *inode);
void ext_get(const struct ext_inode *inode, struct ext_attributes *attributes);

enum ext_set {
    EXT_SET_MODE = 1, /* permissions only */
    EXT_SET_UID = 2,
    EXT_SET_GID = 4,
    EXT_SET_ACCESSED = 8,
    EXT_SET_MODIFIED = 16,
};

/** Sets what the flags name, and the time of change. */
int ext_set(struct ext_inode *inode, unsigned flags, const struct ext_attributes *attributes);

/* ---- content of regular files, and of symbolic links */

/**
 * Bytes read, fewer at the end of the file. Whole blocks of the file go by DMA into the buffer
 * where the device reaches it (blk_reaches). The time of access is the caller's business.
 */
int64_t ext_read(struct ext_inode *inode, uint64_t offset, void *buffer, size_t length);

/** Bytes written: all, or fewer when the volume is full; -EFBIG past what a file can have. */
int64_t ext_write(struct ext_inode *inode, uint64_t offset, const void *buffer, size_t length);

/** Called within each operation of an append with what is done by then, to be there with it. */
struct ext_note {
    void (*store)(const struct ext_note *note, uint64_t done, uint64_t offset);
};

/** The same behind the end of the file, which is told. note: NULL, or who stores what was done. */
int64_t ext_append(struct ext_inode *inode, const void *buffer, size_t length, uint64_t *offset,
                   const struct ext_note *note);

int ext_truncate(struct ext_inode *inode, uint64_t size);

/** Content and what is needed to find it become durable; all of the inode with attributes. */
int ext_fsync(struct ext_inode *inode, bool attributes);

/** Length, at most EXT_SYMLINK_MAX; not terminated. */
int64_t ext_readlink(struct ext_inode *inode, char *buffer, size_t length);

/* ---- directories; names have 1 to EXT_NAME_MAX bytes, none of them '/' or NUL */

struct ext_name {
    const char *text;
    size_t length;
};

/** The inode of that name, in use; -ENOENT. Finds "." and "..". */
int ext_lookup(struct ext_inode *directory, struct ext_name name, struct ext_inode **inode);

/** What a new inode has. */
struct ext_new {
    uint16_t mode; /* S_IFMT and permissions; any kind but a directory or a symbolic link */
    uint32_t uid, gid;
    uint32_t device;
};

int ext_create(struct ext_inode *directory, struct ext_name name, const struct ext_new *new,
               struct ext_inode **inode);
int ext_mkdir(struct ext_inode *directory, struct ext_name name, const struct ext_new *new,
              struct ext_inode **inode);
int ext_symlink(struct ext_inode *directory, struct ext_name name, const struct ext_new *new,
                struct ext_name target, struct ext_inode **inode);
int ext_link(struct ext_inode *directory, struct ext_name name, struct ext_inode *inode);
int ext_unlink(struct ext_inode *directory, struct ext_name name);
int ext_rmdir(struct ext_inode *directory, struct ext_name name);

/** As rename(2): replaces what has the new name. -EINVAL: into its own subdirectory. */
int ext_rename(struct ext_inode *from, struct ext_name name, struct ext_inode *to,
               struct ext_name new_name);

struct ext_entry {
    uint32_t ino;
    uint8_t type; /* DT_... as Linux has them; 0 when the volume does not say */
    struct ext_name name;
    uint64_t next; /* cookie of the entry behind it */
};

/**
 * Passes entries to fn, from a cookie on (0: the first), until it returns false. An entry that is
 * there all the time is passed once; cookies stay good while others come and go.
 */
int ext_readdir(struct ext_inode *directory, uint64_t cookie,
                bool (*fn)(void *arg, const struct ext_entry *entry), void *arg);

/* ---- extended attributes: user., trusted. and security. names, with their prefix */

int64_t ext_get_xattr(struct ext_inode *inode, struct ext_name name, void *value, size_t length);

#define EXT_XATTR_CREATE 1u  /* -EEXIST */
#define EXT_XATTR_REPLACE 2u /* -ENODATA */
int ext_set_xattr(struct ext_inode *inode, struct ext_name name, const void *value, size_t length,
                  unsigned flags);
int ext_remove_xattr(struct ext_inode *inode, struct ext_name name);

/** Names one behind the other, each with its NUL; the length, or -ERANGE. */
int64_t ext_list_xattr(struct ext_inode *inode, char *names, size_t length);

#endif
