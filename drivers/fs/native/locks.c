/*
 * Locks and writers of several processes and threads, whose turns a seed decides: who waits for
 * whom, who is woken, who is told of a deadlock; and that appends and shared offsets lose nothing.
 */
#include "../../ext/native/shim.h"
#include "volume.h"
#include <ringside-rt/fs.h>
#include <ringside-rt/string.h>
#include <stdio.h>
#include <stdlib.h>

#define SEEDS 30
#define PROCESSES 3
#define HERE FS_AT_FDCWD

#define require(condition)                                                                         \
    ((condition) ? (void)0 : fail(__FILE__, __LINE__, #condition))

static uint64_t seed;

static void fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: seed %llu: not so: %s\n", file, line, (unsigned long long)seed, what);
    exit(1);
}

static struct fs *fs;
static struct fs_process *p[PROCESSES];
static int fds[PROCESSES]; /* each process's own of the file "f" */

/* A call in a thread of its own. */
struct call {
    struct fs_process *process;
    int fd, operation; /* of flock; or a record lock: */
    struct fs_flock lock;
    int rc;
    bool over;
    struct thread *thread;
};

static void run_call(void *arg)
{
    struct call *call = arg;
    if (call->operation)
        call->rc = fs_flock(call->process, call->fd, call->operation);
    else
        call->rc = fs_fcntl_lock(call->process, call->fd, FS_F_SETLKW, &call->lock);
    call->over = true;
}

static struct fs_flock piece(int16_t type, int64_t start, int64_t length)
{
    return (struct fs_flock){.type = type, .whence = FS_SEEK_SET, .start = start,
                             .length = length};
}

/* Process i asks for it and may wait. */
static struct call *ask(int i, int16_t type, int64_t start, int64_t length)
{
    struct call *call = calloc(1, sizeof(*call));
    *call = (struct call){.process = p[i], .fd = fds[i], .lock = piece(type, start, length)};
    call->thread = thread_start(run_call, call);
    return call;
}

static int answer(struct call *call)
{
    thread_join(call->thread);
    int rc = call->rc;
    free(call);
    return rc;
}

/* All others have had their turns, many times. */
static void settle(void)
{
    for (int i = 0; i < 200; i++)
        thread_yield();
}

static int lock(int i, int16_t type, int64_t start, int64_t length)
{
    struct fs_flock lock = piece(type, start, length);
    return fs_fcntl_lock(p[i], fds[i], FS_F_SETLK, &lock);
}

static void waits_until_it_is_free(void)
{
    require(!lock(0, FS_F_WRLCK, 10, 10));
    struct call *whole = ask(1, FS_F_WRLCK, 0, 0), *beside = ask(2, FS_F_WRLCK, 0, 10);
    require(answer(beside) == 0);
    settle();
    require(!whole->over);
    require(!lock(2, FS_F_UNLCK, 0, 0));
    settle();
    require(!whole->over);
    require(!lock(0, FS_F_UNLCK, 10, 5));
    settle();
    require(!whole->over);
    require(!lock(0, FS_F_RDLCK, 15, 5));
    settle();
    require(!whole->over);
    require(!lock(0, FS_F_UNLCK, 0, 0));
    require(answer(whole) == 0);
    require(lock(0, FS_F_RDLCK, 5, 1) == -EAGAIN);
}

static void readers_wait_for_a_writer_together(void)
{
    require(!lock(0, FS_F_WRLCK, 0, 0));
    struct call *one = ask(1, FS_F_RDLCK, 0, 0), *two = ask(2, FS_F_RDLCK, 0, 0);
    settle();
    require(!one->over && !two->over);
    require(!lock(0, FS_F_RDLCK, 0, 0));
    require(answer(one) == 0 && answer(two) == 0);
}

static void two_that_wait_for_each_other_are_a_deadlock(void)
{
    require(!lock(0, FS_F_WRLCK, 0, 1) && !lock(1, FS_F_WRLCK, 1, 1));
    struct call *first = ask(0, FS_F_WRLCK, 1, 1);
    settle();
    require(answer(ask(1, FS_F_WRLCK, 0, 1)) == -EDEADLK);
    require(!first->over);
    require(!lock(1, FS_F_UNLCK, 0, 0));
    require(answer(first) == 0);
}

static void three_in_a_ring_are_a_deadlock(void)
{
    for (int i = 0; i < 3; i++)
        require(!lock(i, FS_F_WRLCK, i, 1));
    struct call *first = ask(0, FS_F_RDLCK, 1, 1), *second = ask(1, FS_F_RDLCK, 2, 1);
    settle();
    require(!first->over && !second->over);
    require(answer(ask(2, FS_F_WRLCK, 0, 1)) == -EDEADLK);
    require(!lock(2, FS_F_UNLCK, 0, 0));
    require(answer(second) == 0);
    require(!lock(1, FS_F_UNLCK, 0, 0));
    require(answer(first) == 0);
}

static void three_in_a_row_are_none(void)
{
    for (int i = 0; i < 3; i++)
        require(!lock(i, FS_F_WRLCK, i, 1));
    struct call *first = ask(0, FS_F_WRLCK, 1, 1), *second = ask(1, FS_F_WRLCK, 2, 1);
    settle();
    require(!first->over && !second->over);
    require(!lock(2, FS_F_UNLCK, 2, 1));
    require(answer(second) == 0);
    require(!lock(1, FS_F_UNLCK, 0, 0));
    require(answer(first) == 0);
}

static void closing_gives_locks_to_who_waits(void)
{
    require(!lock(0, FS_F_WRLCK, 0, 0));
    struct call *next = ask(1, FS_F_WRLCK, 0, 0);
    settle();
    require(!next->over);
    int other = fs_openat(p[0], HERE, "f", FS_O_RDONLY, 0);
    require(other >= 0 && !fs_close(p[0], other));
    require(answer(next) == 0);
}

static void a_process_that_ends_gives_locks_to_who_waits(void)
{
    require(!lock(2, FS_F_WRLCK, 0, 0) && !fs_flock(p[2], fds[2], FS_LOCK_EX));
    struct call *next = ask(1, FS_F_WRLCK, 0, 0);
    struct call flock = {.process = p[0], .fd = fds[0], .operation = FS_LOCK_EX};
    flock.thread = thread_start(run_call, &flock);
    settle();
    require(!next->over && !flock.over);
    fs_process_end(p[2]);
    p[2] = NULL;
    thread_join(flock.thread);
    require(answer(next) == 0 && flock.rc == 0);
}

static void a_process_that_ends_waits_no_longer(void)
{
    require(!lock(0, FS_F_WRLCK, 0, 0) && !fs_flock(p[0], fds[0], FS_LOCK_EX));
    struct call *waiting = ask(2, FS_F_WRLCK, 0, 0);
    struct call flock = {.process = p[2], .fd = fds[2], .operation = FS_LOCK_SH};
    flock.thread = thread_start(run_call, &flock);
    settle();
    require(!waiting->over && !flock.over);
    fs_process_end(p[2]);
    p[2] = NULL;
    thread_join(flock.thread);
    require(answer(waiting) == -EINTR && flock.rc == -EINTR);
}

static void a_descriptor_closed_while_waiting_gets_no_lock(void)
{
    require(!lock(0, FS_F_WRLCK, 0, 0));
    struct call *waiting = ask(1, FS_F_WRLCK, 0, 0);
    settle();
    require(!waiting->over && !fs_close(p[1], fds[1]));
    require(!lock(0, FS_F_UNLCK, 0, 0));
    require(answer(waiting) == -EBADF);
    require(!lock(2, FS_F_WRLCK, 0, 0));
}

static void flock_waits_and_readers_share(void)
{
    require(!fs_flock(p[0], fds[0], FS_LOCK_SH) && !fs_flock(p[1], fds[1], FS_LOCK_SH));
    struct call writer = {.process = p[2], .fd = fds[2], .operation = FS_LOCK_EX};
    writer.thread = thread_start(run_call, &writer);
    settle();
    require(!fs_flock(p[0], fds[0], FS_LOCK_UN));
    settle();
    require(!writer.over);
    require(!fs_flock(p[1], fds[1], FS_LOCK_UN));
    thread_join(writer.thread);
    require(writer.rc == 0 && fs_flock(p[0], fds[0], FS_LOCK_SH | FS_LOCK_NB) == -EAGAIN);
}

/* ---- record locks against a model of single bytes */

#define RANGE 40

static int8_t held[PROCESSES][RANGE]; /* -1: not; else the type */

static bool model_conflict(int who, int16_t type, int64_t start, int64_t end)
{
    for (int i = 0; i < PROCESSES; i++)
        for (int64_t at = start; i != who && at < end; at++)
            if (held[i][at] == FS_F_WRLCK || (held[i][at] == FS_F_RDLCK && type == FS_F_WRLCK))
                return true;
    return false;
}

static void pieces_are_what_the_bytes_say(void)
{
    uint64_t state = seed + 1;
    memset(held, -1, sizeof(held));
    for (int i = 0; i < 400; i++) {
        int who = (int)native_random(&state, PROCESSES);
        int16_t type = (int16_t)native_random(&state, 3);
        int64_t start = (int64_t)native_random(&state, RANGE - 1);
        int64_t end = start + 1 + (int64_t)native_random(&state, (uint64_t)(RANGE - start));
        bool to_end = end >= RANGE, conflict;
        end = to_end ? RANGE : end;
        conflict = type != FS_F_UNLCK && model_conflict(who, type, start, end);
        struct fs_flock got = piece(type, start, to_end ? 0 : end - start);
        if (type != FS_F_UNLCK) {
            require(!fs_fcntl_lock(p[who], fds[who], FS_F_GETLK, &got));
            require((got.type == FS_F_UNLCK) != conflict);
            require(got.type == FS_F_UNLCK || got.start >= RANGE ||
                    held[got.process][got.start] == got.type);
        }
        require(lock(who, type, start, to_end ? 0 : end - start) == (conflict ? -EAGAIN : 0));
        for (int64_t at = start; !conflict && at < end; at++)
            held[who][at] = type == FS_F_UNLCK ? -1 : (int8_t)type;
    }
}

/* ---- writers at once */

#define RECORD 1500
#define RECORDS 12

struct writer {
    struct fs_process *process;
    int fd;
    char letter;
    bool vector;
    struct thread *thread;
};

static void write_records(void *arg)
{
    struct writer *writer = arg;
    char record[RECORD];
    memset(record, writer->letter, sizeof(record));
    for (int i = 0; i < RECORDS; i++) {
        struct fs_iovec pieces[] = {{record, 700}, {record + 700, 1}, {record + 701, RECORD - 701}};
        int64_t n = writer->vector ? fs_writev(writer->process, writer->fd, pieces, 3)
                                   : fs_write(writer->process, writer->fd, record, RECORD);
        require(n == RECORD);
    }
}

/* Each record is whole, and as many of each letter are there as were written. */
static void look_at_records(int writers)
{
    static char all[PROCESSES * RECORDS * RECORD + 1];
    int counts[PROCESSES] = {0};
    require(fs_pread(p[0], fds[0], all, sizeof(all), 0) == (int64_t)writers * RECORDS * RECORD);
    for (int i = 0; i < writers * RECORDS; i++) {
        char *record = all + i * RECORD;
        for (int at = 1; at < RECORD; at++)
            require(record[at] == record[0]);
        require(record[0] >= 'a' && record[0] < 'a' + writers);
        counts[record[0] - 'a']++;
    }
    for (int i = 0; i < writers; i++)
        require(counts[i] == RECORDS);
}

static void write_at_once(struct writer *writers)
{
    for (int i = 0; i < PROCESSES; i++)
        writers[i].thread = thread_start(write_records, &writers[i]);
    for (int i = 0; i < PROCESSES; i++)
        thread_join(writers[i].thread);
    look_at_records(PROCESSES);
}

static void appends_stay_whole(void)
{
    struct writer writers[PROCESSES];
    for (int i = 0; i < PROCESSES; i++)
        writers[i] = (struct writer){.process = p[i], .letter = (char)('a' + i), .vector = i != 1,
                                     .fd = fs_openat(p[i], HERE, "f", FS_O_WRONLY | FS_O_APPEND, 0)};
    write_at_once(writers);
}

static void writes_by_one_description_follow_each_other(void)
{
    struct writer writers[PROCESSES];
    for (int i = 0; i < PROCESSES; i++)
        writers[i] = (struct writer){.process = p[0], .letter = (char)('a' + i), .vector = i == 1,
                                     .fd = fs_dup(p[0], fds[0])};
    write_at_once(writers);
}

static void one_of_many_creates(void);

static const struct {
    const char *name;
    void (*run)(void);
} scenarios[] = {
#define SCENARIO(name) {#name, name}
    SCENARIO(waits_until_it_is_free),
    SCENARIO(readers_wait_for_a_writer_together),
    SCENARIO(two_that_wait_for_each_other_are_a_deadlock),
    SCENARIO(three_in_a_ring_are_a_deadlock),
    SCENARIO(three_in_a_row_are_none),
    SCENARIO(closing_gives_locks_to_who_waits),
    SCENARIO(a_process_that_ends_gives_locks_to_who_waits),
    SCENARIO(a_process_that_ends_waits_no_longer),
    SCENARIO(a_descriptor_closed_while_waiting_gets_no_lock),
    SCENARIO(flock_waits_and_readers_share),
    SCENARIO(pieces_are_what_the_bytes_say),
    SCENARIO(appends_stay_whole),
    SCENARIO(writes_by_one_description_follow_each_other),
    SCENARIO(one_of_many_creates),
};

/* ---- names at once */

struct creator {
    struct fs_process *process;
    int created, removed, renamed;
    struct thread *thread;
};

static void create_and_remove(void *arg)
{
    struct creator *creator = arg;
    for (int i = 0; i < 20; i++) {
        int fd = fs_openat(creator->process, HERE, "x", FS_O_WRONLY | FS_O_CREAT | FS_O_EXCL, 0600);
        require(fd >= 0 || fd == -EEXIST);
        creator->created += fd >= 0;
        if (fd >= 0)
            require(!fs_close(creator->process, fd));
        int rc = fs_unlinkat(creator->process, HERE, "x", 0);
        require(!rc || rc == -ENOENT);
        creator->removed += !rc;
        rc = fs_mkdirat(creator->process, HERE, "d/e", 0700);
        require(!rc || rc == -EEXIST || rc == -ENOENT);
        rc = fs_renameat(creator->process, HERE, "d", HERE, "g");
        require(!rc || rc == -ENOENT || rc == -ENOTEMPTY);
        rc = fs_renameat(creator->process, HERE, "g", HERE, "d");
        require(!rc || rc == -ENOENT || rc == -ENOTEMPTY);
    }
}

/* As many files were created as were removed, for there was only one at a time. */
static void one_of_many_creates(void)
{
    struct creator creators[PROCESSES] = {0};
    int created = 0, removed = 0;
    require(!fs_mkdirat(p[0], HERE, "d", 0700));
    for (int i = 0; i < PROCESSES; i++) {
        creators[i].process = p[i];
        creators[i].thread = thread_start(create_and_remove, &creators[i]);
    }
    for (int i = 0; i < PROCESSES; i++) {
        thread_join(creators[i].thread);
        created += creators[i].created;
        removed += creators[i].removed;
    }
    require(created == removed && created);
}

/* ---- */

static void run(unsigned scenario)
{
    static const struct fs_credentials superuser;
    struct ext *volume = volume_mount(false);
    fs = fs_attach(volume);
    for (int i = 0; i < PROCESSES; i++) {
        p[i] = fs_process(fs, (uint32_t)i, &superuser);
        fds[i] = fs_openat(p[i], HERE, "f", FS_O_RDWR | FS_O_CREAT, 0600);
        require(fds[i] >= 0);
    }
    scenarios[scenario].run();
    for (int i = 0; i < PROCESSES; i++)
        if (p[i])
            fs_process_end(p[i]);
    fs_detach(fs);
    volume_unmount(volume);
    require(seed > 2 || volume_clean());
}

static void all(void *arg)
{
    (void)arg;
    volume_make("-t ext2 -b 1024");
    for (unsigned i = 0; i < ARRAY_SIZE(scenarios); i++)
        run(i);
}

int main(void)
{
    for (seed = 1; seed <= SEEDS; seed++)
        native_run(seed, all, NULL);
    printf("%zu scenarios of locks and writers, each with %d orders of turns\n",
           ARRAY_SIZE(scenarios), SEEDS);
    return 0;
}
