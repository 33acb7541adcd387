/*
 * New names: mkdir, mknod, symlink, link. They are made with the directory's mutex held, so nobody
 * comes between the look whether the name is there and making it.
 */
#include "name.h"
#include "access.h"
#include <ringside-rt/string.h>

/* A directory with the set-group-ID bit hands its group down, and the bit to directories. */
struct ext_new fs_new(const struct fs_process *process, const struct ext_inode *directory,
                      uint32_t mode)
{
    struct ext_attributes parent;
    struct ext_new new = {.mode = (uint16_t)mode,
                          .uid = process->credentials.uid,
                          .gid = process->credentials.gid};
    ext_get(directory, &parent);
    if (!(parent.mode & FS_S_ISGID))
        return new;
    new.gid = parent.gid;
    if ((mode & FS_S_IFMT) == FS_S_IFDIR)
        new.mode |= FS_S_ISGID;
    else if (mode & FS_S_IXGRP && !fs_privileged(process) && !fs_in_group(process, new.gid))
        new.mode &= (uint16_t)~FS_S_ISGID;
    return new;
}

static int name_free(struct fs_walk *walk, bool for_directory)
{
    struct ext_inode *there;
    int rc = ext_lookup(walk->directory, walk->name, &there);
    if (!rc) {
        ext_put(there);
        return -EEXIST;
    }
    if (rc == -ENOENT && (for_directory || !walk->slashes))
        rc = fs_may_create(walk->process, walk->directory);
    return rc;
}

int fs_name_begin(struct fs_walk *walk, struct fs_process *process, int directory,
                  const char *path, bool for_directory, struct mutex **mutex)
{
    *mutex = NULL;
    int rc = fs_walk(walk, process, directory, path);
    if (rc)
        return rc;
    if (walk->last != FS_LAST_NAME)
        return -EEXIST;
    *mutex = fs_lock(process->fs, walk->directory);
    return name_free(walk, for_directory);
}

void fs_name_end(struct fs_walk *walk, struct mutex *mutex)
{
    if (mutex)
        mutex_unlock(mutex);
    fs_walk_end(walk);
}

int fs_mkdirat(struct fs_process *process, int directory, const char *path, uint32_t mode)
{
    struct fs_walk walk;
    struct mutex *mutex;
    struct ext_inode *made = NULL;
    int rc = fs_name_begin(&walk, process, directory, path, true, &mutex);
    if (!rc) {
        uint32_t allowed = (mode & (0777 | FS_S_ISVTX)) & ~process->umask;
        struct ext_new new = fs_new(process, walk.directory, FS_S_IFDIR | allowed);
        rc = ext_mkdir(walk.directory, walk.name, &new, &made);
    }
    fs_name_end(&walk, mutex);
    if (!rc)
        ext_put(made);
    return rc;
}

static int kind_allowed(uint32_t mode)
{
    switch (mode & FS_S_IFMT) {
    case 0:
    case FS_S_IFREG:
    case FS_S_IFCHR:
    case FS_S_IFBLK:
    case FS_S_IFIFO:
    case FS_S_IFSOCK:
        return 0;
    case FS_S_IFDIR:
        return -EPERM;
    default:
        return -EINVAL;
    }
}

int fs_mknodat(struct fs_process *process, int directory, const char *path, uint32_t mode,
               uint32_t device)
{
    struct fs_walk walk;
    struct mutex *mutex;
    struct ext_inode *made = NULL;
    int rc = kind_allowed(mode);
    if (rc)
        return rc;
    uint32_t kind = mode & FS_S_IFMT ? mode & FS_S_IFMT : (uint32_t)FS_S_IFREG;
    bool is_device = kind == FS_S_IFCHR || kind == FS_S_IFBLK;
    rc = fs_name_begin(&walk, process, directory, path, false, &mutex);
    if (!rc && is_device && !fs_privileged(process))
        rc = -EPERM;
    if (!rc) {
        struct ext_new new =
            fs_new(process, walk.directory, kind | (mode & 07777 & ~process->umask));
        new.device = is_device ? device : 0;
        rc = ext_create(walk.directory, walk.name, &new, &made);
    }
    fs_name_end(&walk, mutex);
    if (!rc)
        ext_put(made);
    return rc;
}

int fs_symlinkat(struct fs_process *process, const char *target, int directory, const char *path)
{
    struct fs_walk walk;
    struct mutex *mutex;
    struct ext_inode *made = NULL;
    size_t length = strnlen(target, FS_PATH_MAX);
    if (length == 0 || length == FS_PATH_MAX)
        return length ? -ENAMETOOLONG : -ENOENT;
    int rc = fs_name_begin(&walk, process, directory, path, false, &mutex);
    if (!rc) {
        struct ext_new new = fs_new(process, walk.directory, FS_S_IFLNK | 0777);
        struct ext_name text = {target, length};
        rc = ext_symlink(walk.directory, walk.name, &new, text, &made);
    }
    fs_name_end(&walk, mutex);
    if (!rc)
        ext_put(made);
    return rc;
}
