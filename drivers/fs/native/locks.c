/*
 * Locks of several processes and threads: who waits for whom, who is woken, who is told of a
 * deadlock.
 */
#include "scenario.h"
#include <stdlib.h>
#include <string.h>

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

static void a_process_told_of_its_end_does_not_begin_to_wait(void)
{
    require(!lock(0, FS_F_WRLCK, 0, 0) && !fs_flock(p[0], fds[0], FS_LOCK_EX));
    fs_process_interrupt(p[2]);
    require(answer(ask(2, FS_F_WRLCK, 0, 0)) == -EINTR);
    require(fs_flock(p[2], fds[2], FS_LOCK_SH) == -EINTR);
}

static void a_process_waits_so_often_and_no_more(void)
{
    struct call *calls[FS_LOCK_WAITS_MAX];
    require(!lock(0, FS_F_WRLCK, 0, 0));
    for (unsigned i = 0; i < FS_LOCK_WAITS_MAX; i++)
        calls[i] = ask(1, FS_F_RDLCK, i, 1);
    settle();
    require(answer(ask(1, FS_F_RDLCK, 0, 1)) == -ENOLCK);
    struct call *other = ask(2, FS_F_RDLCK, 0, 1);
    settle();
    require(!other->over && !lock(0, FS_F_UNLCK, 0, 0));
    require(answer(other) == 0);
    for (unsigned i = 0; i < FS_LOCK_WAITS_MAX; i++)
        require(answer(calls[i]) == 0);
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
    uint64_t state = scenario_seed + 1;
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

int main(void)
{
    static const struct scenario scenarios[] = {
        SCENARIO(waits_until_it_is_free),
        SCENARIO(readers_wait_for_a_writer_together),
        SCENARIO(two_that_wait_for_each_other_are_a_deadlock),
        SCENARIO(three_in_a_ring_are_a_deadlock),
        SCENARIO(three_in_a_row_are_none),
        SCENARIO(closing_gives_locks_to_who_waits),
        SCENARIO(a_process_that_ends_gives_locks_to_who_waits),
        SCENARIO(a_process_that_ends_waits_no_longer),
        SCENARIO(a_process_told_of_its_end_does_not_begin_to_wait),
        SCENARIO(a_process_waits_so_often_and_no_more),
        SCENARIO(a_descriptor_closed_while_waiting_gets_no_lock),
        SCENARIO(flock_waits_and_readers_share),
        SCENARIO(pieces_are_what_the_bytes_say),
    };
    return scenarios_run(scenarios, ARRAY_SIZE(scenarios), 1);
}
