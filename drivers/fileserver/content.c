/* Descriptors and what goes through them. */
#include "handlers.h"

int64_t files_openat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    struct fs_stat stat = {0};
    int fd = fs_openat(call->process, r->fd, call->path, (int)r->arg, r->mode);
    if (fd >= 0 && !fs_fstat(call->process, fd, &stat))
        call->extra = stat.ino | (uint64_t)stat.generation << 32;
    return fd;
}

int64_t files_reopen(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_reopen(call->process, r->fd, r->length, r->length2, (int)r->arg, r->offset);
}

int64_t files_close(struct files_call *call)
{
    return fs_close(call->process, call->request->fd);
}

int64_t files_pread(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_pread(call->process, r->fd, call->data, r->length, (int64_t)r->offset);
}

int64_t files_append(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_append(call->process, r->fd, call->data, r->length, call->note, &call->extra);
}

int64_t files_pwrite(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_pwrite(call->process, r->fd, call->data, r->length, (int64_t)r->offset);
}

int64_t files_lseek(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_lseek(call->process, r->fd, (int64_t)r->offset, (int)r->arg);
}

int64_t files_getdents(struct files_call *call)
{
    return fs_getdents(call->process, call->request->fd, call->data, call->request->length);
}

int64_t files_truncate(struct files_call *call)
{
    return fs_truncate(call->process, call->path, (int64_t)call->request->offset);
}

int64_t files_ftruncate(struct files_call *call)
{
    return fs_ftruncate(call->process, call->request->fd, (int64_t)call->request->offset);
}

int64_t files_fsync(struct files_call *call)
{
    return fs_fsync(call->process, call->request->fd);
}

int64_t files_fdatasync(struct files_call *call)
{
    return fs_fdatasync(call->process, call->request->fd);
}

int64_t files_sync(struct files_call *call)
{
    return fs_sync(call->process);
}

int64_t files_dup(struct files_call *call)
{
    return fs_dup(call->process, call->request->fd);
}

int64_t files_dup2(struct files_call *call)
{
    return fs_dup2(call->process, call->request->fd, call->request->fd2);
}

int64_t files_fcntl(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_fcntl(call->process, r->fd, (int)r->arg, (int)r->mode);
}
