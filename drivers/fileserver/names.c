/* Directories and the names in them. */
#include "handlers.h"

int64_t files_mkdirat(struct files_call *call)
{
    return fs_mkdirat(call->process, call->request->fd, call->path, call->request->mode);
}

int64_t files_mknodat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_mknodat(call->process, r->fd, call->path, r->mode, r->arg);
}

int64_t files_unlinkat(struct files_call *call)
{
    return fs_unlinkat(call->process, call->request->fd, call->path, (int)call->request->arg);
}

int64_t files_renameat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_renameat(call->process, r->fd, call->path, r->fd2, call->path2);
}

int64_t files_linkat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_linkat(call->process, r->fd, call->path, r->fd2, call->path2, (int)r->arg);
}

int64_t files_symlinkat(struct files_call *call)
{
    return fs_symlinkat(call->process, call->path, call->request->fd2, call->path2);
}

int64_t files_readlinkat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_readlinkat(call->process, r->fd, call->path, (char *)call->data2, r->length2);
}

int64_t files_chdir(struct files_call *call)
{
    return fs_chdir(call->process, call->path);
}

int64_t files_fchdir(struct files_call *call)
{
    return fs_fchdir(call->process, call->request->fd);
}

int64_t files_getcwd(struct files_call *call)
{
    return fs_getcwd(call->process, (char *)call->data, call->request->length);
}

int64_t files_umask(struct files_call *call)
{
    return fs_umask(call->process, call->request->mode);
}
