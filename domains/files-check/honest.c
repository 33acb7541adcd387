/*
 * A program with files of its own that nobody else touches: what it wrote is what it reads, whoever
 * else uses the server. It makes a place for others first.
 */
#include "check.h"
#include <ringside-rt/cmdline.h>
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/string.h>

#define FILES 6
#define MOST 20000u
#define PIECE 6000u

static struct file {
    int fd;
    size_t size;
    uint8_t content[MOST];
} files[FILES];

static const char *name_of(unsigned i)
{
    static char name[32];
    snprintf(name, sizeof(name), "/honest/%u", i);
    return name;
}

static void begin(struct file *file, unsigned i)
{
    file->size = 0;
    memset(file->content, 0, MOST);
    file->fd = open(name_of(i), FS_O_CREAT | FS_O_EXCL | FS_O_RDWR, 0600);
    test_check(file->fd >= 0, "%s cannot be made: %s", name_of(i), errno_name(-errno));
}

static void verify(const struct file *file)
{
    static uint8_t read[MOST + 1];
    struct stat stat;
    ssize_t got = pread(file->fd, read, sizeof(read), 0);
    test_equal(got, file->size);
    test_check(got < 0 || !memcmp(read, file->content, (size_t)got), "other bytes were read");
    test_returns(fstat(file->fd, &stat), 0);
    test_equal(stat.size, file->size);
}

static void write_some(struct file *file, struct random *random)
{
    static uint8_t piece[PIECE];
    size_t offset = random_below(random, MOST - PIECE), length = 1 + random_below(random, PIECE);
    for (size_t i = 0; i < length; i++)
        piece[i] = (uint8_t)random_next(random);
    test_returns(pwrite(file->fd, piece, length, (off_t)offset), length);
    memcpy(file->content + offset, piece, length);
    file->size = offset + length > file->size ? offset + length : file->size;
}

static void cut(struct file *file, struct random *random)
{
    size_t size = random_below(random, MOST);
    test_returns(ftruncate(file->fd, (off_t)size), 0);
    memset(file->content + size, 0, MOST - size);
    file->size = size;
}

/* One goes and comes back empty, or takes the name of another that goes. */
static void rename_or_remove(unsigned i, unsigned other)
{
    if (i == other) {
        test_returns(unlink(name_of(i)), 0);
    } else {
        test_returns(rename(name_of(i), "/honest/new"), 0);
        test_returns(rename("/honest/new", name_of(other)), 0);
        test_returns(close(files[other].fd), 0);
        files[other] = files[i];
    }
    if (i == other)
        test_returns(close(files[i].fd), 0);
    begin(&files[i], i);
}

static void operate(struct random *random)
{
    unsigned i = (unsigned)random_below(random, FILES);
    switch (random_below(random, 8)) {
    case 0:
        cut(&files[i], random);
        break;
    case 1:
        rename_or_remove(i, (unsigned)random_below(random, FILES));
        break;
    case 2:
        test_returns(fsync(files[i].fd), 0);
        break;
    case 3:
        test_returns(flock(files[i].fd, FS_LOCK_EX), 0);
        break;
    case 4:
        verify(&files[i]);
        break;
    default:
        write_some(&files[i], random);
    }
}

void honest(void)
{
    test_returns(mkdir("/honest", 0700), 0);
    for (unsigned i = 0; i < FILES; i++)
        begin(&files[i], i);
    umask(0);
    test_returns(mkdir("/common", 01777), 0);
    uint64_t operations = cmdline_u64("operations", 400);
    for (uint64_t i = 0; i < operations; i++)
        operate(random_default());
    for (unsigned i = 0; i < FILES; i++)
        verify(&files[i]);
}
