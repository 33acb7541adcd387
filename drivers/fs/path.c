/*
 * Walking paths. Invariant: `directory` is a directory in use; `rest` begins with what comes behind
 * the last component that was taken. A symbolic link is replaced by its target in front of the
 * rest, so a path through links is one text; the number of links bounds how long it gets.
 */
#include "path.h"
#include "access.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

#define STEPS 64

static void move_to(struct fs_walk *walk, struct ext_inode *directory)
{
    ext_put(walk->directory);
    walk->directory = directory;
}

/* Takes the next component off the rest. */
static int take(struct fs_walk *walk)
{
    const char *text = walk->rest;
    while (*text == '/')
        text++;
    const char *end = text;
    while (*end && *end != '/')
        end++;
    walk->name = (struct ext_name){text, (size_t)(end - text)};
    walk->slashes = *end == '/';
    walk->rest = end;
    if (end == text) {
        walk->last = FS_LAST_ROOT;
        return 0;
    }
    walk->last = FS_LAST_NAME;
    if (walk->name.length == 1 && text[0] == '.')
        walk->last = FS_LAST_DOT;
    if (walk->name.length == 2 && text[0] == '.' && text[1] == '.')
        walk->last = FS_LAST_DOTDOT;
    int rc = fs_may(walk->process, walk->directory, FS_X_OK);
    return rc ? rc : walk->name.length > EXT_NAME_MAX ? -ENAMETOOLONG : 0;
}

int fs_walk_lookup(struct fs_walk *walk, struct ext_inode **inode)
{
    if (walk->last == FS_LAST_NAME || walk->last == FS_LAST_DOTDOT)
        return ext_lookup(walk->directory, walk->name, inode);
    *inode = ext_hold(walk->directory);
    return 0;
}

/* Puts the link's target in front of the rest. */
static int expand(struct fs_walk *walk, struct ext_inode *link)
{
    if (++walk->links > FS_SYMLOOP_MAX)
        return -ELOOP;
    size_t rest = strlen(walk->rest) + 1;
    char *text = kmalloc(EXT_SYMLINK_MAX + rest);
    if (!text)
        return -ENOMEM;
    int64_t length = ext_readlink(link, text, EXT_SYMLINK_MAX);
    if (length <= 0 || length > EXT_SYMLINK_MAX ||
        strnlen(text, (size_t)length) != (size_t)length) {
        kfree(text);
        return length < 0 ? (int)length : length ? -EUCLEAN : -ENOENT;
    }
    memcpy(text + length, walk->rest, rest);
    kfree(walk->expanded);
    walk->expanded = text;
    walk->rest = text;
    if (text[0] == '/')
        move_to(walk, ext_hold(walk->process->fs->root));
    return 0;
}

/*
 * Goes into a component that is not the last one. With links a path has up to 80,000 of them, so
 * others get their turns in between.
 */
static int step(struct fs_walk *walk)
{
    struct ext_inode *next;
    if (++walk->steps % STEPS == 0)
        thread_yield();
    int rc = fs_walk_lookup(walk, &next);
    if (rc)
        return rc;
    uint16_t kind = fs_kind(next);
    if (kind == FS_S_IFDIR) {
        move_to(walk, next);
        return 0;
    }
    rc = kind == FS_S_IFLNK ? expand(walk, next) : -ENOTDIR;
    ext_put(next);
    return rc;
}

static bool at_last(const struct fs_walk *walk)
{
    const char *text = walk->rest;
    while (*text == '/')
        text++;
    return !*text;
}

static int advance(struct fs_walk *walk)
{
    int rc = take(walk);
    while (!rc && !at_last(walk)) {
        rc = step(walk);
        if (!rc)
            rc = take(walk);
    }
    return rc;
}

int fs_walk_link(struct fs_walk *walk, struct ext_inode *link)
{
    int rc = expand(walk, link);
    ext_put(link);
    return rc ? rc : advance(walk);
}

/* Where a path begins. */
static int begin(struct fs_process *process, int directory, bool absolute, struct ext_inode **inode)
{
    struct fs_file *file;
    if (absolute || directory == FS_AT_FDCWD) {
        *inode = ext_hold(absolute ? process->fs->root : process->directory);
        return 0;
    }
    int rc = fs_file_get(process, directory, &file);
    if (rc)
        return rc;
    if (file->kind == FS_S_IFDIR)
        *inode = ext_hold(file->node->inode);
    else
        rc = -ENOTDIR;
    fs_file_put(process->fs, file);
    return rc;
}

int fs_walk(struct fs_walk *walk, struct fs_process *process, int directory, const char *path)
{
    *walk = (struct fs_walk){.process = process, .rest = path};
    if (!*path)
        return -ENOENT;
    if (strnlen(path, FS_PATH_MAX) == FS_PATH_MAX)
        return -ENAMETOOLONG;
    int rc = begin(process, directory, *path == '/', &walk->directory);
    return rc ? rc : advance(walk);
}

void fs_walk_end(struct fs_walk *walk)
{
    if (walk->directory)
        ext_put(walk->directory);
    kfree(walk->expanded);
}

int fs_resolve(struct fs_process *process, int directory, const char *path, bool follow,
               struct ext_inode **inode)
{
    struct fs_walk walk;
    struct ext_inode *found = NULL;
    int rc = fs_walk(&walk, process, directory, path);
    if (!rc)
        rc = fs_walk_lookup(&walk, &found);
    while (!rc && (follow || walk.slashes) && fs_kind(found) == FS_S_IFLNK) {
        rc = fs_walk_link(&walk, found);
        if (!rc)
            rc = fs_walk_lookup(&walk, &found);
    }
    if (!rc && walk.slashes && fs_kind(found) != FS_S_IFDIR) {
        ext_put(found);
        rc = -ENOTDIR;
    }
    *inode = found;
    fs_walk_end(&walk);
    return rc;
}
