/*
 * Names that go: unlink and rmdir. What had no other name and is not open goes with its last user,
 * after the directory's mutex was given back.
 */
#include "access.h"
#include "path.h"

/* The last component is no name that could be taken out of a directory. */
static int no_name(enum fs_last last, bool want_directory)
{
    if (!want_directory)
        return -EISDIR;
    return last == FS_LAST_DOT ? -EINVAL : last == FS_LAST_DOTDOT ? -ENOTEMPTY : -EBUSY;
}

static int take_out(struct fs_walk *walk, struct ext_inode *victim, bool want_directory)
{
    if (!want_directory && walk->slashes)
        return fs_kind(victim) == FS_S_IFDIR ? -EISDIR : -ENOTDIR;
    int rc = fs_may_remove(walk->process, walk->directory, victim, want_directory);
    if (rc)
        return rc;
    return want_directory ? ext_rmdir(walk->directory, walk->name)
                          : ext_unlink(walk->directory, walk->name);
}

int fs_unlinkat(struct fs_process *process, int directory, const char *path, int flags)
{
    struct fs_walk walk;
    struct ext_inode *victim = NULL;
    bool want_directory = flags & FS_AT_REMOVEDIR;
    if (flags & ~FS_AT_REMOVEDIR)
        return -EINVAL;
    int rc = fs_walk(&walk, process, directory, path);
    if (!rc && walk.last != FS_LAST_NAME)
        rc = no_name(walk.last, want_directory);
    if (!rc)
        rc = fs_writable(process->fs);
    if (!rc) {
        struct mutex *mutex = fs_lock(process->fs, walk.directory);
        rc = ext_lookup(walk.directory, walk.name, &victim);
        if (!rc)
            rc = take_out(&walk, victim, want_directory);
        mutex_unlock(mutex);
    }
    if (victim)
        ext_put(victim);
    fs_walk_end(&walk);
    return rc;
}
