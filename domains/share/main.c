/*
 * Two domains work on the same files, and what one does the other sees.
 *
 *   me=0|1     which of the two this is; 0 makes the folder /share, and removes it at the end
 *   rounds=N   of each part (40)
 *
 * Parts: a counter that both raise under a record lock, one under flock; a record that one writes
 * and the other reads, each under its lock; a lock that the other is refused; names that change
 * hands. Each part is over when both say so.
 */
#include "share.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define RECORD 4096

static unsigned me, rounds;

/* What a counter is at the end; the lock is all that keeps a round of the other's out. */
static uint64_t raise_counter(const char *path, void (*lock)(int fd), void (*unlock)(int fd))
{
    uint64_t value = 0;
    int fd = share_open(path);
    for (unsigned i = 0; i < rounds; i++) {
        lock(fd);
        test_check(pread(fd, &value, sizeof(value), 0) >= 0, "%s cannot be read", path);
        value++;
        test_returns(pwrite(fd, &value, sizeof(value), 0), sizeof(value));
        unlock(fd);
    }
    share_meet();
    test_returns(pread(fd, &value, sizeof(value), 0), sizeof(value));
    test_returns(close(fd), 0);
    test_equal(value, 2 * rounds);
    return value;
}

static void record_lock(int fd)
{
    share_lock(fd, FS_F_SETLKW, FS_F_WRLCK, 0, RECORD, 0);
}

static void record_unlock(int fd)
{
    share_lock(fd, FS_F_SETLK, FS_F_UNLCK, 0, RECORD, 0);
}

static void flock_lock(int fd)
{
    test_returns(flock(fd, FS_LOCK_EX), 0);
}

static void flock_unlock(int fd)
{
    test_returns(flock(fd, FS_LOCK_UN), 0);
}

/* 0 writes a record in two halves, so that it is one thing only under the lock. */
static void write_record(int fd, uint64_t *record, uint64_t version)
{
    for (unsigned i = 0; i < RECORD / sizeof(*record); i++)
        record[i] = version;
    share_lock(fd, FS_F_SETLKW, FS_F_WRLCK, 0, RECORD, 0);
    test_returns(pwrite(fd, record, RECORD / 2, 0), RECORD / 2);
    test_returns(pwrite(fd, (char *)record + RECORD / 2, RECORD / 2, RECORD / 2), RECORD / 2);
    share_lock(fd, FS_F_SETLK, FS_F_UNLCK, 0, RECORD, 0);
}

static uint64_t read_record(int fd, uint64_t *record, uint64_t last)
{
    memset(record, 0, RECORD);
    share_lock(fd, FS_F_SETLKW, FS_F_RDLCK, 0, RECORD, 0);
    test_check(pread(fd, record, RECORD, 0) >= 0, "the record cannot be read");
    share_lock(fd, FS_F_SETLK, FS_F_UNLCK, 0, RECORD, 0);
    for (unsigned i = 0; i < RECORD / sizeof(*record); i++)
        if (!test_equal(record[i], record[0]))
            break;
    test_check(record[0] >= last, "version %lu came after %lu", record[0], last);
    return record[0];
}

static void record_of_one_piece(void)
{
    int fd = share_open("/share/record");
    uint64_t *record = page_alloc(1), version = 0;
    test_need(record);
    for (unsigned i = 1; i <= rounds; i++)
        if (me == 0)
            write_record(fd, record, i);
        else
            version = read_record(fd, record, version);
    share_meet();
    test_equal(read_record(fd, record, version), rounds);
    page_free(record, 1);
    test_returns(close(fd), 0);
}

/* 0 holds bytes 0 to 99 for writing; 1 is told so, and gets those behind. */
static void refused_lock(void)
{
    int fd = share_open("/share/refused");
    if (me == 0)
        share_lock(fd, FS_F_SETLK, FS_F_WRLCK, 0, 100, 0);
    share_meet();
    if (me == 1) {
        struct ivmc_file_lock lock = {.type = FS_F_RDLCK, .start = 50, .length = 10};
        share_lock(fd, FS_F_SETLK, FS_F_RDLCK, 99, 2, -EAGAIN);
        share_lock(fd, FS_F_SETLK, FS_F_WRLCK, 100, 100, 0);
        test_returns(fcntl_lock(fd, FS_F_GETLK, &lock), 0);
        test_equal(lock.type, FS_F_WRLCK);
        test_equal(lock.start, 0);
        test_equal(lock.length, 100);
    }
    share_meet();
    test_returns(close(fd), 0);
    share_meet();
    fd = share_open("/share/refused");
    share_lock(fd, FS_F_SETLK, me ? FS_F_RDLCK : FS_F_UNLCK, 0, 100, 0);
    test_returns(close(fd), 0);
}

static int existence(const char *path)
{
    return access(path, FS_F_OK) ? -errno : 0;
}

/* A name goes to and fro; whoever did not do it looks at once. */
static void names(void)
{
    static const char *const name[] = {"/share/here", "/share/there"};
    if (me == 0)
        test_returns(close(share_open(name[0])), 0);
    share_meet();
    for (unsigned i = 0; i < rounds; i++) {
        const char *from = name[i % 2], *to = name[(i + 1) % 2];
        bool mine = i / 2 % 2 == me;
        test_returns(existence(from), 0);
        share_meet();
        if (mine)
            test_returns(rename(from, to), 0);
        share_meet();
        test_returns(existence(from), -ENOENT);
        test_returns(existence(to), 0);
        share_meet();
    }
    if (me == 1)
        test_returns(unlink(name[rounds % 2]), 0);
}

static void remove_all(void)
{
    static const char *const paths[] = {"/share/locked", "/share/flocked", "/share/record",
                                        "/share/refused"};
    share_meet();
    if (me)
        return;
    for (unsigned i = 0; i < ARRAY_SIZE(paths); i++)
        test_returns(unlink(paths[i]), 0);
}

void test_main(void)
{
    me = (unsigned)cmdline_u64("me", 0);
    rounds = (unsigned)cmdline_u64("rounds", 40);
    int rc = files_open_cmdline(0);
    if (rc)
        test_error("no files: %s", errno_name(rc));
    share_begin(me);
    uint64_t locked = raise_counter("/share/locked", record_lock, record_unlock);
    uint64_t flocked = raise_counter("/share/flocked", flock_lock, flock_unlock);
    record_of_one_piece();
    refused_lock();
    names();
    remove_all();
    share_end();
    test_returns(files_close_cmdline(), 0);
    printf("share: counters %lu and %lu, version %u, %u names changed hands\n", locked, flocked,
           rounds, rounds);
}
