/*
 * Makes a tree that has something of everything.
 */
#include "tree.h"

#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define SECONDS 1234567890

static char path[FS_PATH_MAX];

static const char *in(const char *directory, const char *name)
{
    snprintf(path, sizeof(path), "%s/%s", directory, name);
    return path;
}

/* Bytes that tell where they stand, at these offsets. */
static void fill(const char *name, const uint64_t *offsets, unsigned count, size_t length)
{
    uint8_t *buffer = files_buffer_alloc(length);
    int fd = open(name, FS_O_RDWR | FS_O_CREAT | FS_O_EXCL, 0640);
    test_need(buffer);
    test_check(fd >= 0, "%s cannot be made: errno %d", name, errno);
    for (unsigned i = 0; i < count; i++) {
        for (size_t at = 0; at < length; at++)
            buffer[at] = (uint8_t)((offsets[i] + at) * 31 >> 3);
        test_returns(pwrite(fd, buffer, length, (off_t)offsets[i]), (long)length);
    }
    test_returns(close(fd), 0);
    files_buffer_free(buffer, length);
}

static void files(const char *directory)
{
    static const uint64_t begin[] = {0}, holes[] = {5000, 70000, 9000000};
    fill(in(directory, "empty"), begin, 0, 1);
    fill(in(directory, "small"), begin, 1, 11);
    fill(in(directory, "large"), begin, 1, 700000);
    fill(in(directory, "holes"), holes, ARRAY_SIZE(holes), 3000);
}

static void links(const char *directory)
{
    static char other[FS_PATH_MAX], target[301];
    snprintf(other, sizeof(other), "%s/small", directory);
    test_returns(link(other, in(directory, "twin")), 0);
    test_returns(symlink("small", in(directory, "short")), 0);
    memset(target, 'x', sizeof(target) - 1);
    test_returns(symlink(target, in(directory, "long")), 0);
}

/* More than a block of names. */
static void many(const char *directory)
{
    char name[64];
    test_returns(mkdir(in(directory, "many"), 0711), 0);
    for (unsigned i = 0; i < 300; i++) {
        snprintf(name, sizeof(name), "many/a-rather-long-name-of-a-file-number-%u", i);
        test_returns(mknod(in(directory, name), FS_S_IFREG | 0600, 0), 0);
    }
}

static void attributes(const char *directory)
{
    const struct ivmc_file_time times[2] = {{.seconds = SECONDS, .nanoseconds = 123456789},
                                            {.seconds = SECONDS + 1, .nanoseconds = 987654321}};
    static char value[900];
    memset(value, 'v', sizeof(value));
    in(directory, "small");
    test_returns(setxattr(path, "user.short", "value", 5, 0), 0);
    test_returns(setxattr(path, "user.long", value, sizeof(value), 0), 0);
    test_returns(chown(path, 1000, 70000), 0);
    test_returns(chmod(path, 04751), 0);
    test_returns(utimensat(FS_AT_FDCWD, path, times, 0), 0);
}

void tree_make(const char *directory)
{
    test_returns(mkdir(directory, 0755), 0);
    files(directory);
    links(directory);
    many(directory);
    test_returns(mknod(in(directory, "fifo"), FS_S_IFIFO | 0600, 0), 0);
    test_returns(mknod(in(directory, "device"), FS_S_IFBLK | 0600, 0x0803), 0);
    attributes(directory);
    test_returns(sync(), 0);
}
