/*
 * Calls that must be carried out once, however often their request is sent: each is checked for
 * the very result that it has then. A second unlink would say ENOENT, a second append be longer.
 */
#include "script.h"

#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define ALL (FS_O_RDWR | FS_O_CREAT | FS_O_EXCL)

struct place {
    char directory[32], a[48], b[48], c[48];
};

/* -1 and this errno. */
static void fails(long result, int expected, const char *what)
{
    int got = errno;
    test_check(result == -1 && got == expected, "%s: %ld, errno %d, not %d", what, result, got,
               expected);
}

static void has(int fd, uint64_t size, unsigned links)
{
    struct stat now;
    if (test_returns(fstat(fd, &now), 0)) {
        test_equal(now.size, size);
        test_equal(now.links, links);
    }
}

static void names(const struct place *at)
{
    char target[16];
    int fd = open(at->a, ALL, 0644);
    test_check(fd >= 0, "cannot make %s: errno %d", at->a, errno);
    test_returns(write(fd, "first", 5), 5);
    test_returns(rename(at->a, at->b), 0);
    test_returns(link(at->b, at->c), 0);
    has(fd, 5, 2);
    test_returns(unlink(at->b), 0);
    has(fd, 5, 1);
    test_returns(symlink("where", at->a), 0);
    test_returns(readlink(at->a, target, sizeof(target)), 5);
    test_returns(rename(at->a, at->c), 0);
    has(fd, 5, 0);
    test_returns(pread(fd, target, sizeof(target), 0), 5);
    test_returns(pwrite(fd, "second", 6, 5), 6);
    has(fd, 11, 0);
    test_returns(unlink(at->c), 0);
    fails(unlink(at->c), ENOENT, "unlink again");
    test_returns(close(fd), 0);
}

/* What dup shares is shared, and what is behind it is where it was. */
static void offsets(const struct place *at)
{
    char text[8] = {0};
    int fd = open(at->a, ALL, 0600), twin = dup(fd);
    int log = open(at->a, FS_O_WRONLY | FS_O_APPEND, 0);
    test_returns(write(fd, "abc", 3), 3);
    test_returns(write(log, "def", 3), 3);
    test_returns(write(twin, "D", 1), 1);
    test_returns(write(log, "gh", 2), 2);
    test_returns(lseek(fd, 0, FS_SEEK_CUR), 4);
    test_returns(read(twin, text, sizeof(text)), 4);
    test_check(memcmp(text, "efgh", 4) == 0, "%s is read", text);
    test_returns(ftruncate(fd, 2), 0);
    test_returns(write(log, "!", 1), 1);
    has(twin, 3, 1);
    test_returns(dup2(fd, log), log);
    test_returns(lseek(log, 0, FS_SEEK_CUR), 8);
    test_returns(pread(log, text, sizeof(text), 0), 3);
    has(log, 3, 1);
    test_returns(close(log) | close(twin) | close(fd), 0);
    test_returns(truncate(at->a, 0), 0);
    fails(open(at->a, ALL, 0600), EEXIST, "make it again");
    test_returns(unlink(at->a), 0);
}

static void attributes(const struct place *at)
{
    char value[8];
    int fd = open(at->a, ALL, 0600);
    test_returns(fsetxattr(fd, "user.k", "v", 1, EXT_XATTR_CREATE), 0);
    test_returns(setxattr(at->a, "user.k", "vv", 2, EXT_XATTR_REPLACE), 0);
    test_returns(fgetxattr(fd, "user.k", value, sizeof(value)), 2);
    test_returns(chmod(at->a, 0640), 0);
    test_returns(removexattr(at->a, "user.k"), 0);
    fails(fremovexattr(fd, "user.k"), ENODATA, "remove it again");
    test_returns(close(fd), 0);
    test_returns(mkdir(at->b, 0755), 0);
    test_returns(rename(at->b, at->c), 0);
    test_returns(rmdir(at->c), 0);
    fails(rmdir(at->c), ENOENT, "rmdir again");
}

/* Each line once and in its order, in a file that stays. */
static void append_line(unsigned thread, unsigned round)
{
    char path[32], line[32];
    snprintf(path, sizeof(path), "/log%u", thread);
    long length = snprintf(line, sizeof(line), "round %u\n", round);
    int fd = open(path, FS_O_WRONLY | FS_O_CREAT | FS_O_APPEND, 0644);
    test_returns(write(fd, line, (size_t)length), length);
    test_returns(fsync(fd), 0);
    test_returns(close(fd), 0);
}

void script_run(unsigned thread, unsigned round)
{
    struct place at;
    snprintf(at.directory, sizeof(at.directory), "/thread%u", thread);
    snprintf(at.a, sizeof(at.a), "%s/a", at.directory);
    snprintf(at.b, sizeof(at.b), "%s/b", at.directory);
    snprintf(at.c, sizeof(at.c), "%s/c", at.directory);
    test_returns(mkdir(at.directory, 0755), 0);
    names(&at);
    offsets(&at);
    attributes(&at);
    append_line(thread, round);
    test_returns(unlink(at.a), 0);
    test_returns(rmdir(at.directory), 0);
}
