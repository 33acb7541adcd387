/* What files have beside their content, and locks. */
#include "handlers.h"
#include <ringside-rt/string.h>

/* What the caller gets has a layout of its own; room for less of it is an error. */
static int64_t put(struct files_call *call, const void *from, size_t bytes)
{
    if (call->request->length2 < bytes)
        return -EFAULT;
    memcpy(call->data2, from, bytes);
    return 0;
}

static struct ivmc_file_time time_of(struct ext_time time)
{
    return (struct ivmc_file_time){.seconds = time.seconds, .nanoseconds = time.nanoseconds};
}

static int64_t put_stat(struct files_call *call, const struct fs_stat *stat)
{
    const struct ivmc_file_stat out = {
        .device = stat->device,
        .ino = stat->ino,
        .mode = stat->mode,
        .links = stat->links,
        .uid = stat->uid,
        .gid = stat->gid,
        .rdev = stat->rdev,
        .size = stat->size,
        .blocks = stat->blocks,
        .block_bytes = stat->block_bytes,
        .generation = stat->generation,
        .accessed = time_of(stat->accessed),
        .modified = time_of(stat->modified),
        .changed = time_of(stat->changed),
    };
    return put(call, &out, sizeof(out));
}

int64_t files_fstat(struct files_call *call)
{
    struct fs_stat stat;
    int rc = fs_fstat(call->process, call->request->fd, &stat);
    return rc ? rc : put_stat(call, &stat);
}

int64_t files_fstatat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    struct fs_stat stat;
    int rc = fs_fstatat(call->process, r->fd, call->path, &stat, (int)r->arg);
    return rc ? rc : put_stat(call, &stat);
}

static int64_t put_statvfs(struct files_call *call, const struct fs_statvfs *statvfs)
{
    const struct ivmc_file_statvfs out = {
        .block_bytes = statvfs->block_bytes,
        .blocks = statvfs->blocks,
        .blocks_free = statvfs->blocks_free,
        .blocks_available = statvfs->blocks_available,
        .files = statvfs->files,
        .files_free = statvfs->files_free,
        .name_max = statvfs->name_max,
        .read_only = statvfs->read_only,
    };
    return put(call, &out, sizeof(out));
}

int64_t files_statvfs(struct files_call *call)
{
    struct fs_statvfs statvfs;
    int rc = fs_statvfs(call->process, call->path, &statvfs);
    return rc ? rc : put_statvfs(call, &statvfs);
}

int64_t files_fstatvfs(struct files_call *call)
{
    struct fs_statvfs statvfs;
    int rc = fs_fstatvfs(call->process, call->request->fd, &statvfs);
    return rc ? rc : put_statvfs(call, &statvfs);
}

int64_t files_faccessat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_faccessat(call->process, r->fd, call->path, (int)r->mode, (int)r->arg);
}

int64_t files_fchmodat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_fchmodat(call->process, r->fd, call->path, r->mode, (int)r->arg);
}

int64_t files_fchmod(struct files_call *call)
{
    return fs_fchmod(call->process, call->request->fd, call->request->mode);
}

int64_t files_fchownat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_fchownat(call->process, r->fd, call->path, r->length2, r->mode, (int)r->arg);
}

int64_t files_fchown(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    return fs_fchown(call->process, r->fd, r->length2, r->mode);
}

/* The two times, copied once; NULL for none: now. */
static int take_times(struct files_call *call, struct ext_time times[2],
                      const struct ext_time **given)
{
    struct ivmc_file_time in[2];
    *given = NULL;
    if (!call->request->length2)
        return 0;
    if (call->request->length2 != sizeof(in))
        return -EFAULT;
    memcpy(in, call->data2, sizeof(in));
    for (unsigned i = 0; i < 2; i++)
        times[i] = (struct ext_time){in[i].seconds, in[i].nanoseconds};
    *given = times;
    return 0;
}

int64_t files_utimensat(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    struct ext_time times[2];
    const struct ext_time *given;
    int rc = take_times(call, times, &given);
    return rc ? rc : fs_utimensat(call->process, r->fd, call->path, given, (int)r->arg);
}

int64_t files_futimens(struct files_call *call)
{
    struct ext_time times[2];
    const struct ext_time *given;
    int rc = take_times(call, times, &given);
    return rc ? rc : fs_futimens(call->process, call->request->fd, given);
}

int64_t files_fcntl_lock(struct files_call *call)
{
    const struct ivmc_file_request *r = call->request;
    struct fs_flock flock = {(int16_t)r->mode, FS_SEEK_SET, (int64_t)r->offset, (int64_t)r->data,
                             0};
    bool get = r->arg == FS_F_GETLK;
    if (get && r->length2 != sizeof(struct ivmc_file_lock))
        return -EFAULT;
    int rc = fs_fcntl_lock(call->process, r->fd, (int)r->arg, &flock);
    const struct ivmc_file_lock lock = {flock.type, flock.whence, flock.process, flock.start,
                                        flock.length};
    if (!rc && get)
        memcpy(call->data2, &lock, sizeof(lock));
    return rc;
}

int64_t files_flock(struct files_call *call)
{
    return fs_flock(call->process, call->request->fd, (int)call->request->arg);
}
