/* What several commands do with paths; nothing is kept between calls. */
#include "paths.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define PIECE 16384

bool is_directory(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && (s.mode & FS_S_IFMT) == FS_S_IFDIR;
}

const char *base_name(const char *path)
{
    const char *base = path;
    for (const char *at = path; *at; at++)
        if (at[0] == '/' && at[1] && at[1] != '/')
            base = at + 1;
    return base;
}

const char *path_into(const char *target, const char *source)
{
    static char path[FS_PATH_MAX];
    if (!is_directory(target))
        return target;
    snprintf(path, sizeof(path), "%s/%s", target, base_name(source));
    return path;
}

static bool dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int each(int fd, char *piece, int (*fn)(void *, const struct fs_dirent *), void *arg)
{
    int rc = 0;
    ssize_t n = 0;
    while (!rc && (n = getdents(fd, piece, PIECE)) > 0)
        for (ssize_t at = 0; !rc && at < n;) {
            const struct fs_dirent *entry = (const struct fs_dirent *)(piece + at);
            rc = dots(entry->name) ? 0 : fn(arg, entry);
            at += entry->length;
        }
    return n < 0 ? -1 : rc;
}

int directory_each(const char *path, int (*fn)(void *arg, const struct fs_dirent *entry),
                   void *arg)
{
    int fd = open(path, FS_O_RDONLY | FS_O_DIRECTORY, 0);
    char *piece = fd < 0 ? NULL : kmalloc(PIECE);
    if (!piece) {
        errno = fd < 0 ? errno : ENOMEM;
        if (fd >= 0)
            close(fd);
        return -1;
    }
    int rc = each(fd, piece, fn, arg);
    int error = errno;
    kfree(piece);
    close(fd);
    errno = error;
    return rc;
}
