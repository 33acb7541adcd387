/*
 * POSIX's functions on files for programs of guests (IEEE Std 1003.1-2017; extended attributes and
 * getdents as Linux has them). Where the files are is said once: at a file system server, or in a
 * file system that this program has linked in. Descriptors 0, 1 and 2 are the console.
 *
 * Functions return -1 and set errno when they fail. Their errors are those of POSIX; -1 with EIO
 * also when the server broke the protocol. All may wait: they are for threads.
 *
 * Content that lies in memory from files_buffer_alloc is not copied on its way to the server.
 */
#ifndef RINGSIDE_RT_POSIX_H
#define RINGSIDE_RT_POSIX_H

#include <ringside-rt/fs.h>
#include <ringside/abi.h>

typedef int64_t ssize_t;
typedef int64_t off_t;
typedef uint32_t mode_t;

/** Of the function that failed last; look at it before anything else is called. */
extern int errno;

struct files_options {
    const char *service; /* NULL: "files" */
    size_t region_bytes; /* of memory that the server can touch; 0: 4 MiB */
    unsigned order;      /* log2 of ring entries; 0: the usual */
};

/** Connects to a file system server, waiting until it is there; 0 or -E... */
int files_open_ivmc(const struct files_options *options);

/** The functions below work on a file system in this program; 0 or -E... */
int files_open_local(struct fs_process *process);

/** Memory that needs no copying, aligned to pages; NULL when there is none. */
void *files_buffer_alloc(size_t bytes);
void files_buffer_free(void *buffer, size_t bytes);

/**
 * Bytes that CPUs have copied in bulk (bulk_copied) here, at the server and behind it, as these
 * said with the last answer, whomever for. Less than before when a server began anew.
 */
uint64_t files_copied(void);

/* struct stat and statvfs are what goes through the channel. */
#define stat ivmc_file_stat
#define statvfs ivmc_file_statvfs

int open(const char *path, int flags, mode_t mode);
int openat(int directory, const char *path, int flags, mode_t mode);
int close(int fd);
ssize_t read(int fd, void *buffer, size_t length);
ssize_t write(int fd, const void *buffer, size_t length);
ssize_t pread(int fd, void *buffer, size_t length, off_t offset);
ssize_t pwrite(int fd, const void *buffer, size_t length, off_t offset);
ssize_t readv(int fd, const struct fs_iovec *pieces, int count);
ssize_t writev(int fd, const struct fs_iovec *pieces, int count);
off_t lseek(int fd, off_t offset, int whence);
ssize_t getdents(int fd, void *buffer, size_t length);
int truncate(const char *path, off_t size);
int ftruncate(int fd, off_t size);
int fsync(int fd);
int fdatasync(int fd);
int sync(void);
int dup(int fd);
int dup2(int fd, int wanted);
int fcntl(int fd, int command, int argument);
int fcntl_lock(int fd, int command, struct ivmc_file_lock *lock);
int flock(int fd, int operation);

int mkdirat(int directory, const char *path, mode_t mode);
int mkdir(const char *path, mode_t mode);
int unlinkat(int directory, const char *path, int flags);
int unlink(const char *path);
int rmdir(const char *path);
int renameat(int old_directory, const char *old_path, int new_directory, const char *new_path);
int rename(const char *old_path, const char *new_path);
int linkat(int old_directory, const char *old_path, int new_directory, const char *new_path,
           int flags);
int link(const char *old_path, const char *new_path);
int symlinkat(const char *target, int directory, const char *path);
int symlink(const char *target, const char *path);
ssize_t readlinkat(int directory, const char *path, char *buffer, size_t length);
ssize_t readlink(const char *path, char *buffer, size_t length);
int mknod(const char *path, mode_t mode, uint32_t device);
int chdir(const char *path);
int fchdir(int fd);
char *getcwd(char *buffer, size_t length);
mode_t umask(mode_t mask);

int fstat(int fd, struct stat *out);
int fstatat(int directory, const char *path, struct stat *out, int flags);
int stat(const char *path, struct stat *out);
int lstat(const char *path, struct stat *out);
int statvfs(const char *path, struct statvfs *out);
int fstatvfs(int fd, struct statvfs *out);
int faccessat(int directory, const char *path, int mode, int flags);
int access(const char *path, int mode);
int fchmodat(int directory, const char *path, mode_t mode, int flags);
int chmod(const char *path, mode_t mode);
int fchmod(int fd, mode_t mode);
int fchownat(int directory, const char *path, uint32_t uid, uint32_t gid, int flags);
int chown(const char *path, uint32_t uid, uint32_t gid);
int fchown(int fd, uint32_t uid, uint32_t gid);
int utimensat(int directory, const char *path, const struct ivmc_file_time times[2], int flags);
int futimens(int fd, const struct ivmc_file_time times[2]);

ssize_t getxattr(const char *path, const char *name, void *value, size_t length);
ssize_t fgetxattr(int fd, const char *name, void *value, size_t length);
int setxattr(const char *path, const char *name, const void *value, size_t length, int flags);
int fsetxattr(int fd, const char *name, const void *value, size_t length, int flags);
int removexattr(const char *path, const char *name);
int fremovexattr(int fd, const char *name);
ssize_t listxattr(const char *path, char *names, size_t length);
ssize_t flistxattr(int fd, char *names, size_t length);

#endif
