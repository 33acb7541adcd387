/*
 * Files as POSIX has them, on a volume of ringside-rt/ext.h: paths, permissions, descriptors, locks
 * (IEEE Std 1003.1-2017, System Interfaces). One struct fs serves any number of processes, each
 * with its own descriptors, working directory, umask and credentials; what one does, another sees
 * with its next call.
 *
 * Functions return what the system call of their name does, or -E... with the number that POSIX
 * asks for. All may wait: they are for threads; a process may be used by several at once. Paths
 * end with a NUL and have at most FS_PATH_MAX bytes with it. Buffers are this domain's memory.
 */
#ifndef RINGSIDE_RT_FS_H
#define RINGSIDE_RT_FS_H

#include <ringside-rt/ext.h>

#define FS_PATH_MAX 4096u
#define FS_OPEN_MAX 1024u
#define FS_SYMLOOP_MAX 40u
#define FS_GROUPS_MAX 32u
#define FS_IOV_MAX 1024
/** Record locks of one process; one more is -ENOLCK. */
#define FS_LOCKS_MAX 4096u
/** Calls of one process that wait for locks at a time; one more is -ENOLCK. */
#define FS_LOCK_WAITS_MAX 32u

/** Numbers of Linux on x86-64 (asm-generic/fcntl.h, stat.h), which programs may know by heart. */
enum fs_open_flags {
    FS_O_RDONLY = 0,
    FS_O_WRONLY = 1,
    FS_O_RDWR = 2,
    FS_O_ACCMODE = 3,
    FS_O_CREAT = 0100,
    FS_O_EXCL = 0200,
    FS_O_TRUNC = 01000,
    FS_O_APPEND = 02000,
    FS_O_NONBLOCK = 04000,
    FS_O_DSYNC = 010000,
    FS_O_DIRECTORY = 0200000,
    FS_O_NOFOLLOW = 0400000,
    FS_O_CLOEXEC = 02000000,
    FS_O_SYNC = 04010000,
};

/** st_mode (Linux's stat.h). */
enum fs_mode {
    FS_S_IFMT = 0170000,
    FS_S_IFSOCK = 0140000,
    FS_S_IFLNK = 0120000,
    FS_S_IFREG = 0100000,
    FS_S_IFBLK = 0060000,
    FS_S_IFDIR = 0040000,
    FS_S_IFCHR = 0020000,
    FS_S_IFIFO = 0010000,
    FS_S_ISUID = 04000,
    FS_S_ISGID = 02000,
    FS_S_ISVTX = 01000,
    FS_S_IXGRP = 0010,
};

#define FS_AT_FDCWD (-100)
#define FS_AT_SYMLINK_NOFOLLOW 0x100
#define FS_AT_REMOVEDIR 0x200
#define FS_AT_SYMLINK_FOLLOW 0x400
#define FS_AT_EACCESS 0x200

#define FS_SEEK_SET 0
#define FS_SEEK_CUR 1
#define FS_SEEK_END 2

#define FS_R_OK 4
#define FS_W_OK 2
#define FS_X_OK 1
#define FS_F_OK 0

#define FS_LOCK_SH 1
#define FS_LOCK_EX 2
#define FS_LOCK_NB 4
#define FS_LOCK_UN 8

#define FS_F_DUPFD 0
#define FS_F_GETFD 1
#define FS_F_SETFD 2
#define FS_F_GETFL 3
#define FS_F_SETFL 4
#define FS_F_GETLK 5
#define FS_F_SETLK 6
#define FS_F_SETLKW 7

#define FS_FD_CLOEXEC 1

#define FS_F_RDLCK 0
#define FS_F_WRLCK 1
#define FS_F_UNLCK 2

#define FS_UTIME_NOW 0x3fffffff
#define FS_UTIME_OMIT 0x3ffffffe

/** What all processes of a volume share. */
struct fs;

/** One caller's view of it. */
struct fs_process;

struct fs_credentials {
    uint32_t uid, gid;
    unsigned groups;
    uint32_t group[FS_GROUPS_MAX];
};

struct fs_stat {
    uint64_t device, ino;
    uint32_t mode, links, uid, gid;
    uint64_t rdev, size, blocks;
    uint32_t block_bytes, generation;
    struct ext_time accessed, modified, changed;
};

struct fs_statvfs {
    uint64_t block_bytes, blocks, blocks_free, blocks_available, files, files_free;
    uint64_t name_max;
    bool read_only;
};

struct fs_iovec {
    void *base;
    size_t length;
};

/** As Linux's struct linux_dirent64 (getdents(2)), 8-byte aligned. */
struct fs_dirent {
    uint64_t ino;
    uint64_t next;
    uint16_t length; /* of this record */
    uint8_t type;
    char name[];
};

struct fs_flock {
    int16_t type;
    int16_t whence;
    int64_t start, length; /* length 0: to the end of any file */
    uint32_t process;      /* FS_F_GETLK: who holds it */
};

/** The volume is not used by anybody else until fs_detach. NULL without memory. */
struct fs *fs_attach(struct ext *volume);

/**
 * Whenever a call begins or ends to wait for a lock, fn is called by its thread, which will be of
 * no use to others meanwhile. When it returns false at the beginning, the call fails: -ENOLCK.
 */
void fs_on_lock_wait(struct fs *fs, bool (*fn)(bool begins));

/** All processes have ended. */
void fs_detach(struct fs *fs);

/**
 * id is how F_GETLK names it to others. umask 022, working directory the root. NULL: no memory, or
 * more than FS_GROUPS_MAX groups.
 */
struct fs_process *fs_process(struct fs *fs, uint32_t id, const struct fs_credentials *credentials);

/** The process is about to end: calls that wait for a lock end with -EINTR, and later ones too. */
void fs_process_interrupt(struct fs_process *process);

/**
 * Closes everything, gives back all locks. Calls of the process that wait for a lock end with
 * -EINTR; no other call may be under way.
 */
void fs_process_end(struct fs_process *process);

/** Device files, FIFOs and sockets cannot be opened: -ENXIO. */
int fs_openat(struct fs_process *process, int directory, const char *path, int flags,
              uint32_t mode);

/**
 * Opens what was open before, by number, under that very descriptor. The file's permissions are
 * looked at again, but for its owner; those on the way to it are not. What only matters to opening
 * (FS_O_CREAT, TRUNC...) is not done again. fd -1: the lowest that is free. -EBADF: no such
 * descriptor can be; -EBUSY: it is in use; -ESTALE: the inode is gone.
 *
 * @return the descriptor
 */
int fs_reopen(struct fs_process *process, int fd, uint32_t ino, uint32_t generation, int flags,
              uint64_t offset);

int fs_close(struct fs_process *process, int fd);

/** fs_close in two parts: after the first it is closed, after the second its number is free. */
int fs_close_begin(struct fs_process *process, int fd);
void fs_close_end(struct fs_process *process, int fd);
int64_t fs_read(struct fs_process *process, int fd, void *buffer, size_t length);
int64_t fs_write(struct fs_process *process, int fd, const void *buffer, size_t length);
int64_t fs_pread(struct fs_process *process, int fd, void *buffer, size_t length, int64_t offset);
int64_t fs_pwrite(struct fs_process *process, int fd, const void *buffer, size_t length,
                  int64_t offset);
/**
 * Appends, whatever the descriptor's flags say; offset: behind it. note: see ext_append. Not within
 * an operation of the volume.
 */
int64_t fs_append(struct fs_process *process, int fd, const void *buffer, size_t length,
                  const struct ext_note *note, uint64_t *offset);
int64_t fs_readv(struct fs_process *process, int fd, const struct fs_iovec *pieces, int count);
int64_t fs_writev(struct fs_process *process, int fd, const struct fs_iovec *pieces, int count);
int64_t fs_lseek(struct fs_process *process, int fd, int64_t offset, int whence);
int64_t fs_getdents(struct fs_process *process, int fd, void *buffer, size_t length);
int fs_fstat(struct fs_process *process, int fd, struct fs_stat *stat);
int fs_fstatat(struct fs_process *process, int directory, const char *path, struct fs_stat *stat,
               int flags);
int fs_statvfs(struct fs_process *process, const char *path, struct fs_statvfs *statvfs);
int fs_fstatvfs(struct fs_process *process, int fd, struct fs_statvfs *statvfs);
int fs_faccessat(struct fs_process *process, int directory, const char *path, int mode, int flags);
int fs_mkdirat(struct fs_process *process, int directory, const char *path, uint32_t mode);
int fs_mknodat(struct fs_process *process, int directory, const char *path, uint32_t mode,
               uint32_t device);
int fs_unlinkat(struct fs_process *process, int directory, const char *path, int flags);
int fs_renameat(struct fs_process *process, int old_directory, const char *old_path,
                int new_directory, const char *new_path);
int fs_linkat(struct fs_process *process, int old_directory, const char *old_path,
              int new_directory, const char *new_path, int flags);
int fs_symlinkat(struct fs_process *process, const char *target, int directory, const char *path);
int64_t fs_readlinkat(struct fs_process *process, int directory, const char *path, char *buffer,
                      size_t length);
int fs_truncate(struct fs_process *process, const char *path, int64_t size);
int fs_ftruncate(struct fs_process *process, int fd, int64_t size);
/** fsync, fdatasync and sync return when all is durable. */
int fs_fsync(struct fs_process *process, int fd);
int fs_fdatasync(struct fs_process *process, int fd);
int fs_sync(struct fs_process *process);
int fs_fchmodat(struct fs_process *process, int directory, const char *path, uint32_t mode,
                int flags);
int fs_fchmod(struct fs_process *process, int fd, uint32_t mode);
int fs_fchownat(struct fs_process *process, int directory, const char *path, uint32_t uid,
                uint32_t gid, int flags);
int fs_fchown(struct fs_process *process, int fd, uint32_t uid, uint32_t gid);
/** times: accessed, modified; NULL: now for both. */
int fs_utimensat(struct fs_process *process, int directory, const char *path,
                 const struct ext_time times[2], int flags);
int fs_futimens(struct fs_process *process, int fd, const struct ext_time times[2]);
int fs_chdir(struct fs_process *process, const char *path);
int fs_fchdir(struct fs_process *process, int fd);
int64_t fs_getcwd(struct fs_process *process, char *buffer, size_t length);
uint32_t fs_umask(struct fs_process *process, uint32_t mask);
int fs_dup(struct fs_process *process, int fd);
int fs_dup2(struct fs_process *process, int fd, int wanted);
/** FS_F_DUPFD, GETFD, SETFD, GETFL, SETFL. */
int fs_fcntl(struct fs_process *process, int fd, int command, int argument);
/**
 * FS_F_GETLK, SETLK, SETLKW; record locks belong to the process. -EDEADLK where it would wait for
 * ever.
 */
int fs_fcntl_lock(struct fs_process *process, int fd, int command, struct fs_flock *lock);
int fs_flock(struct fs_process *process, int fd, int operation);
/**
 * Extended attributes, as Linux has them (xattr(7)): length 0 asks for the length. Names beginning
 * with "user." for all who may read or write the file; "trusted." for uid 0 alone; "security." that
 * all may read and uid 0 write; others -EOPNOTSUPP.
 */
int64_t fs_getxattr(struct fs_process *process, const char *path, const char *name, void *value,
                    size_t length, bool follow);
int fs_setxattr(struct fs_process *process, const char *path, const char *name, const void *value,
                size_t length, unsigned flags, bool follow);
int fs_removexattr(struct fs_process *process, const char *path, const char *name, bool follow);
int64_t fs_listxattr(struct fs_process *process, const char *path, char *names, size_t length,
                     bool follow);
int64_t fs_fgetxattr(struct fs_process *process, int fd, const char *name, void *value,
                     size_t length);
int fs_fsetxattr(struct fs_process *process, int fd, const char *name, const void *value,
                 size_t length, unsigned flags);
int fs_fremovexattr(struct fs_process *process, int fd, const char *name);
int64_t fs_flistxattr(struct fs_process *process, int fd, char *names, size_t length);

#endif
