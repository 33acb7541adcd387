/*
 * Whole-file locks of open file descriptions (flock). A change of an own lock gives the old one
 * back first, as Linux does; so another may come first, and without waiting it is lost.
 */
#include "lock.h"

static bool taken(const struct fs_file *asking, int kind)
{
    for (const struct fs_file *file = asking->node->files; file; file = file->next)
        if (file != asking && file->flock && (kind == FS_LOCK_EX || file->flock == FS_LOCK_EX))
            return true;
    return false;
}

static void give_back(struct fs *fs, struct fs_file *file)
{
    bool locked = file->flock != 0;
    file->flock = 0;
    if (locked)
        fs_lock_wake(fs, file->node);
}

static int take(struct fs_process *process, struct fs_file *file, int kind, bool wait)
{
    if (file->flock == kind)
        return 0;
    give_back(process->fs, file);
    while (taken(file, kind)) {
        int rc = wait ? fs_lock_wait(process, file->node, NULL) : -EAGAIN;
        if (rc)
            return rc;
    }
    file->flock = kind;
    return 0;
}

int fs_flock(struct fs_process *process, int fd, int operation)
{
    struct fs_file *file;
    int kind = operation & ~FS_LOCK_NB;
    if (kind != FS_LOCK_SH && kind != FS_LOCK_EX && kind != FS_LOCK_UN)
        return -EINVAL;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    fs_lock_call_begin(process);
    if (kind == FS_LOCK_UN)
        give_back(process->fs, file);
    else
        rc = take(process, file, kind, !(operation & FS_LOCK_NB));
    fs_file_put(process->fs, file);
    fs_lock_call_end(process);
    return rc;
}
