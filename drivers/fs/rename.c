/*
 * rename. Both directories' mutexes are held from looking at the names until they have changed;
 * that a directory does not get into its own subdirectory is the volume's to check.
 */
#include "access.h"
#include "path.h"

struct renaming {
    struct fs_process *process;
    struct fs_walk from, to;
    struct ext_inode *old, *new; /* new: what is replaced, or NULL */
};

static int look_up(struct renaming *r)
{
    int rc = ext_lookup(r->from.directory, r->from.name, &r->old);
    if (rc)
        return rc;
    rc = ext_lookup(r->to.directory, r->to.name, &r->new);
    return rc == -ENOENT ? 0 : rc;
}

static int allowed(const struct renaming *r)
{
    bool is_directory = fs_kind(r->old) == FS_S_IFDIR;
    if (!is_directory && (r->from.slashes || r->to.slashes))
        return -ENOTDIR;
    int rc = fs_may_remove(r->process, r->from.directory, r->old, is_directory);
    if (!rc && r->new)
        rc = fs_may_remove(r->process, r->to.directory, r->new, is_directory);
    else if (!rc)
        rc = fs_may_create(r->process, r->to.directory);
    if (!rc && is_directory && r->from.directory != r->to.directory)
        rc = fs_may(r->process, r->old, FS_W_OK); /* its ".." changes */
    return rc;
}

static int rename(struct renaming *r)
{
    int rc = look_up(r);
    if (rc || r->old == r->new)
        return rc;
    rc = allowed(r);
    return rc ? rc : ext_rename(r->from.directory, r->from.name, r->to.directory, r->to.name);
}

int fs_renameat(struct fs_process *process, int old_directory, const char *old_path,
                int new_directory, const char *new_path)
{
    struct renaming r = {.process = process};
    int rc = fs_walk(&r.from, process, old_directory, old_path);
    if (!rc)
        rc = fs_walk(&r.to, process, new_directory, new_path);
    if (!rc && (r.from.last != FS_LAST_NAME || r.to.last != FS_LAST_NAME))
        rc = -EBUSY;
    if (!rc)
        rc = fs_writable(process->fs);
    if (!rc) {
        struct mutex *first, *second;
        fs_lock_two(process->fs, r.from.directory, r.to.directory, &first, &second);
        rc = rename(&r);
        fs_unlock_two(first, second);
    }
    if (r.old)
        ext_put(r.old);
    if (r.new)
        ext_put(r.new);
    fs_walk_end(&r.from);
    fs_walk_end(&r.to);
    return rc;
}
