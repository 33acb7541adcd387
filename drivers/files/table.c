/*
 * Our descriptors: 0, 1 and 2 are the console from the start; all others are the server's, under
 * numbers of our own.
 *
 * Invariant: a number of the server's stands in one entry at most.
 */
#include "link.h"

#define FREE (-1)
#define CONSOLE (-2)

static int table[FS_OPEN_MAX];
static bool filled;

static int *entry(int fd)
{
    if (!filled)
        for (unsigned i = 0; i < FS_OPEN_MAX; i++)
            table[i] = i < 3 ? CONSOLE : FREE;
    filled = true;
    return fd >= 0 && fd < (int)FS_OPEN_MAX ? &table[fd] : NULL;
}

bool files_is_console(int fd)
{
    const int *at = entry(fd);
    return at && *at == CONSOLE;
}

int files_remote(int fd)
{
    const int *at = entry(fd);
    if (fd == FS_AT_FDCWD)
        return fd;
    return at && *at >= 0 ? *at : (int)files_result(-EBADF);
}

int files_enter(int remote, int wanted)
{
    for (int fd = wanted < 0 ? 0 : wanted; entry(fd); fd++) {
        if (*entry(fd) == FREE || fd == wanted) {
            *entry(fd) = remote;
            return fd;
        }
    }
    return (int)files_result(-EMFILE);
}

int files_leave(int fd)
{
    int *at = entry(fd), remote = at ? *at : FREE;
    if (remote == FREE)
        return (int)files_result(-EBADF);
    *at = FREE;
    return remote == CONSOLE ? -1 : remote;
}
