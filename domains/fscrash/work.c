/* Invariant: each write has a number of its own, and is all that number. */
#include "work.h"

#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

#define LONGEST 5000u

static unsigned directory, writes;
static uint64_t *buffer;

/* Valid until three more are asked for. */
static const char *path(const char *name)
{
    static char paths[3][32];
    static unsigned turn;
    char *at = paths[turn++ % 3];
    snprintf(at, sizeof(paths[0]), "/w%u%s", directory, name);
    return at;
}

static int put(const char *name, int flags, unsigned length, unsigned offset)
{
    int fd = open(path(name), flags, 0644);
    if (fd < 0)
        return fd;
    writes++;
    for (unsigned i = 0; i < LONGEST / 8; i++)
        buffer[i] = writes;
    int rc = pwrite(fd, buffer, length, offset) == (ssize_t)length ? 0 : -1;
    close(fd);
    return rc;
}

static void create(void)
{
    int fd = open(path("/b"), FS_O_CREAT | FS_O_RDWR, 0644);
    if (fd >= 0)
        close(fd);
}

static void overwrite(void)
{
    put("/a", FS_O_RDWR, 2000, 512);
}

static void append(void)
{
    put("/a", FS_O_RDWR, LONGEST, 3000);
}

static void beyond(void)
{
    put("/a", FS_O_RDWR, 1500, 40000);
}

static void write_new(void)
{
    put("/b", FS_O_CREAT | FS_O_RDWR, LONGEST, 0);
}

static void shorten(void)
{
    truncate(path("/a"), 700);
}

static void lengthen(void)
{
    truncate(path("/a"), 9000);
}

static void unlink_one(void)
{
    unlink(path("/a"));
}

static void rename_one(void)
{
    rename(path("/a"), path("/b"));
}

static void rename_away(void)
{
    rename(path("/b"), path("/d/a"));
}

static void rename_directory(void)
{
    rename(path("/d"), path("/e"));
}

static void link_one(void)
{
    link(path("/a"), path("/d/l"));
}

static void symlink_one(void)
{
    symlink("a", path("/s"));
}

static void make_directory(void)
{
    mkdir(path("/e"), 0755);
}

static void remove_directory(void)
{
    rmdir(path("/d"));
}

static void (*const operations[])(void) = {
    create,      overwrite,  append,      beyond,           write_new,
    shorten,     lengthen,   unlink_one,  rename_one,       rename_away,
    link_one,    symlink_one, make_directory, remove_directory, rename_directory,
};

const unsigned work_operations = ARRAY_SIZE(operations);

void work_open(void)
{
    buffer = files_buffer_alloc(LONGEST);
    test_need(buffer);
}

void work_begin(unsigned number)
{
    directory = number;
    test_returns(mkdir(path(""), 0755), 0);
    test_returns(put("/a", FS_O_CREAT | FS_O_RDWR, 3000, 0), 0);
    test_returns(mkdir(path("/d"), 0755), 0);
    test_returns(sync(), 0);
}

void work_do(unsigned operation)
{
    operations[operation]();
}

void work_end(bool by_sync)
{
    int fd = by_sync ? -1 : open(path("/a"), FS_O_RDWR, 0);
    if (fd < 0) {
        test_returns(sync(), 0);
        return;
    }
    test_returns(fsync(fd), 0);
    close(fd);
}
