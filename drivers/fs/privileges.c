/*
 * Set-user-ID and set-group-ID are lost when somebody but uid 0 changes the content: what was
 * trusted is no longer what it was. As Linux does it: the group's also where it is no program but
 * the caller is not in the group.
 */
#include "access.h"

/* The mode without what a change by this process takes from it. */
uint16_t fs_without_privileges(const struct fs_process *process,
                               const struct ext_attributes *file)
{
    uint16_t mode = file->mode & (uint16_t)~FS_S_ISUID;
    if (mode & FS_S_IXGRP || !(fs_privileged(process) || fs_in_group(process, file->gid)))
        mode &= (uint16_t)~FS_S_ISGID;
    return mode;
}

int fs_drop_privileges(struct fs_process *process, struct ext_inode *inode)
{
    struct ext_attributes file;
    ext_get(inode, &file);
    if (fs_privileged(process) || !(file.mode & (FS_S_ISUID | FS_S_ISGID)))
        return 0;
    ext_begin(process->fs->volume); /* before the mutex, as everybody */
    struct mutex *mutex = fs_lock(process->fs, inode);
    ext_get(inode, &file);
    uint16_t mode = fs_without_privileges(process, &file);
    int rc = 0;
    if (mode != file.mode) {
        file.mode = mode;
        rc = ext_set(inode, EXT_SET_MODE, &file);
    }
    mutex_unlock(mutex);
    ext_end(process->fs->volume);
    return rc;
}
