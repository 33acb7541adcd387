/*
 * The calls of extended attributes: each by path and by descriptor.
 */
#include "path.h"
#include "xattr.h"

int64_t fs_getxattr(struct fs_process *process, const char *path, const char *name, void *value,
                    size_t length, bool follow)
{
    struct ext_inode *inode;
    int64_t rc = fs_resolve(process, FS_AT_FDCWD, path, follow, &inode);
    if (rc)
        return rc;
    rc = fs_xattr_get(process, inode, name, value, length);
    ext_put(inode);
    return rc;
}

int fs_setxattr(struct fs_process *process, const char *path, const char *name, const void *value,
                size_t length, unsigned flags, bool follow)
{
    struct ext_inode *inode;
    int rc = fs_resolve(process, FS_AT_FDCWD, path, follow, &inode);
    if (rc)
        return rc;
    rc = fs_xattr_set(process, inode, name, value, length, flags);
    ext_put(inode);
    return rc;
}

int fs_removexattr(struct fs_process *process, const char *path, const char *name, bool follow)
{
    struct ext_inode *inode;
    int rc = fs_resolve(process, FS_AT_FDCWD, path, follow, &inode);
    if (rc)
        return rc;
    rc = fs_xattr_remove(process, inode, name);
    ext_put(inode);
    return rc;
}

int64_t fs_listxattr(struct fs_process *process, const char *path, char *names, size_t length,
                     bool follow)
{
    struct ext_inode *inode;
    int64_t rc = fs_resolve(process, FS_AT_FDCWD, path, follow, &inode);
    if (rc)
        return rc;
    rc = fs_xattr_list(process, inode, names, length);
    ext_put(inode);
    return rc;
}

int64_t fs_fgetxattr(struct fs_process *process, int fd, const char *name, void *value,
                     size_t length)
{
    struct fs_file *file;
    int64_t rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = fs_xattr_get(process, file->node->inode, name, value, length);
    fs_file_put(process->fs, file);
    return rc;
}

int fs_fsetxattr(struct fs_process *process, int fd, const char *name, const void *value,
                 size_t length, unsigned flags)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = fs_xattr_set(process, file->node->inode, name, value, length, flags);
    fs_file_put(process->fs, file);
    return rc;
}

int fs_fremovexattr(struct fs_process *process, int fd, const char *name)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = fs_xattr_remove(process, file->node->inode, name);
    fs_file_put(process->fs, file);
    return rc;
}

int64_t fs_flistxattr(struct fs_process *process, int fd, char *names, size_t length)
{
    struct fs_file *file;
    int64_t rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = fs_xattr_list(process, file->node->inode, names, length);
    fs_file_put(process->fs, file);
    return rc;
}
