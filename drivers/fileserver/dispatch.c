/*
 * The table of what a file system server does, by operation, and what each needs of the data area.
 *
 * Invariant: a handler sees offsets that were checked, and paths in memory of our own.
 */
#include "dispatch.h"
#include "handlers.h"
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>

/* What is at data and data2. */
enum needs {
    PATH = 1,   /* a path at data */
    PATH2 = 2,  /* a path, or a name, at data2 */
    BYTES = 4,  /* length bytes at data */
    BYTES2 = 8, /* length2 bytes at data2 */
};

struct operation {
    uint16_t op;
    uint16_t needs;
    int64_t (*handler)(struct files_call *call);
};

static const struct operation operations[] = {
    {IVMC_FILE_OPENAT, PATH, files_openat},
    {IVMC_FILE_REOPEN, 0, files_reopen},
    {IVMC_FILE_CLOSE, 0, files_close},
    {IVMC_FILE_PREAD, BYTES, files_pread},
    {IVMC_FILE_APPEND, BYTES, files_append},
    {IVMC_FILE_PWRITE, BYTES, files_pwrite},
    {IVMC_FILE_LSEEK, 0, files_lseek},
    {IVMC_FILE_GETDENTS, BYTES, files_getdents},
    {IVMC_FILE_MKDIRAT, PATH, files_mkdirat},
    {IVMC_FILE_MKNODAT, PATH, files_mknodat},
    {IVMC_FILE_UNLINKAT, PATH, files_unlinkat},
    {IVMC_FILE_RENAMEAT, PATH | PATH2, files_renameat},
    {IVMC_FILE_LINKAT, PATH | PATH2, files_linkat},
    {IVMC_FILE_SYMLINKAT, PATH | PATH2, files_symlinkat},
    {IVMC_FILE_READLINKAT, PATH | BYTES2, files_readlinkat},
    {IVMC_FILE_TRUNCATE, PATH, files_truncate},
    {IVMC_FILE_FTRUNCATE, 0, files_ftruncate},
    {IVMC_FILE_FSYNC, 0, files_fsync},
    {IVMC_FILE_FDATASYNC, 0, files_fdatasync},
    {IVMC_FILE_SYNC, 0, files_sync},
    {IVMC_FILE_FSTAT, BYTES2, files_fstat},
    {IVMC_FILE_FSTATAT, PATH | BYTES2, files_fstatat},
    {IVMC_FILE_STATVFS, PATH | BYTES2, files_statvfs},
    {IVMC_FILE_FSTATVFS, BYTES2, files_fstatvfs},
    {IVMC_FILE_FACCESSAT, PATH, files_faccessat},
    {IVMC_FILE_FCHMODAT, PATH, files_fchmodat},
    {IVMC_FILE_FCHMOD, 0, files_fchmod},
    {IVMC_FILE_FCHOWNAT, PATH, files_fchownat},
    {IVMC_FILE_FCHOWN, 0, files_fchown},
    {IVMC_FILE_UTIMENSAT, PATH | BYTES2, files_utimensat},
    {IVMC_FILE_FUTIMENS, BYTES2, files_futimens},
    {IVMC_FILE_CHDIR, PATH, files_chdir},
    {IVMC_FILE_FCHDIR, 0, files_fchdir},
    {IVMC_FILE_GETCWD, BYTES, files_getcwd},
    {IVMC_FILE_UMASK, 0, files_umask},
    {IVMC_FILE_DUP, 0, files_dup},
    {IVMC_FILE_DUP2, 0, files_dup2},
    {IVMC_FILE_FCNTL, 0, files_fcntl},
    {IVMC_FILE_FCNTL_LOCK, BYTES2, files_fcntl_lock},
    {IVMC_FILE_FLOCK, 0, files_flock},
    {IVMC_FILE_GETXATTR, PATH | PATH2 | BYTES2, files_getxattr},
    {IVMC_FILE_FGETXATTR, PATH2 | BYTES2, files_fgetxattr},
    {IVMC_FILE_SETXATTR, PATH | PATH2 | BYTES2, files_setxattr},
    {IVMC_FILE_FSETXATTR, PATH2 | BYTES2, files_fsetxattr},
    {IVMC_FILE_REMOVEXATTR, PATH | PATH2, files_removexattr},
    {IVMC_FILE_FREMOVEXATTR, PATH2, files_fremovexattr},
    {IVMC_FILE_LISTXATTR, PATH | BYTES2, files_listxattr},
    {IVMC_FILE_FLISTXATTR, BYTES2, files_flistxattr},
};

static const struct operation *find(uint16_t op)
{
    for (size_t i = 0; i < ARRAY_SIZE(operations); i++)
        if (operations[i].op == op)
            return &operations[i];
    return NULL;
}

static int bytes(const struct files_area *area, uint64_t offset, uint32_t length, uint8_t **at)
{
    if (offset > area->bytes || length > area->bytes - offset)
        return -EFAULT;
    *at = area->start + offset;
    return 0;
}

/* One copy, and only that is looked at: its NUL may be gone a moment later. */
static int path(const struct files_area *area, uint64_t offset, uint32_t length, char *to)
{
    uint8_t *at;
    int rc = bytes(area, offset, length, &at);
    if (rc)
        return rc;
    size_t most = length < FS_PATH_MAX ? length : FS_PATH_MAX;
    memcpy(to, at, most);
    size_t used = strnlen(to, most);
    if (used < most) {
        PROBE(file_path, thread_current(), to, used);
        return 0;
    }
    return most == FS_PATH_MAX ? -ENAMETOOLONG : -EFAULT;
}

int64_t files_dispatch(struct fs_process *process, const struct ivmc_file_request *request,
                       const struct files_area *area, struct files_scratch *scratch,
                       const struct ext_note *note, uint64_t *extra)
{
    const struct operation *operation = find(request->op);
    struct files_call call = {
        .process = process,
        .request = request,
        .path = scratch->path,
        .path2 = scratch->path2,
        .note = note,
    };
    int rc = operation && !request->flags ? 0 : -ENOSYS;
    if (!rc && operation->needs & PATH)
        rc = path(area, request->data, request->length, scratch->path);
    if (!rc && operation->needs & PATH2)
        rc = path(area, request->data2, request->length2, scratch->path2);
    if (!rc && operation->needs & BYTES)
        rc = bytes(area, request->data, request->length, &call.data);
    if (!rc && operation->needs & BYTES2)
        rc = bytes(area, request->data2, request->length2, &call.data2);
    int64_t result = rc ? rc : operation->handler(&call);
    *extra = call.extra;
    return result;
}

bool files_changes(const struct ivmc_file_request *request)
{
    switch (request->op) {
    case IVMC_FILE_GETDENTS:
    case IVMC_FILE_LSEEK:
    case IVMC_FILE_CHDIR:
    case IVMC_FILE_FCHDIR:
    case IVMC_FILE_UMASK:
    case IVMC_FILE_DUP:
    case IVMC_FILE_DUP2:
    case IVMC_FILE_FCNTL:
    case IVMC_FILE_FCNTL_LOCK:
    case IVMC_FILE_FLOCK:
    case IVMC_FILE_REOPEN:
    case IVMC_FILE_SHARE:
        return false;
    default:
        return !(request->op & IVMC_OP_READS);
    }
}

bool files_once(const struct ivmc_file_request *request)
{
    switch (request->op) {
    case IVMC_FILE_OPENAT:
        return request->arg & (FS_O_CREAT | FS_O_TRUNC);
    case IVMC_FILE_MKDIRAT:
    case IVMC_FILE_MKNODAT:
    case IVMC_FILE_UNLINKAT:
    case IVMC_FILE_RENAMEAT:
    case IVMC_FILE_LINKAT:
    case IVMC_FILE_SYMLINKAT:
    case IVMC_FILE_FCHMODAT:
    case IVMC_FILE_FCHMOD:
    case IVMC_FILE_FCHOWNAT:
    case IVMC_FILE_FCHOWN:
    case IVMC_FILE_UTIMENSAT:
    case IVMC_FILE_FUTIMENS:
    case IVMC_FILE_SETXATTR:
    case IVMC_FILE_FSETXATTR:
    case IVMC_FILE_REMOVEXATTR:
    case IVMC_FILE_FREMOVEXATTR:
        return true;
    default:
        return false;
    }
}
