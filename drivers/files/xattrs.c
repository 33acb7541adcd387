/* Extended attributes: at data2 the name with its NUL, behind it the value or room for it. */
#include "link.h"
#include <ringside-rt/string.h>

#define FOLLOW 1

struct value {
    const void *in;
    void *out;
    size_t length;
};

/* path NULL: on a descriptor. name NULL: there is only room. */
static int64_t call(struct ivmc_file_request *request, const char *path, const char *name,
                    const struct value *value)
{
    if (!files_link)
        return files_result(-ENOSYS);
    if (request->fd == -1)
        return -1;
    size_t before = name ? strlen(name) + 1 : 0;
    if (before > FS_PATH_MAX)
        return files_result(-ERANGE);
    struct files_frame *frame = files_frame_take();
    size_t room = sizeof(frame->second) - before;
    size_t length = value->length < room ? value->length : room;
    memcpy(frame->second, name, before);
    if (value->in)
        memcpy(frame->second + before, value->in, length);
    request->data2 = files_link->offset(frame->second);
    request->length2 = (uint32_t)(before + length);
    request->mode = FOLLOW;
    int64_t result = path ? files_put_path(request, frame, path) : 0;
    if (!result)
        result = files_call(request);
    if (result > 0 && value->out && (size_t)result <= length)
        memcpy(value->out, frame->second + before, (size_t)result);
    files_frame_give(frame);
    return result;
}

ssize_t getxattr(const char *path, const char *name, void *value, size_t length)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_GETXATTR};
    return call(&request, path, name, &(struct value){.out = value, .length = length});
}

ssize_t fgetxattr(int fd, const char *name, void *value, size_t length)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FGETXATTR, .fd = files_remote(fd)};
    return call(&request, NULL, name, &(struct value){.out = value, .length = length});
}

int setxattr(const char *path, const char *name, const void *value, size_t length, int flags)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_SETXATTR, .arg = (uint32_t)flags};
    return (int)call(&request, path, name, &(struct value){.in = value, .length = length});
}

int fsetxattr(int fd, const char *name, const void *value, size_t length, int flags)
{
    struct ivmc_file_request request = {
        .op = IVMC_FILE_FSETXATTR, .fd = files_remote(fd), .arg = (uint32_t)flags};
    return (int)call(&request, NULL, name, &(struct value){.in = value, .length = length});
}

int removexattr(const char *path, const char *name)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_REMOVEXATTR};
    return (int)call(&request, path, name, &(struct value){0});
}

int fremovexattr(int fd, const char *name)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FREMOVEXATTR, .fd = files_remote(fd)};
    return (int)call(&request, NULL, name, &(struct value){0});
}

ssize_t listxattr(const char *path, char *names, size_t length)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_LISTXATTR};
    return call(&request, path, NULL, &(struct value){.out = names, .length = length});
}

ssize_t flistxattr(int fd, char *names, size_t length)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FLISTXATTR, .fd = files_remote(fd)};
    return call(&request, NULL, NULL, &(struct value){.out = names, .length = length});
}
