/*
 * truncate and ftruncate.
 */
#include "access.h"
#include "path.h"

static int cut(struct fs_process *process, struct ext_inode *inode, int64_t size)
{
    int rc = fs_drop_privileges(process, inode);
    return rc ? rc : ext_truncate(inode, (uint64_t)size);
}

int fs_truncate(struct fs_process *process, const char *path, int64_t size)
{
    struct ext_inode *inode;
    if (size < 0)
        return -EINVAL;
    int rc = fs_resolve(process, FS_AT_FDCWD, path, true, &inode);
    if (rc)
        return rc;
    uint16_t kind = fs_kind(inode);
    if (kind != FS_S_IFREG)
        rc = kind == FS_S_IFDIR ? -EISDIR : -EINVAL;
    if (!rc)
        rc = fs_may(process, inode, FS_W_OK);
    if (!rc)
        rc = cut(process, inode, size);
    ext_put(inode);
    return rc;
}

int fs_ftruncate(struct fs_process *process, int fd, int64_t size)
{
    struct fs_file *file;
    if (size < 0)
        return -EINVAL;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    bool writable = (file->flags & FS_O_ACCMODE) != FS_O_RDONLY && file->kind == FS_S_IFREG;
    rc = writable ? cut(process, file->node->inode, size) : -EINVAL;
    fs_file_put(process->fs, file);
    return rc;
}
