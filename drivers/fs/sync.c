/*
 * fsync and fdatasync: durable when they return.
 */
#include "process.h"

static int sync(struct fs_process *process, int fd, bool attributes)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = ext_fsync(file->node->inode, attributes);
    fs_file_put(process->fs, file);
    return rc;
}

int fs_fsync(struct fs_process *process, int fd)
{
    return sync(process, fd, true);
}

int fs_fdatasync(struct fs_process *process, int fd)
{
    return sync(process, fd, false);
}

int fs_sync(struct fs_process *process)
{
    return ext_sync(process->fs->volume, EXT_DURABLE);
}
