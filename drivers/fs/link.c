/*
 * Links that are there: another name for a file, and what a symbolic link says.
 */
#include "name.h"

int fs_linkat(struct fs_process *process, int old_directory, const char *old_path,
              int new_directory, const char *new_path, int flags)
{
    struct fs_walk walk;
    struct mutex *mutex;
    struct ext_inode *inode;
    if (flags & ~FS_AT_SYMLINK_FOLLOW)
        return -EINVAL;
    int rc = fs_resolve(process, old_directory, old_path, flags & FS_AT_SYMLINK_FOLLOW, &inode);
    if (rc)
        return rc;
    rc = fs_name_begin(&walk, process, new_directory, new_path, false, &mutex);
    if (!rc && fs_kind(inode) == FS_S_IFDIR)
        rc = -EPERM;
    if (!rc)
        rc = ext_link(walk.directory, walk.name, inode);
    fs_name_end(&walk, mutex);
    ext_put(inode);
    return rc;
}

int64_t fs_readlinkat(struct fs_process *process, int directory, const char *path, char *buffer,
                      size_t length)
{
    struct ext_inode *inode;
    if (!length)
        return -EINVAL;
    int rc = fs_resolve(process, directory, path, false, &inode);
    if (rc)
        return rc;
    int64_t got = fs_kind(inode) == FS_S_IFLNK ? ext_readlink(inode, buffer, length) : -EINVAL;
    ext_put(inode);
    return got > (int64_t)length ? (int64_t)length : got;
}
