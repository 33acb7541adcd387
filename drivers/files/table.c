/*
 * Our descriptors: 0, 1 and 2 are the console from the start; all others are the server's, under
 * numbers of our own. Offsets are kept here, so that a new server can go on where the last one was.
 *
 * Invariant: a number of the server's stands in one entry at most. A description lives as long as
 * an entry has it.
 */
#include "link.h"
#include <ringside-rt/memory.h>

#define FREE (-1)
#define CONSOLE (-2)

static struct entry {
    int remote;
    struct files_description *of;
} table[FS_OPEN_MAX];
static bool filled;

static struct entry *entry(int fd)
{
    if (!filled)
        for (unsigned i = 0; i < FS_OPEN_MAX; i++)
            table[i].remote = i < 3 ? CONSOLE : FREE;
    filled = true;
    return fd >= 0 && fd < (int)FS_OPEN_MAX ? &table[fd] : NULL;
}

bool files_is_console(int fd)
{
    const struct entry *at = entry(fd);
    return at && at->remote == CONSOLE;
}

int files_remote(int fd)
{
    const struct entry *at = entry(fd);
    if (fd == FS_AT_FDCWD)
        return fd;
    if (!at || at->remote < 0)
        return (int)files_result(-EBADF);
    return at->of->lost ? (int)files_result(-ESTALE) : at->remote;
}

struct files_description *files_description(int fd)
{
    return entry(fd)->of;
}

int files_enter(int remote, struct files_description *of, int from)
{
    for (int fd = from; entry(fd); fd++) {
        if (entry(fd)->remote == FREE) {
            *entry(fd) = (struct entry){remote, of};
            of->users++;
            return fd;
        }
    }
    return (int)files_result(-EMFILE);
}

int files_leave(int fd)
{
    struct entry *at = entry(fd);
    int remote = at ? at->remote : FREE;
    if (remote == FREE)
        return (int)files_result(-EBADF);
    if (remote != CONSOLE && !--at->of->users)
        kfree(at->of);
    *at = (struct entry){.remote = FREE};
    return remote == CONSOLE ? -1 : remote;
}

/* The server's number of the first descriptor that shares a description; -1: this is the first. */
static int first_of(const struct entry *at)
{
    for (const struct entry *other = table; other < at; other++)
        if (other->remote >= 0 && other->of == at->of)
            return other->remote;
    return -1;
}

int files_remote_of(uint32_t ino, uint32_t generation, int not)
{
    for (const struct entry *at = table; at < table + FS_OPEN_MAX; at++)
        if (at->remote >= 0 && at->of->ino == ino && at->of->generation == generation &&
            (at->of->flags & FS_O_ACCMODE) != not)
            return at->remote;
    return -1;
}

int files_each(int (*fn)(int remote, struct files_description *of, int shared_with))
{
    int rc = 0;
    for (int fd = 0; !rc && entry(fd); fd++)
        if (entry(fd)->remote >= 0)
            rc = fn(entry(fd)->remote, entry(fd)->of, first_of(entry(fd)));
    return rc;
}
