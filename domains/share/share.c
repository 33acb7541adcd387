/*
 * Invariant: word N of the file of meetings is written by domain N alone: how often it has come.
 * The folder gets its name when all that is in it is complete.
 */
#include "share.h"

#include <ringside-rt/hypercall.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

#define PAUSE (200 * NS_PER_US)
#define MEETINGS "/share/meetings"

static unsigned me;
static int meetings;
static uint64_t met;

int share_open(const char *path)
{
    int fd = open(path, FS_O_RDWR | FS_O_CREAT, 0644);
    if (fd < 0)
        test_error("%s: %s", path, errno_name(-errno));
    return fd;
}

static void make_folder(void)
{
    if (mkdir("/share.new", 0755))
        test_error("the folder of an earlier run is there: %s", errno_name(-errno));
    test_returns(close(share_open("/share.new/meetings")), 0);
    test_returns(rename("/share.new", "/share"), 0);
}

void share_begin(unsigned who)
{
    me = who;
    if (me == 0)
        make_folder();
    while (access(MEETINGS, FS_F_OK))
        sleep_ns(PAUSE);
    meetings = share_open(MEETINGS);
    share_meet();
}

void share_meet(void)
{
    uint64_t other = 0;
    met++;
    test_returns(pwrite(meetings, &met, sizeof(met), (off_t)(me * sizeof(met))), sizeof(met));
    for (;;) {
        ssize_t n = pread(meetings, &other, sizeof(other), (off_t)(!me * sizeof(other)));
        if (n < 0)
            test_error("the other domain cannot be met: %s", errno_name(-errno));
        if (other >= met)
            return;
        sleep_ns(PAUSE);
    }
}

void share_end(void)
{
    share_meet();
    test_returns(close(meetings), 0);
    if (me)
        return;
    test_returns(unlink(MEETINGS), 0);
    test_returns(rmdir("/share"), 0);
}

void share_lock(int fd, int command, int type, int64_t start, int64_t length, int expected)
{
    struct ivmc_file_lock lock = {
        .type = (int16_t)type, .whence = FS_SEEK_SET, .start = start, .length = length};
    int rc = fcntl_lock(fd, command, &lock);
    test_returns(rc ? -errno : 0, expected);
}
