/*
 * Locks of one domain, which another tries to get: a server that forgot them would give them away.
 * Files tell the other one where we are: /held is there when the locks are, /over before they go.
 */
#include "script.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

#define LOCKED "/locked"

static int holder = -1;

static int record(int fd, int command, int16_t type, int64_t start, int64_t length)
{
    struct ivmc_file_lock lock = {
        .type = type, .whence = FS_SEEK_SET, .start = start, .length = length};
    return fcntl_lock(fd, command, &lock);
}

static void make(const char *path)
{
    int fd = open(path, FS_O_WRONLY | FS_O_CREAT | FS_O_EXCL, 0644);
    test_check(fd >= 0, "%s cannot be made: errno %d", path, errno);
    close(fd);
}

void lock_hold(void)
{
    holder = open(LOCKED, FS_O_RDWR | FS_O_CREAT, 0666);
    test_returns(flock(holder, FS_LOCK_EX), 0);
    test_returns(record(holder, FS_F_SETLK, FS_F_WRLCK, 0, 100), 0);
    test_returns(record(holder, FS_F_SETLK, FS_F_UNLCK, 40, 10), 0);
    test_returns(record(holder, FS_F_SETLK, FS_F_RDLCK, 200, 0), 0);
    make("/held");
}

void lock_release(void)
{
    make("/over");
    test_returns(flock(holder, FS_LOCK_UN), 0);
    test_returns(record(holder, FS_F_SETLK, FS_F_UNLCK, 0, 0), 0);
    test_returns(close(holder), 0);
}

static bool over(void)
{
    return access("/over", FS_F_OK) == 0;
}

/* Got or not got, as it must be while the holder has its locks; unless they are gone since. */
static void try_all(int fd)
{
    bool flocked = flock(fd, FS_LOCK_EX | FS_LOCK_NB) == 0;
    bool first = record(fd, FS_F_SETLK, FS_F_RDLCK, 39, 1) == 0;
    bool gap = record(fd, FS_F_SETLK, FS_F_WRLCK, 40, 10) == 0;
    bool shared = record(fd, FS_F_SETLK, FS_F_RDLCK, 1000, 1) == 0;
    bool last = record(fd, FS_F_SETLK, FS_F_WRLCK, 1000, 1) == 0;
    test_check(!(flocked || first || last) || over(), "a lock was given away: %d %d %d", flocked,
               first, last);
    test_check(gap && shared, "a lock that is free was refused: %d %d", gap, shared);
    flock(fd, FS_LOCK_UN);
    record(fd, FS_F_SETLK, FS_F_UNLCK, 0, 0);
}

void lock_rival(void)
{
    while (access("/held", FS_F_OK))
        sleep_ns(NS_PER_MS);
    int fd = open(LOCKED, FS_O_RDWR, 0);
    while (!over()) {
        try_all(fd);
        sleep_ns(NS_PER_MS);
    }
    test_returns(flock(fd, FS_LOCK_EX), 0);
    test_returns(record(fd, FS_F_SETLKW, FS_F_WRLCK, 0, 0), 0);
    test_returns(close(fd), 0);
}
