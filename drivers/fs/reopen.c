/*
 * Opening again what was open before a restart of this domain, by the inode's number.
 */
#include "access.h"

/*
 * Not more than opening by its name would give. The owner always may: it could have had the file
 * open when it took the permission from itself, and can give it back. A directory that may be
 * searched only can be where a process was.
 */
static int allowed(const struct fs_process *process, const struct ext_inode *inode, int flags)
{
    static const int wanted[] = {FS_R_OK, FS_W_OK, FS_R_OK | FS_W_OK};
    struct ext_attributes file;
    ext_get(inode, &file);
    if (fs_owns(process, &file))
        return 0;
    int rc = fs_may(process, inode, wanted[flags & FS_O_ACCMODE]);
    return rc && fs_kind(inode) == FS_S_IFDIR ? fs_may(process, inode, FS_X_OK) : rc;
}

static int open(struct fs_process *process, uint32_t ino, uint32_t generation,
                struct fs_file *file)
{
    struct ext_inode *inode;
    int rc = ext_open(process->fs->volume, ino, generation, &inode);
    if (rc)
        return rc;
    uint16_t kind = fs_kind(inode);
    bool writes = (file->flags & FS_O_ACCMODE) != FS_O_RDONLY;
    if (kind != FS_S_IFREG && kind != FS_S_IFDIR)
        rc = -ENXIO;
    else if (kind == FS_S_IFDIR && writes)
        rc = -EISDIR;
    else if (writes)
        rc = fs_writable(process->fs);
    if (!rc)
        rc = allowed(process, inode, file->flags);
    if (rc)
        ext_put(inode);
    else
        rc = fs_file_open(process->fs, file, inode);
    return rc;
}

int fs_reopen(struct fs_process *process, int fd, uint32_t ino, uint32_t generation, int flags,
              uint64_t offset)
{
    if (fd < -1 || fd >= (int)FS_OPEN_MAX)
        return -EBADF;
    if ((flags & FS_O_ACCMODE) == FS_O_ACCMODE || offset > INT64_MAX)
        return -EINVAL;
    int reserved = fs_descriptor_reserve(process, fd < 0 ? 0 : fd);
    if (reserved < 0)
        return reserved == -EMFILE && fd >= 0 ? -EBUSY : reserved;
    bool right = fd < 0 || reserved == fd;
    struct fs_file *file = right ? fs_file_new(flags) : NULL;
    int rc = !right ? -EBUSY : file ? open(process, ino, generation, file) : -ENOMEM;
    if (rc && file) {
        fs_file_put(process->fs, file);
        file = NULL;
    }
    if (file)
        file->offset = offset;
    fs_descriptor_fill(process, reserved, file, flags);
    return rc ? rc : reserved;
}
