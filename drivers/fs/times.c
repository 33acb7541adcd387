/*
 * utimensat and futimens. To say which time it was is for the owner; that it is now, for everybody
 * who could write the file.
 */
#include "access.h"
#include "path.h"

static const struct ext_time both_now[2] = {{.nanoseconds = FS_UTIME_NOW},
                                            {.nanoseconds = FS_UTIME_NOW}};

static bool valid(const struct ext_time *time)
{
    return time->nanoseconds < 1000000000 || time->nanoseconds == FS_UTIME_NOW ||
           time->nanoseconds == FS_UTIME_OMIT;
}

static bool both(const struct ext_time times[2], uint32_t nanoseconds)
{
    return times[0].nanoseconds == nanoseconds && times[1].nanoseconds == nanoseconds;
}

static int allowed(const struct fs_process *process, const struct ext_inode *inode,
                   const struct ext_time times[2])
{
    struct ext_attributes file;
    ext_get(inode, &file);
    if (fs_owns(process, &file))
        return 0;
    return both(times, FS_UTIME_NOW) ? fs_may(process, inode, FS_W_OK) : -EPERM;
}

/* Puts the wanted time there; the flag if it is to be set at all. */
static unsigned choose(struct ext_time *time, struct ext_time wanted, struct ext_time now,
                       unsigned flag)
{
    *time = wanted.nanoseconds == FS_UTIME_NOW ? now : wanted;
    return wanted.nanoseconds == FS_UTIME_OMIT ? 0 : flag;
}

static int set(struct fs_process *process, struct ext_inode *inode,
               const struct ext_time times[2])
{
    struct ext_attributes file;
    int rc = fs_writable(process->fs);
    if (rc)
        return rc;
    struct mutex *mutex = fs_lock(process->fs, inode);
    rc = allowed(process, inode, times);
    if (!rc) {
        struct ext_time now = ext_now(process->fs->volume);
        unsigned flags = choose(&file.accessed, times[0], now, EXT_SET_ACCESSED);
        flags |= choose(&file.modified, times[1], now, EXT_SET_MODIFIED);
        rc = ext_set(inode, flags, &file);
    }
    mutex_unlock(mutex);
    return rc;
}

int fs_utimensat(struct fs_process *process, int directory, const char *path,
                 const struct ext_time times[2], int flags)
{
    struct ext_inode *inode;
    if (!times)
        times = both_now;
    if (flags & ~FS_AT_SYMLINK_NOFOLLOW || !valid(&times[0]) || !valid(&times[1]))
        return -EINVAL;
    if (both(times, FS_UTIME_OMIT))
        return 0;
    int rc = fs_resolve(process, directory, path, !(flags & FS_AT_SYMLINK_NOFOLLOW), &inode);
    if (rc)
        return rc;
    rc = set(process, inode, times);
    ext_put(inode);
    return rc;
}

int fs_futimens(struct fs_process *process, int fd, const struct ext_time times[2])
{
    struct fs_file *file;
    if (!times)
        times = both_now;
    if (!valid(&times[0]) || !valid(&times[1]))
        return -EINVAL;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    if (!both(times, FS_UTIME_OMIT))
        rc = set(process, file->node->inode, times);
    fs_file_put(process->fs, file);
    return rc;
}
