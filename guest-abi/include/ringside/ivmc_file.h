/*
 * Requests to a file system server, in the slots of an IVMC channel. Generated from ivmc_file.abi;
 * do not edit.
 */
#ifndef RINGSIDE_IVMC_FILE_H
#define RINGSIDE_IVMC_FILE_H

/*
 * IVMC_FILE: What a request asks for; POSIX's functions of these names. Those with bit 8 change
 * nothing. OPENAT that creates or truncates, APPEND and all that changes names or attributes by
 * name is carried out once, though a new server gets it again: the answer is on the volume.
 */
/*
 * fd, data path, arg flags, mode; result: the descriptor, extra: the inode, and its generation in
 * the upper half
 */
#define IVMC_FILE_OPENAT       1
/*
 * fd what it is to be, or -1: any; offset, length inode, length2 generation, arg flags; result: the
 * descriptor; only between the two IVMC_FILE_RESUME
 */
#define IVMC_FILE_REOPEN       2
#define IVMC_FILE_CLOSE        3 /* fd */
/* fd, data bytes; result: how many, extra: the offset behind them */
#define IVMC_FILE_APPEND       4
#define IVMC_FILE_PWRITE       5 /* fd, data bytes, offset; result: how many */
#define IVMC_FILE_LSEEK        6 /* fd, offset, arg whence; result: the offset */
#define IVMC_FILE_MKDIRAT      7 /* fd, data path, mode */
#define IVMC_FILE_MKNODAT      8 /* fd, data path, mode, arg device */
#define IVMC_FILE_UNLINKAT     9 /* fd, data path, arg flags */
#define IVMC_FILE_RENAMEAT     10 /* fd, data old path, fd2, data2 new path */
#define IVMC_FILE_LINKAT       11 /* fd, data old path, fd2, data2 new path, arg flags */
#define IVMC_FILE_SYMLINKAT    12 /* data target, fd2, data2 path */
#define IVMC_FILE_TRUNCATE     13 /* data path, offset size */
#define IVMC_FILE_FTRUNCATE    14 /* fd, offset size */
#define IVMC_FILE_FSYNC        15 /* fd */
#define IVMC_FILE_FDATASYNC    16 /* fd */
#define IVMC_FILE_SYNC         17 /* nothing */
#define IVMC_FILE_FCHMODAT     18 /* fd, data path, mode, arg flags */
#define IVMC_FILE_FCHMOD       19 /* fd, mode */
#define IVMC_FILE_FCHOWNAT     20 /* fd, data path, length2 uid, mode gid, arg flags */
#define IVMC_FILE_FCHOWN       21 /* fd, length2 uid, mode gid */
#define IVMC_FILE_UTIMENSAT    22 /* fd, data path, data2 two struct ivmc_file_time, arg flags */
#define IVMC_FILE_FUTIMENS     23 /* fd, data2 two struct ivmc_file_time */
#define IVMC_FILE_CHDIR        24 /* data path */
#define IVMC_FILE_FCHDIR       25 /* fd */
#define IVMC_FILE_UMASK        26 /* mode; result: the last one */
#define IVMC_FILE_DUP          27 /* fd; result: the new one */
#define IVMC_FILE_DUP2         28 /* fd, fd2; result: fd2 */
#define IVMC_FILE_FCNTL        29 /* fd, arg command, mode argument; result */
/*
 * fd, arg command, mode type, offset the first byte, data how many, 0: to the end of any file;
 * F_GETLK: data2 room for a struct ivmc_file_lock
 */
#define IVMC_FILE_FCNTL_LOCK   30
#define IVMC_FILE_FLOCK        31 /* fd, arg operation */
/*
 * data path, data2 name, then the value behind its NUL, length2 bytes in all; arg flags, mode
 * whether to follow
 */
#define IVMC_FILE_SETXATTR     32
#define IVMC_FILE_FSETXATTR    33 /* fd, the same */
#define IVMC_FILE_REMOVEXATTR  34 /* data path, data2 name, mode whether to follow */
#define IVMC_FILE_FREMOVEXATTR 35 /* fd, data2 name */
/*
 * arg 1: the client is about to tell a new server what the last one knew, before anything else:
 * SHARE, REOPEN, DUP2, FCNTL_LOCK, FLOCK, FCHDIR, CLOSE, UMASK; 0: that is all. Requests of all
 * clients wait until every client of the last server has done so, or for a time
 */
#define IVMC_FILE_RESUME       36
/* fd, data room for struct linux_dirent64; result: bytes; it moves the offset too */
#define IVMC_FILE_GETDENTS     37
/*
 * offset the first reference under which the data area is granted to dma_domid, too; once in an
 * epoch, before anything is open
 */
#define IVMC_FILE_SHARE        38
#define IVMC_FILE_PREAD        257 /* fd, data room for bytes, offset; result: how many */
#define IVMC_FILE_FSTAT        258 /* fd, data2 room for a struct ivmc_file_stat */
/* fd, data path, data2 room for a struct ivmc_file_stat, arg flags */
#define IVMC_FILE_FSTATAT      259
#define IVMC_FILE_STATVFS      260 /* data path, data2 room for a struct ivmc_file_statvfs */
#define IVMC_FILE_FSTATVFS     261 /* fd, data2 room for a struct ivmc_file_statvfs */
#define IVMC_FILE_FACCESSAT    262 /* fd, data path, mode, arg flags */
#define IVMC_FILE_READLINKAT   263 /* fd, data path, data2 room of length2 bytes; result: bytes */
#define IVMC_FILE_GETCWD       264 /* data room for a path; result: bytes */
/*
 * data path, data2 name, behind its NUL room, length2 bytes in all; mode whether to follow; result:
 * bytes
 */
#define IVMC_FILE_GETXATTR     265
#define IVMC_FILE_FGETXATTR    266 /* fd, the same */
/* data path, data2 room of length2 bytes, mode whether to follow; result: bytes */
#define IVMC_FILE_LISTXATTR    267
#define IVMC_FILE_FLISTXATTR   268 /* fd, the same */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/*
 * The first half of a small slot, as struct ivmc_request is; what a field means is said with each
 * operation. Paths and names end with a NUL within their length.
 */
struct ivmc_file_request {
    uint64_t sequence; /* in: as in struct ivmc_request */
    uint32_t epoch; /* in: as in struct ivmc_request */
    uint16_t op; /* in, IVMC_FILE */
    uint16_t flags; /* in: 0 */
    int32_t fd; /* in: a descriptor, or AT_FDCWD */
    int32_t fd2; /* in: another */
    uint64_t offset; /* in: in the file */
    uint64_t data; /* in: offset in the data area */
    uint64_t data2; /* in: another */
    uint32_t length; /* in: bytes at data */
    uint32_t length2; /* in: bytes at data2 */
    uint32_t mode; /* in: permissions, and others */
    uint32_t arg; /* in: flags, and others */
};
RINGSIDE_SIZE(struct ivmc_file_request, 64, 64);
RINGSIDE_OFFSET(struct ivmc_file_request, sequence, 0, 0);
RINGSIDE_OFFSET(struct ivmc_file_request, epoch, 8, 8);
RINGSIDE_OFFSET(struct ivmc_file_request, op, 12, 12);
RINGSIDE_OFFSET(struct ivmc_file_request, flags, 14, 14);
RINGSIDE_OFFSET(struct ivmc_file_request, fd, 16, 16);
RINGSIDE_OFFSET(struct ivmc_file_request, fd2, 20, 20);
RINGSIDE_OFFSET(struct ivmc_file_request, offset, 24, 24);
RINGSIDE_OFFSET(struct ivmc_file_request, data, 32, 32);
RINGSIDE_OFFSET(struct ivmc_file_request, data2, 40, 40);
RINGSIDE_OFFSET(struct ivmc_file_request, length, 48, 48);
RINGSIDE_OFFSET(struct ivmc_file_request, length2, 52, 52);
RINGSIDE_OFFSET(struct ivmc_file_request, mode, 56, 56);
RINGSIDE_OFFSET(struct ivmc_file_request, arg, 60, 60);

/* struct timespec. */
struct ivmc_file_time {
    int64_t seconds; /* inout: since 1970 */
    uint32_t nanoseconds; /* inout: or UTIME_NOW, UTIME_OMIT */
    uint32_t pad;
};
RINGSIDE_SIZE(struct ivmc_file_time, 16, 16);
RINGSIDE_OFFSET(struct ivmc_file_time, seconds, 0, 0);
RINGSIDE_OFFSET(struct ivmc_file_time, nanoseconds, 8, 8);

/* struct flock. */
struct ivmc_file_lock {
    int16_t type; /* inout: F_RDLCK, F_WRLCK, F_UNLCK */
    int16_t whence; /* inout: SEEK_SET, SEEK_CUR, SEEK_END; of a request: SEEK_SET */
    uint32_t process; /* inout: F_GETLK: the holder */
    int64_t start; /* inout: offset */
    int64_t length; /* inout: 0: to the end of any file */
};
RINGSIDE_SIZE(struct ivmc_file_lock, 24, 24);
RINGSIDE_OFFSET(struct ivmc_file_lock, type, 0, 0);
RINGSIDE_OFFSET(struct ivmc_file_lock, whence, 2, 2);
RINGSIDE_OFFSET(struct ivmc_file_lock, process, 4, 4);
RINGSIDE_OFFSET(struct ivmc_file_lock, start, 8, 8);
RINGSIDE_OFFSET(struct ivmc_file_lock, length, 16, 16);

/* struct stat. */
struct ivmc_file_stat {
    uint64_t device; /* out: of the volume */
    uint64_t ino; /* out: inode */
    uint32_t mode; /* out: kind and permissions */
    uint32_t links; /* out: names it has */
    uint32_t uid; /* out: owner */
    uint32_t gid; /* out: group */
    uint64_t rdev; /* out: of a device file */
    uint64_t size; /* out: bytes */
    uint64_t blocks; /* out: of 512 bytes */
    uint32_t block_bytes; /* out: size that transfers should have multiples of */
    uint32_t generation; /* out: of the inode, for REOPEN */
    struct ivmc_file_time accessed; /* out */
    struct ivmc_file_time modified; /* out */
    struct ivmc_file_time changed; /* out */
};
RINGSIDE_SIZE(struct ivmc_file_stat, 112, 112);
RINGSIDE_OFFSET(struct ivmc_file_stat, device, 0, 0);
RINGSIDE_OFFSET(struct ivmc_file_stat, ino, 8, 8);
RINGSIDE_OFFSET(struct ivmc_file_stat, mode, 16, 16);
RINGSIDE_OFFSET(struct ivmc_file_stat, links, 20, 20);
RINGSIDE_OFFSET(struct ivmc_file_stat, uid, 24, 24);
RINGSIDE_OFFSET(struct ivmc_file_stat, gid, 28, 28);
RINGSIDE_OFFSET(struct ivmc_file_stat, rdev, 32, 32);
RINGSIDE_OFFSET(struct ivmc_file_stat, size, 40, 40);
RINGSIDE_OFFSET(struct ivmc_file_stat, blocks, 48, 48);
RINGSIDE_OFFSET(struct ivmc_file_stat, block_bytes, 56, 56);
RINGSIDE_OFFSET(struct ivmc_file_stat, generation, 60, 60);
RINGSIDE_OFFSET(struct ivmc_file_stat, accessed, 64, 64);
RINGSIDE_OFFSET(struct ivmc_file_stat, modified, 80, 80);
RINGSIDE_OFFSET(struct ivmc_file_stat, changed, 96, 96);

/* struct statvfs. */
struct ivmc_file_statvfs {
    uint64_t block_bytes; /* out: size of a block */
    uint64_t blocks; /* out: in all */
    uint64_t blocks_free; /* out: for uid 0 */
    uint64_t blocks_available; /* out: for others */
    uint64_t files; /* out: inodes in all */
    uint64_t files_free; /* out: inodes left */
    uint64_t name_max; /* out: longest name */
    uint64_t read_only; /* out: 0 or 1 */
};
RINGSIDE_SIZE(struct ivmc_file_statvfs, 64, 64);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, block_bytes, 0, 0);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, blocks, 8, 8);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, blocks_free, 16, 16);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, blocks_available, 24, 24);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, files, 32, 32);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, files_free, 40, 40);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, name_max, 48, 48);
RINGSIDE_OFFSET(struct ivmc_file_statvfs, read_only, 56, 56);

#endif /* __ASSEMBLER__ */

#endif
