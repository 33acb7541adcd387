/*
 * Who looks at everything: names, attributes, content. What is there may be damaged, so every call
 * may fail; that each ends is what is checked.
 */
#include "check.h"
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define DEPTH 6u
#define NAMES 48u
#define CALLS_MAX 4000u

static unsigned calls, failed;

/* Counts them; false when there were enough: damaged directories can be endless. */
static bool note(int64_t result)
{
    failed += result < 0;
    return ++calls < CALLS_MAX;
}

static void look(const char *path)
{
    static char buffer[8192];
    struct stat stat;
    note(lstat(path, &stat));
    note(readlink(path, buffer, sizeof(buffer)));
    note(listxattr(path, buffer, sizeof(buffer)));
    int fd = open(path, FS_O_RDONLY, 0);
    if (!note(fd) || fd < 0)
        return;
    for (unsigned i = 0; i < 20 && read(fd, buffer, sizeof(buffer)) > 0; i++)
        note(0);
    note(close(fd));
}

static void change(const char *path)
{
    char other[FS_PATH_MAX];
    snprintf(other, sizeof(other), "%s-renamed", path);
    note(truncate(path, 5000));
    note(setxattr(path, "user.visited", "yes", 3, 0));
    note(rename(path, other));
    note(unlink(other));
    note(rmdir(other));
}

/* Names of a directory, as many as fit. */
static unsigned list(const char *path, char names[NAMES][64])
{
    static char buffer[4096] __attribute__((aligned(8)));
    unsigned count = 0;
    ssize_t got;
    int fd = open(path, FS_O_RDONLY | FS_O_DIRECTORY, 0);
    while (fd >= 0 && note(0) && (got = getdents(fd, buffer, sizeof(buffer))) > 0)
        for (ssize_t at = 0; at < got && count < NAMES;) {
            const struct fs_dirent *entry = (const struct fs_dirent *)(buffer + at);
            if (entry->name[0] != '.')
                strlcpy(names[count++], entry->name, sizeof(names[0]));
            at += entry->length;
        }
    if (fd >= 0)
        close(fd);
    return count;
}

static void visit(const char *path, unsigned depth)
{
    static char names[DEPTH][NAMES][64];
    char below[FS_PATH_MAX / 8];
    look(path);
    unsigned count = depth < DEPTH ? list(path, names[depth]) : 0;
    for (unsigned i = 0; i < count && calls < CALLS_MAX; i++) {
        snprintf(below, sizeof(below), "%s/%s", depth ? path : "", names[depth][i]);
        visit(below, depth + 1);
        if (i % 3 == 0)
            change(below);
    }
}

void visitor(void)
{
    visit("/", 0);
    note(sync());
    test_check(true, "%u calls", calls);
    printf("%u calls, %u failed\n", calls, failed);
}
