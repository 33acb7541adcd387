/*
 * Extended attributes: who may use which names (xattr(7) of Linux). Their values are the volume's
 * affair.
 */
#include "xattr.h"
#include "access.h"
#include <ringside-rt/string.h>

#define VALUE_MAX 65536u

static bool in(const char *name, const char *space)
{
    return !strncmp(name, space, strlen(space));
}

/* user. names belong to files and directories; in sticky directories others may not leave any. */
static int user_allowed(const struct fs_process *process, const struct ext_inode *inode, int how)
{
    struct ext_attributes file;
    ext_get(inode, &file);
    uint16_t kind = file.mode & FS_S_IFMT;
    if (kind != FS_S_IFREG && kind != FS_S_IFDIR)
        return how == FS_W_OK ? -EPERM : -ENODATA;
    if (kind == FS_S_IFDIR && file.mode & FS_S_ISVTX && how == FS_W_OK && !fs_owns(process, &file))
        return -EPERM;
    return fs_may(process, inode, how);
}

static int allowed(const struct fs_process *process, const struct ext_inode *inode,
                   const char *name, int how)
{
    int rc = how == FS_W_OK ? fs_writable(process->fs) : 0;
    if (rc)
        return rc;
    if (in(name, "user."))
        return user_allowed(process, inode, how);
    if (in(name, "trusted."))
        return fs_privileged(process) ? 0 : how == FS_W_OK ? -EPERM : -ENODATA;
    if (in(name, "security."))
        return how == FS_R_OK || fs_privileged(process) ? 0 : -EPERM;
    return -EOPNOTSUPP;
}

/* Length of a name that can be one; -ERANGE, -EINVAL: nothing behind the prefix. */
static int64_t check(const char *name)
{
    size_t length = strnlen(name, EXT_NAME_MAX + 1);
    if (!length || length > EXT_NAME_MAX)
        return -ERANGE;
    bool whole = in(name, "user.") || in(name, "trusted.") || in(name, "security.");
    return whole && strchr(name, '.') == name + length - 1 ? -EINVAL : (int64_t)length;
}

int64_t fs_xattr_get(const struct fs_process *process, struct ext_inode *inode, const char *name,
                     void *value, size_t length)
{
    int64_t named = check(name);
    int rc = named < 0 ? (int)named : allowed(process, inode, name, FS_R_OK);
    return rc ? rc
              : ext_get_xattr(inode, (struct ext_name){name, (size_t)named}, value, length);
}

int fs_xattr_set(const struct fs_process *process, struct ext_inode *inode, const char *name,
                 const void *value, size_t length, unsigned flags)
{
    if (flags & ~(EXT_XATTR_CREATE | EXT_XATTR_REPLACE))
        return -EINVAL;
    int64_t named = check(name);
    if (named < 0 || length > VALUE_MAX)
        return named < 0 ? (int)named : -E2BIG;
    struct mutex *mutex = fs_lock(process->fs, inode);
    int rc = allowed(process, inode, name, FS_W_OK);
    if (!rc)
        rc = ext_set_xattr(inode, (struct ext_name){name, (size_t)named}, value, length, flags);
    mutex_unlock(mutex);
    return rc;
}

int fs_xattr_remove(const struct fs_process *process, struct ext_inode *inode, const char *name)
{
    int64_t named = check(name);
    if (named < 0)
        return (int)named;
    struct mutex *mutex = fs_lock(process->fs, inode);
    int rc = allowed(process, inode, name, FS_W_OK);
    if (!rc)
        rc = ext_remove_xattr(inode, (struct ext_name){name, (size_t)named});
    mutex_unlock(mutex);
    return rc;
}
