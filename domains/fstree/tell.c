/*
 * Tells a tree. Hashes are FNV-1a of 64 bits (Fowler, Noll, Vo), easy to compute anywhere.
 */
#include "tree.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define PIECE 65536ul

static uint64_t fnv(uint64_t hash, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ bytes[i]) * 0x100000001b3ul;
    return hash;
}

static uint64_t content(const char *path, uint64_t size)
{
    static uint8_t *buffer;
    uint64_t hash = 0xcbf29ce484222325ul, done = 0;
    if (!buffer)
        buffer = files_buffer_alloc(PIECE);
    int fd = open(path, FS_O_RDONLY, 0);
    if (!test_check(fd >= 0, "%s cannot be opened: errno %d", path, errno))
        return 0;
    for (ssize_t n; (n = read(fd, buffer, PIECE)) != 0; done += (uint64_t)n) {
        if (!test_check(n > 0, "%s cannot be read: errno %d", path, errno))
            break;
        hash = fnv(hash, buffer, (size_t)n);
    }
    test_equal(done, size);
    test_returns(close(fd), 0);
    return hash;
}

/* Names of extended attributes and hashes of their values. */
static void attributes(const char *path)
{
    static char names[4096];
    static uint8_t value[4096];
    ssize_t length = listxattr(path, names, sizeof(names));
    test_check(length >= 0, "%s: its attributes cannot be listed: errno %d", path, errno);
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(names + at) + 1) {
        ssize_t n = getxattr(path, names + at, value, sizeof(value));
        test_check(n >= 0, "%s: %s cannot be read: errno %d", path, names + at, errno);
        printf("content %s %s %lx\n", path, names + at,
               fnv(0xcbf29ce484222325ul, value, n > 0 ? (size_t)n : 0));
    }
}

static void link_line(const char *path)
{
    static char target[FS_PATH_MAX];
    ssize_t n = readlink(path, target, sizeof(target) - 1);
    test_check(n >= 0, "%s cannot be followed: errno %d", path, errno);
    target[n < 0 ? 0 : n] = 0;
    printf("content %s to %s\n", path, target);
}

static bool line(const char *path, mode_t *mode)
{
    struct stat stat;
    if (!test_check(!lstat(path, &stat), "%s: errno %d", path, errno))
        return false;
    *mode = stat.mode & FS_S_IFMT;
    printf("content %s mode %o owner %u:%u links %u time %ld\n", path, stat.mode, stat.uid,
           stat.gid, stat.links, stat.modified.seconds);
    if (*mode == FS_S_IFLNK)
        link_line(path);
    if (*mode == FS_S_IFREG)
        printf("content %s bytes %lu hash %lx\n", path, stat.size, content(path, stat.size));
    if (*mode != FS_S_IFLNK)
        attributes(path);
    return true;
}

static bool is_dots(const char *name)
{
    return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static void below(const char *path)
{
    char *buffer = kmalloc(PIECE), *name = kmalloc(FS_PATH_MAX);
    int fd = open(path, FS_O_RDONLY | FS_O_DIRECTORY, 0);
    test_need(buffer && name);
    test_check(fd >= 0, "%s cannot be opened: errno %d", path, errno);
    for (ssize_t n; fd >= 0 && (n = getdents(fd, buffer, PIECE)) > 0;) {
        for (ssize_t at = 0; at < n;) {
            const struct fs_dirent *entry = (const struct fs_dirent *)(buffer + at);
            snprintf(name, FS_PATH_MAX, "%s/%s", path[1] ? path : "", entry->name);
            if (!is_dots(entry->name))
                tree_tell(name);
            at += entry->length;
        }
    }
    close(fd);
    kfree(buffer);
    kfree(name);
}

void tree_tell(const char *path)
{
    mode_t kind;
    if (line(path, &kind) && kind == FS_S_IFDIR)
        below(path);
}
