/*
 * The calls of record locks: fcntl with F_GETLK, F_SETLK, F_SETLKW.
 */
#include "lock.h"

/* What whence counts from. */
static int64_t origin(const struct fs_file *file, int whence)
{
    struct ext_attributes attributes;
    if (whence == FS_SEEK_SET)
        return 0;
    if (whence == FS_SEEK_CUR)
        return (int64_t)file->offset;
    if (whence != FS_SEEK_END)
        return -EINVAL;
    ext_get(file->node->inode, &attributes);
    return (int64_t)attributes.size;
}

/* The piece from start to start + length - 1, or with a length below 0 the one that ends there. */
static int piece(const struct fs_file *file, const struct fs_flock *flock,
                 struct fs_record_lock *lock)
{
    int64_t start = origin(file, flock->whence), end = INT64_MAX;
    if (start < 0)
        return (int)start;
    if (__builtin_add_overflow(start, flock->start, &start))
        return -EOVERFLOW;
    if (start < 0)
        return -EINVAL;
    if (flock->length > 0 && __builtin_add_overflow(start, flock->length - 1, &end))
        return -EOVERFLOW;
    if (flock->length < 0) {
        end = start - 1;
        if (__builtin_add_overflow(start, flock->length, &start) || start < 0)
            return -EINVAL;
    }
    lock->start = (uint64_t)start;
    lock->end = (uint64_t)end;
    return 0;
}

static int type_allowed(const struct fs_file *file, int command, int16_t type)
{
    int mode = file->flags & FS_O_ACCMODE;
    if (type != FS_F_RDLCK && type != FS_F_WRLCK && type != FS_F_UNLCK)
        return -EINVAL;
    if (command == FS_F_GETLK)
        return type == FS_F_UNLCK ? -EINVAL : 0;
    if ((type == FS_F_RDLCK && mode == FS_O_WRONLY) || (type == FS_F_WRLCK && mode == FS_O_RDONLY))
        return -EBADF;
    return 0;
}

static int get(const struct fs_node *node, const struct fs_record_lock *wanted,
               struct fs_flock *flock)
{
    const struct fs_record_lock *lock = fs_record_conflict(node, wanted);
    flock->type = FS_F_UNLCK;
    if (lock)
        *flock = (struct fs_flock){
            .type = lock->type,
            .whence = FS_SEEK_SET,
            .start = (int64_t)lock->start,
            .length = lock->end == INT64_MAX ? 0 : (int64_t)(lock->end - lock->start + 1),
            .process = lock->process->id};
    return 0;
}

static int set(struct fs_node *node, const struct fs_record_lock *wanted, bool wait)
{
    while (wanted->type != FS_F_UNLCK && fs_record_conflict(node, wanted)) {
        if (!wait)
            return -EAGAIN;
        if (fs_would_deadlock(node, wanted))
            return -EDEADLK;
        int rc = fs_lock_wait(wanted->process, node, wanted);
        if (rc)
            return rc;
    }
    return fs_record_set(node, wanted);
}

/* A descriptor that was closed while its call waited has lost its locks. */
static int still_open(struct fs_process *process, int fd, const struct fs_file *file)
{
    if (process->descriptors[fd].file == file)
        return 0;
    fs_record_locks_drop(process, file->node);
    return -EBADF;
}

int fs_fcntl_lock(struct fs_process *process, int fd, int command, struct fs_flock *flock)
{
    struct fs_record_lock wanted = {.process = process, .type = flock->type};
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    fs_lock_call_begin(process);
    rc = command == FS_F_GETLK || command == FS_F_SETLK || command == FS_F_SETLKW ? 0 : -EINVAL;
    if (!rc)
        rc = piece(file, flock, &wanted);
    if (!rc)
        rc = type_allowed(file, command, flock->type);
    if (!rc && command == FS_F_GETLK)
        rc = get(file->node, &wanted, flock);
    else if (!rc)
        rc = set(file->node, &wanted, command == FS_F_SETLKW);
    if (!rc)
        rc = still_open(process, fd, file);
    fs_file_put(process->fs, file);
    fs_lock_call_end(process);
    return rc;
}
