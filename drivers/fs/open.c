/*
 * open. The descriptor is reserved and the description allocated before anything is looked up, so
 * that no file is made that could then not be opened.
 */
#include "access.h"
#include "name.h"
#include <ringside-rt/memory.h>

/* The flags that mean something here; others are ignored, as POSIX programs expect. */
#define KNOWN                                                                                     \
    (FS_O_ACCMODE | FS_O_CREAT | FS_O_EXCL | FS_O_TRUNC | FS_O_APPEND | FS_O_NONBLOCK |           \
     FS_O_SYNC | FS_O_DIRECTORY | FS_O_NOFOLLOW | FS_O_CLOEXEC)

struct opening {
    struct fs_process *process;
    int flags;
    uint32_t mode;
    struct fs_walk walk;
    struct ext_inode *inode;
    bool created;
};

static int create(struct opening *o)
{
    int rc = fs_may_create(o->process, o->walk.directory);
    if (rc)
        return rc;
    struct ext_new new = fs_new(o->process, o->walk.directory,
                                FS_S_IFREG | (o->mode & 07777 & ~o->process->umask));
    rc = ext_create(o->walk.directory, o->walk.name, &new, &o->inode);
    o->created = !rc;
    return rc;
}

/* With the directory's mutex held. */
static int look_up_or_create(struct opening *o)
{
    int rc = ext_lookup(o->walk.directory, o->walk.name, &o->inode);
    if (rc == -ENOENT && o->flags & FS_O_CREAT)
        return create(o);
    if (!rc && (o->flags & (FS_O_CREAT | FS_O_EXCL)) == (FS_O_CREAT | FS_O_EXCL)) {
        ext_put(o->inode);
        rc = -EEXIST;
    }
    return rc;
}

/* What the last component names, made if it has to be. */
static int last(struct opening *o)
{
    if (!(o->flags & FS_O_CREAT))
        return fs_walk_lookup(&o->walk, &o->inode);
    if (o->walk.last != FS_LAST_NAME)
        return o->flags & FS_O_EXCL ? -EEXIST : -EISDIR;
    if (o->walk.slashes)
        return -EISDIR;
    struct mutex *mutex = fs_lock(o->process->fs, o->walk.directory);
    int rc = look_up_or_create(o);
    mutex_unlock(mutex);
    return rc;
}

static bool follows(const struct opening *o)
{
    return fs_kind(o->inode) == FS_S_IFLNK && (!(o->flags & FS_O_NOFOLLOW) || o->walk.slashes);
}

static int find(struct opening *o, int directory, const char *path)
{
    int rc = fs_walk(&o->walk, o->process, directory, path);
    if (!rc)
        rc = last(o);
    while (!rc && follows(o)) {
        rc = fs_walk_link(&o->walk, o->inode);
        if (!rc)
            rc = last(o);
    }
    return rc;
}

/* What open asks of a file that was there. */
static int allowed(const struct opening *o)
{
    static const int wanted[] = {FS_R_OK, FS_W_OK, FS_R_OK | FS_W_OK};
    uint16_t kind = fs_kind(o->inode);
    int how = wanted[o->flags & FS_O_ACCMODE] | (o->flags & FS_O_TRUNC ? FS_W_OK : 0);
    if (kind == FS_S_IFDIR && o->flags & FS_O_CREAT)
        return -EISDIR;
    if (kind != FS_S_IFDIR && (o->walk.slashes || o->flags & FS_O_DIRECTORY))
        return -ENOTDIR;
    if (kind == FS_S_IFLNK)
        return -ELOOP;
    if (kind == FS_S_IFDIR && how & FS_W_OK)
        return -EISDIR;
    int rc = fs_may(o->process, o->inode, how);
    return rc ? rc : kind == FS_S_IFDIR || kind == FS_S_IFREG ? 0 : -ENXIO;
}

static int truncate(const struct opening *o)
{
    int rc = fs_drop_privileges(o->process, o->inode);
    return rc ? rc : ext_truncate(o->inode, 0);
}

/* Finds the inode, and gives it to the description. */
static int open(struct opening *o, int directory, const char *path, struct fs_file *file)
{
    int rc = find(o, directory, path);
    if (rc)
        return rc;
    if (!o->created)
        rc = allowed(o);
    if (!rc && !o->created && o->flags & FS_O_TRUNC)
        rc = truncate(o);
    if (rc)
        ext_put(o->inode);
    else
        rc = fs_file_open(o->process->fs, file, o->inode);
    return rc;
}

int fs_openat(struct fs_process *process, int directory, const char *path, int flags,
              uint32_t mode)
{
    struct opening o = {.process = process, .flags = flags & KNOWN, .mode = mode};
    if ((flags & FS_O_ACCMODE) == FS_O_ACCMODE ||
        (flags & (FS_O_CREAT | FS_O_DIRECTORY)) == (FS_O_CREAT | FS_O_DIRECTORY))
        return -EINVAL;
    int fd = fs_descriptor_reserve(process, 0);
    if (fd < 0)
        return fd;
    struct fs_file *file = fs_file_new(o.flags);
    int rc = file ? open(&o, directory, path, file) : -ENOMEM;
    fs_walk_end(&o.walk);
    if (rc && file) {
        fs_file_put(process->fs, file);
        file = NULL;
    }
    fs_descriptor_fill(process, fd, file, flags);
    return rc ? rc : fd;
}
