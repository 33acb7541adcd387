/*
 * The operations of a file system server, one function each; dispatch.c has their table.
 */
#ifndef FILES_HANDLERS_H
#define FILES_HANDLERS_H

#include <ringside-rt/fs.h>
#include <ringside/abi.h>

/* A request that is being carried out; which of the pointers are set says the table. */
struct files_call {
    struct fs_process *process;
    const struct ivmc_file_request *request;
    const char *path, *path2;
    uint8_t *data, *data2;
    const struct ext_note *note;
    uint64_t extra; /* of the answer */
};

int64_t files_openat(struct files_call *call);
int64_t files_reopen(struct files_call *call);
int64_t files_close(struct files_call *call);
int64_t files_pread(struct files_call *call);
int64_t files_append(struct files_call *call);
int64_t files_pwrite(struct files_call *call);
int64_t files_lseek(struct files_call *call);
int64_t files_getdents(struct files_call *call);
int64_t files_mkdirat(struct files_call *call);
int64_t files_mknodat(struct files_call *call);
int64_t files_unlinkat(struct files_call *call);
int64_t files_renameat(struct files_call *call);
int64_t files_linkat(struct files_call *call);
int64_t files_symlinkat(struct files_call *call);
int64_t files_readlinkat(struct files_call *call);
int64_t files_truncate(struct files_call *call);
int64_t files_ftruncate(struct files_call *call);
int64_t files_fsync(struct files_call *call);
int64_t files_fdatasync(struct files_call *call);
int64_t files_sync(struct files_call *call);
int64_t files_fstat(struct files_call *call);
int64_t files_fstatat(struct files_call *call);
int64_t files_statvfs(struct files_call *call);
int64_t files_fstatvfs(struct files_call *call);
int64_t files_faccessat(struct files_call *call);
int64_t files_fchmodat(struct files_call *call);
int64_t files_fchmod(struct files_call *call);
int64_t files_fchownat(struct files_call *call);
int64_t files_fchown(struct files_call *call);
int64_t files_utimensat(struct files_call *call);
int64_t files_futimens(struct files_call *call);
int64_t files_chdir(struct files_call *call);
int64_t files_fchdir(struct files_call *call);
int64_t files_getcwd(struct files_call *call);
int64_t files_umask(struct files_call *call);
int64_t files_dup(struct files_call *call);
int64_t files_dup2(struct files_call *call);
int64_t files_fcntl(struct files_call *call);
int64_t files_fcntl_lock(struct files_call *call);
int64_t files_flock(struct files_call *call);
int64_t files_getxattr(struct files_call *call);
int64_t files_fgetxattr(struct files_call *call);
int64_t files_setxattr(struct files_call *call);
int64_t files_fsetxattr(struct files_call *call);
int64_t files_removexattr(struct files_call *call);
int64_t files_fremovexattr(struct files_call *call);
int64_t files_listxattr(struct files_call *call);
int64_t files_flistxattr(struct files_call *call);

#endif
