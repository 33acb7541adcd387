/*
 * Functions that bring more than a number, or take more than a path: their structures lie in a
 * frame while the request is under way.
 */
#include "link.h"
#include <ringside-rt/string.h>

/* What stands at data2: copied there before the request, and back as much as came. */
struct second {
    const void *in;
    void *out;
    size_t length;
};

/* path NULL: a request on a descriptor only. */
static int64_t call(struct ivmc_file_request *request, const char *path,
                    const struct second *second)
{
    if (!files_link)
        return files_result(-ENOSYS);
    if (request->fd == -1)
        return -1;
    struct files_frame *frame = files_frame_take();
    size_t length = second->length < sizeof(frame->second) ? second->length : sizeof(frame->second);
    request->data2 = files_link->offset(frame->second);
    request->length2 = (uint32_t)length;
    if (second->in)
        memcpy(frame->second, second->in, length);
    int64_t result = path ? files_put_path(request, frame, path) : 0;
    if (!result)
        result = files_call(request);
    if (result >= 0 && second->out)
        memcpy(second->out, frame->second, result ? (size_t)result : length);
    files_frame_give(frame);
    return result;
}

int fstat(int fd, struct stat *out)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FSTAT, .fd = files_remote(fd)};
    return (int)call(&request, NULL, &(struct second){.out = out, .length = sizeof(*out)});
}

int fstatat(int directory, const char *path, struct stat *out, int flags)
{
    struct ivmc_file_request request = {
        .op = IVMC_FILE_FSTATAT, .fd = files_remote(directory), .arg = (uint32_t)flags};
    return (int)call(&request, path, &(struct second){.out = out, .length = sizeof(*out)});
}

int stat(const char *path, struct stat *out)
{
    return fstatat(FS_AT_FDCWD, path, out, 0);
}

int lstat(const char *path, struct stat *out)
{
    return fstatat(FS_AT_FDCWD, path, out, FS_AT_SYMLINK_NOFOLLOW);
}

int statvfs(const char *path, struct statvfs *out)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_STATVFS};
    return (int)call(&request, path, &(struct second){.out = out, .length = sizeof(*out)});
}

int fstatvfs(int fd, struct statvfs *out)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FSTATVFS, .fd = files_remote(fd)};
    return (int)call(&request, NULL, &(struct second){.out = out, .length = sizeof(*out)});
}

ssize_t readlinkat(int directory, const char *path, char *buffer, size_t length)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_READLINKAT, .fd = files_remote(directory)};
    if (!length)
        return files_result(-EINVAL);
    return call(&request, path, &(struct second){.out = buffer, .length = length});
}

ssize_t readlink(const char *path, char *buffer, size_t length)
{
    return readlinkat(FS_AT_FDCWD, path, buffer, length);
}

static int call_times(struct ivmc_file_request *request, const char *path,
                      const struct ivmc_file_time times[2])
{
    const struct second second = {.in = times, .length = times ? 2 * sizeof(times[0]) : 0};
    return (int)call(request, path, &second);
}

int utimensat(int directory, const char *path, const struct ivmc_file_time times[2], int flags)
{
    struct ivmc_file_request request = {
        .op = IVMC_FILE_UTIMENSAT, .fd = files_remote(directory), .arg = (uint32_t)flags};
    return call_times(&request, path, times);
}

int futimens(int fd, const struct ivmc_file_time times[2])
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FUTIMENS, .fd = files_remote(fd)};
    return call_times(&request, NULL, times);
}

int fchownat(int directory, const char *path, uint32_t uid, uint32_t gid, int flags)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FCHOWNAT,
                                        .fd = files_remote(directory),
                                        .length2 = uid,
                                        .mode = gid,
                                        .arg = (uint32_t)flags};
    uint64_t extra;
    return request.fd == -1 ? -1 : (int)files_call_path(&request, path, &extra);
}

int chown(const char *path, uint32_t uid, uint32_t gid)
{
    return fchownat(FS_AT_FDCWD, path, uid, gid, 0);
}

int fchown(int fd, uint32_t uid, uint32_t gid)
{
    struct ivmc_file_request request = {
        .op = IVMC_FILE_FCHOWN, .fd = files_remote(fd), .length2 = uid, .mode = gid};
    return request.fd == -1 ? -1 : (int)files_call(&request);
}

/* What is at data, a structure or room for a path. */
static int64_t call_data(struct ivmc_file_request *request, void *data, size_t length)
{
    if (!files_link)
        return files_result(-ENOSYS);
    struct files_frame *frame = files_frame_take();
    request->data = files_link->offset(frame->second);
    request->length = (uint32_t)(length < sizeof(frame->second) ? length : sizeof(frame->second));
    memcpy(frame->second, data, request->length);
    int64_t result = files_call(request);
    if (result >= 0)
        memcpy(data, frame->second, result ? (size_t)result : request->length);
    files_frame_give(frame);
    return result;
}

/* Where a lock begins, whose offset counts from where only we know. */
static int64_t origin(int fd, int whence)
{
    struct stat now;
    if (whence == FS_SEEK_SET)
        return 0;
    if (whence == FS_SEEK_CUR)
        return (int64_t)files_description(fd)->offset;
    if (whence != FS_SEEK_END)
        return files_result(-EINVAL);
    return fstat(fd, &now) ? -1 : (int64_t)now.size;
}

static int get_lock(struct ivmc_file_request *request, struct ivmc_file_lock *lock)
{
    return (int)call(request, NULL, &(struct second){.out = lock, .length = sizeof(*lock)});
}

static int set_lock(int fd, struct ivmc_file_request *request)
{
    int rc = (int)files_call(request);
    if (!rc)
        files_lock_changed(files_description(fd), (int16_t)request->mode, request->offset,
                           request->data);
    return rc;
}

int fcntl_lock(int fd, int command, struct ivmc_file_lock *lock)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_FCNTL_LOCK,
                                        .fd = files_remote(fd),
                                        .arg = (uint32_t)command,
                                        .mode = (uint16_t)lock->type};
    if (request.fd < 0)
        return (int)files_result(-EBADF);
    int64_t from = origin(fd, lock->whence), start, length = lock->length;
    if (from < 0)
        return -1;
    if (__builtin_add_overflow(from, lock->start, &start))
        return (int)files_result(-EOVERFLOW);
    if (length < 0) { /* what is before it */
        if (length == INT64_MIN || start + length < 0)
            return (int)files_result(-EINVAL);
        start += length;
        length = -length;
    }
    request.offset = (uint64_t)start;
    request.data = (uint64_t)length;
    return command == FS_F_GETLK ? get_lock(&request, lock) : set_lock(fd, &request);
}

char *getcwd(char *buffer, size_t length)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_GETCWD};
    return call_data(&request, buffer, length) < 0 ? NULL : buffer;
}
