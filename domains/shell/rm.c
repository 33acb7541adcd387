/*
 * Removes files and trees. A tree goes from its leaves: the files of a directory, then what is in
 * its first directory, and so on; the way down is one path, however deep it gets.
 */
#include "commands.h"
#include "output.h"
#include "paths.h"

#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

static char path[FS_PATH_MAX];

/* A directory's name is appended to the path, a file is removed. 1: a directory; -1: errno. */
static int sweep(void *arg, const struct fs_dirent *entry)
{
    struct stat s;
    size_t length = strlen(path);
    (void)arg;
    if (length + 1 + strlen(entry->name) >= sizeof(path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    snprintf(path + length, sizeof(path) - length, "/%s", entry->name);
    if (lstat(path, &s))
        return -1;
    if ((s.mode & FS_S_IFMT) == FS_S_IFDIR)
        return 1;
    if (unlink(path))
        return -1;
    path[length] = 0;
    return 0;
}

static int remove_tree(const char *root)
{
    size_t top = strlen(root);
    if (strlcpy(path, root, sizeof(path)) >= sizeof(path)) {
        errno = ENAMETOOLONG;
        return complain_errno("rm", root);
    }
    for (;;) {
        int found = directory_each(path, sweep, NULL);
        if (found < 0 || (!found && rmdir(path)))
            return complain_errno("rm", path);
        if (found)
            continue;
        size_t length = strlen(path);
        if (length <= top)
            return 0;
        while (path[length] != '/')
            length--;
        path[length] = 0;
    }
}

/* The root, and what ends in . or .. (POSIX: rm) */
static bool is_refused(const char *name)
{
    const char *base = base_name(name);
    const char *end = base + (*base == '.');
    end += end > base && *end == '.';
    return *base == '/' || (end > base && (!*end || *end == '/'));
}

static int remove_one(const char *name, bool recursive, bool force)
{
    struct stat s;
    if (is_refused(name)) {
        complain("rm: %s: it is not removed", name);
        return 1;
    }
    if (lstat(name, &s))
        return force && errno == ENOENT ? 0 : complain_errno("rm", name);
    bool directory = (s.mode & FS_S_IFMT) == FS_S_IFDIR;
    if (directory && recursive)
        return remove_tree(name);
    if (directory)
        errno = EISDIR;
    return directory || unlink(name) ? complain_errno("rm", name) : 0;
}

int cmd_rm(int argc, char **argv)
{
    bool recursive = false, force = false;
    int status = 0, i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++)
        for (const char *option = argv[i] + 1; *option; option++) {
            if (!strchr("fr", *option))
                return command_usage("rm");
            recursive |= *option == 'r';
            force |= *option == 'f';
        }
    if (i == argc && !force)
        return command_usage("rm");
    for (; i < argc; i++)
        status |= remove_one(argv[i], recursive, force);
    return status;
}
