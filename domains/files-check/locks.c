/* Two domains lock one file: they keep each other out, and nothing outlives who held it. */
#include "check.h"
#include <ringside-rt/cmdline.h>
#include <ringside-rt/string.h>
#include <ringside-rt/timer.h>

#define TEXT "written before it was unlocked"

static int record(int fd, int command, int16_t type, int64_t start, int64_t length)
{
    struct ivmc_file_lock lock = {.type = type, .start = start, .length = length};
    return fcntl_lock(fd, command, &lock);
}

/* It never gives its flock back, nor bytes 20 to 29: those go with it. */
void locks_holder(void)
{
    int fd = open("/locked", FS_O_CREAT | FS_O_RDWR, 0666);
    test_returns(flock(fd, FS_LOCK_EX), 0);
    test_returns(record(fd, FS_F_SETLK, FS_F_WRLCK, 0, 10), 0);
    test_returns(record(fd, FS_F_SETLK, FS_F_RDLCK, 20, 10), 0);
    tell("/held");
    await("/asked");
    test_returns(write(fd, TEXT, sizeof(TEXT)), sizeof(TEXT));
    test_returns(record(fd, FS_F_SETLK, FS_F_UNLCK, 0, 10), 0);
    await("/waits");
    if (cmdline_get("hang"))
        sleep_until(UINT64_MAX);
}

static void kept_out(int fd)
{
    struct ivmc_file_lock asked = {.type = FS_F_RDLCK, .length = 0};
    refused(flock(fd, FS_LOCK_EX | FS_LOCK_NB), EAGAIN);
    refused(flock(fd, FS_LOCK_SH | FS_LOCK_NB), EAGAIN);
    refused(record(fd, FS_F_SETLK, FS_F_WRLCK, 5, 1), EAGAIN);
    refused(record(fd, FS_F_SETLK, FS_F_RDLCK, 9, 1), EAGAIN);
    refused(record(fd, FS_F_SETLK, FS_F_WRLCK, 29, 1), EAGAIN);
    test_returns(record(fd, FS_F_SETLK, FS_F_RDLCK, 20, 5), 0);
    test_returns(record(fd, FS_F_SETLK, FS_F_WRLCK, 10, 10), 0);
    test_returns(fcntl_lock(fd, FS_F_GETLK, &asked), 0);
    test_equal(asked.type, FS_F_WRLCK);
    test_equal(asked.start, 0);
    test_equal(asked.length, 10);
    test_check(asked.process != test_own_domid(), "we are told to hold it ourselves");
}

void locks_waiter(void)
{
    char text[sizeof(TEXT)] = "";
    await("/held");
    int fd = open("/locked", FS_O_RDWR, 0);
    kept_out(fd);
    tell("/asked");
    test_returns(record(fd, FS_F_SETLKW, FS_F_WRLCK, 0, 10), 0);
    test_returns(pread(fd, text, sizeof(text), 0), sizeof(text));
    test_check(!strcmp(text, TEXT), "we did not wait: \"%s\"", text);
    tell("/waits");
    test_returns(flock(fd, FS_LOCK_EX), 0);
    test_returns(record(fd, FS_F_SETLKW, FS_F_WRLCK, 20, 0), 0);
}
