/* Extended attributes: the value is behind the name, which was copied to path2. */
#include "handlers.h"
#include <ringside-rt/string.h>

static uint8_t *value(struct files_call *call, size_t *length)
{
    size_t name = strlen(call->path2) + 1;
    *length = call->request->length2 - name;
    return call->data2 + name;
}

int64_t files_getxattr(struct files_call *call)
{
    size_t length;
    uint8_t *at = value(call, &length);
    return fs_getxattr(call->process, call->path, call->path2, at, length, call->request->mode);
}

int64_t files_fgetxattr(struct files_call *call)
{
    size_t length;
    uint8_t *at = value(call, &length);
    return fs_fgetxattr(call->process, call->request->fd, call->path2, at, length);
}

int64_t files_setxattr(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    size_t length;
    uint8_t *at = value(call, &length);
    return fs_setxattr(call->process, call->path, call->path2, at, length, r->arg, r->mode);
}

int64_t files_fsetxattr(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    size_t length;
    uint8_t *at = value(call, &length);
    return fs_fsetxattr(call->process, r->fd, call->path2, at, length, r->arg);
}

int64_t files_removexattr(struct files_call *call)
{
    return fs_removexattr(call->process, call->path, call->path2, call->request->mode);
}

int64_t files_fremovexattr(struct files_call *call)
{
    return fs_fremovexattr(call->process, call->request->fd, call->path2);
}

int64_t files_listxattr(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_listxattr(call->process, call->path, (char *)call->data2, r->length2, r->mode);
}

int64_t files_flistxattr(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_flistxattr(call->process, r->fd, (char *)call->data2, r->length2);
}
