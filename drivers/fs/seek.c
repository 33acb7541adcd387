/*
 * Offsets of descriptions. Those of directories are cookies of ext_readdir: one goes where a call
 * told, or back to 0; relative to the end there is nothing.
 */
#include "process.h"

static int64_t seek(struct fs_file *file, int64_t offset, int whence)
{
    struct ext_attributes attributes;
    int64_t from = 0;
    if (whence == FS_SEEK_CUR)
        from = (int64_t)file->offset;
    else if (whence == FS_SEEK_END && file->kind == FS_S_IFREG) {
        ext_get(file->node->inode, &attributes);
        from = (int64_t)attributes.size;
    } else if (whence != FS_SEEK_SET)
        return -EINVAL;
    if (__builtin_add_overflow(from, offset, &from))
        return -EOVERFLOW;
    if (from < 0)
        return -EINVAL;
    file->offset = (uint64_t)from;
    return from;
}

int64_t fs_lseek(struct fs_process *process, int fd, int64_t offset, int whence)
{
    struct fs_file *file;
    int64_t rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    mutex_lock(&file->position);
    rc = seek(file, offset, whence);
    mutex_unlock(&file->position);
    fs_file_put(process->fs, file);
    return rc;
}
