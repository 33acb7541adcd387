/*
 * The working directory. It is kept as an inode; its path is found by going up, looking in each
 * parent for the name of where one came from, so it is right after renames.
 */
#include "access.h"
#include "path.h"
#include <ringside-rt/string.h>

/* Goes there; takes the inode over. */
static int enter(struct fs_process *process, struct ext_inode *directory)
{
    int rc = fs_kind(directory) == FS_S_IFDIR ? fs_may(process, directory, FS_X_OK) : -ENOTDIR;
    struct ext_inode *old = rc ? directory : process->directory;
    if (!rc)
        process->directory = directory;
    ext_put(old);
    return rc;
}

int fs_chdir(struct fs_process *process, const char *path)
{
    struct ext_inode *directory;
    int rc = fs_resolve(process, FS_AT_FDCWD, path, true, &directory);
    return rc ? rc : enter(process, directory);
}

int fs_fchdir(struct fs_process *process, int fd)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = enter(process, ext_hold(file->node->inode));
    fs_file_put(process->fs, file);
    return rc;
}

/* A path that grows at its front, at the end of a buffer. */
struct upwards {
    char *buffer;
    size_t start;
    uint32_t ino; /* looked for */
    int rc;
};

static bool match(void *arg, const struct ext_entry *entry)
{
    struct upwards *up = arg;
    const struct ext_name *name = &entry->name;
    bool dots = name->text[0] == '.' &&
                (name->length == 1 || (name->length == 2 && name->text[1] == '.'));
    if (entry->ino != up->ino || dots)
        return true;
    if (up->start < name->length + 1) {
        up->rc = -ERANGE;
        return false;
    }
    up->start -= name->length + 1;
    up->buffer[up->start] = '/';
    memcpy(up->buffer + up->start + 1, name->text, name->length);
    up->rc = 0;
    return false;
}

/* Puts the directory's name in front and goes to its parent. */
static int climb(struct upwards *up, struct ext_inode **directory)
{
    struct ext_attributes attributes;
    struct ext_inode *parent;
    int rc = ext_lookup(*directory, (struct ext_name){"..", 2}, &parent);
    if (rc)
        return rc;
    ext_get(*directory, &attributes);
    up->ino = attributes.ino;
    up->rc = -ENOENT;
    rc = ext_readdir(parent, 0, match, up);
    ext_put(*directory);
    *directory = parent;
    return rc ? rc : up->rc;
}

int64_t fs_getcwd(struct fs_process *process, char *buffer, size_t length)
{
    struct ext_attributes attributes;
    size_t most = length < FS_PATH_MAX ? length : FS_PATH_MAX; /* bounds the way up, too */
    struct upwards up = {.buffer = buffer, .start = most};
    if (!length)
        return -EINVAL;
    ext_get(process->directory, &attributes);
    if (!attributes.links)
        return -ENOENT;
    buffer[--up.start] = 0;
    struct ext_inode *directory = ext_hold(process->directory);
    int rc = 0;
    while (!rc && directory != process->fs->root)
        rc = climb(&up, &directory);
    ext_put(directory);
    if (rc)
        return rc;
    if (process->directory == process->fs->root || up.start == most - 1) {
        if (!up.start)
            return -ERANGE;
        buffer[--up.start] = '/';
    }
    memmove(buffer, buffer + up.start, most - up.start);
    return (int64_t)(most - up.start);
}
