/*
 * What the files of this directory share: processes, their descriptors, and what is open.
 *
 * Invariant: threads take turns (thread.h), so what is only in memory needs no lock; whoever calls
 * ext_... or waits must expect everything to have changed. An ext_inode that a structure points to
 * is in use by it. Between a look at a directory or at permissions and the change that follows, the
 * mutex of that inode is held (fs_lock); only fs_lock_two holds two. A caller may have begun an
 * operation of the volume (ext_begin) around such calls, so mutexes come after operations; but
 * fs_lock_writing comes before, and its calls are not made within one.
 */
#ifndef FS_PROCESS_H
#define FS_PROCESS_H

#include <ringside-rt/fs.h>

#define FS_NODE_BUCKETS 64u
#define FS_MUTEXES 64u

struct fs_record_lock;
struct fs_waiter;

/** An inode that is open, and what is locked of it. */
struct fs_node {
    struct ext_inode *inode;
    struct fs_file *files;          /* at least one */
    struct fs_record_lock *records; /* by their start */
    struct fs_node *next;           /* in its bucket */
};

/** An open file description: what descriptors share after dup. */
struct fs_file {
    struct fs_node *node;
    unsigned users; /* descriptors, and calls under way */
    int flags;      /* as F_GETFL gives them */
    uint16_t kind;  /* FS_S_IFMT */
    uint64_t offset;
    struct mutex position; /* of who reads or moves the offset */
    int flock;             /* FS_LOCK_SH, FS_LOCK_EX, or 0 */
    struct fs_file *next;  /* of the node */
};

struct fs_descriptor {
    struct fs_file *file; /* NULL: not open */
    bool reserved;        /* a call is about to open it */
    bool close_on_exec;   /* kept for who asks; nothing here executes */
};

struct fs {
    struct ext *volume;
    struct ext_inode *root;
    uint64_t device; /* st_dev */
    bool read_only;
    unsigned processes;
    struct fs_node *nodes[FS_NODE_BUCKETS];
    struct mutex mutexes[FS_MUTEXES];
    struct mutex writing[FS_MUTEXES]; /* of who writes several pieces, or appends */
    struct fs_waiter *waiters; /* for locks, in the order in which they came */
    bool (*on_lock_wait)(bool begins);
};

struct fs_process {
    struct fs *fs;
    uint32_t id;
    struct fs_credentials credentials;
    uint32_t umask;
    struct ext_inode *directory;
    struct fs_descriptor *descriptors;
    unsigned descriptors_size;
    unsigned locks; /* pieces of record locks */
    /* Ending: calls that may wait for locks, and what the last of them signals. */
    bool ending;
    unsigned lock_calls;
    unsigned lock_waits; /* those that do wait */
    struct semaphore left;
    struct fs_process *next_reached; /* while deadlocks are looked for */
    bool reached;
};

/* fs.c */
struct mutex *fs_lock(struct fs *fs, const struct ext_inode *inode);
/** Both may be the same inode; *second is NULL when one mutex serves both. */
void fs_lock_two(struct fs *fs, const struct ext_inode *a, const struct ext_inode *b,
                 struct mutex **first, struct mutex **second);
void fs_unlock_two(struct mutex *first, struct mutex *second);
struct mutex *fs_lock_writing(struct fs *fs, const struct ext_inode *inode);
/** -EROFS where nothing can be changed. */
int fs_writable(const struct fs *fs);
uint16_t fs_kind(const struct ext_inode *inode);

/* file.c */
/** A description with one user, not yet of any inode; NULL without memory. */
struct fs_file *fs_file_new(int flags);
/** What it is open on; takes the inode over also when it fails, with -ENOMEM. */
int fs_file_open(struct fs *fs, struct fs_file *file, struct ext_inode *inode);
/** One user less; the last one closes it. */
void fs_file_put(struct fs *fs, struct fs_file *file);

/* descriptor.c */
/** What is open there, with one more user; -EBADF. */
int fs_file_get(struct fs_process *process, int fd, struct fs_file **file);
/** The lowest free descriptor from a number on, reserved; -EMFILE, -ENOMEM. */
int fs_descriptor_reserve(struct fs_process *process, int lowest);
/** Opens the reserved descriptor on the file, whose user it becomes; or gives it back: NULL. */
void fs_descriptor_fill(struct fs_process *process, int fd, struct fs_file *file, int flags);
void fs_descriptors_end(struct fs_process *process);

/* privileges.c: what a change of content takes from the mode */
int fs_drop_privileges(struct fs_process *process, struct ext_inode *inode);
uint16_t fs_without_privileges(const struct fs_process *process, const struct ext_attributes *file);

#endif
