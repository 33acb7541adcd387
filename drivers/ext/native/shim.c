/*
 * Threads by ucontext, each with a stack of its own. Invariant: one runs; which of those that can
 * is next is drawn from the seed, and a request is over at any later turn.
 */
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include <ringside-rt/errno.h>
#include <ringside-rt/memory.h>

#define STACK (256 * 1024)
#define THREADS 64
#define REQUESTS 1024

struct thread {
    ucontext_t context;
    void (*fn)(void *);
    void *arg;
    bool used, blocked, finished;
    struct thread *next;
    void *stack;
};

static struct thread threads[THREADS], *current;
static ucontext_t idle;
static uint64_t random_state = 1;
static uint64_t used;

static struct {
    struct native_disk *disk;
    struct blk_request *request;
} under_way[REQUESTS];
static unsigned under_way_count;

uint64_t native_random(uint64_t *state, uint64_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (*state >> 11) % below;
}

static void fatal(const char *what)
{
    fprintf(stderr, "native shim: %s\n", what);
    abort();
}

void *kmalloc(size_t size)
{
    size_t *piece = calloc(1, size + 16);
    if (!piece)
        return NULL;
    *piece = size;
    used += size;
    return (char *)piece + 16;
}

void kfree(void *piece)
{
    if (!piece)
        return;
    used -= *(size_t *)((char *)piece - 16);
    free((char *)piece - 16);
}

uint64_t native_memory_used(void)
{
    return used;
}

struct thread *thread_current(void)
{
    return current;
}

static void finish_request(void)
{
    unsigned i = native_random(&random_state, under_way_count);
    struct native_disk *disk = under_way[i].disk;
    struct blk_request *r = under_way[i].request;
    under_way[i] = under_way[--under_way_count];
    char *at = disk->bytes + r->offset;
    r->status = disk->fails_after && !--disk->fails_after ? -EIO : 0;
    if (!r->status && r->op == BLK_READ) {
        memcpy(r->buffer, at, r->length);
        disk->reads++;
        disk->read_bytes += r->length;
    } else if (!r->status) {
        struct native_event event = {r->op,     r->flags,  r->offset,
                                     r->length, r->buffer, r->driver[0]};
        disk->events++;
        if (disk->heard)
            disk->heard(disk->arg, &event);
        if (r->op == BLK_WRITE)
            memcpy(at, r->buffer, r->length);
        if (r->op == BLK_WRITE_ZEROES)
            memset(at, 0, r->length);
        disk->writes += r->op == BLK_WRITE;
        disk->zeroes += r->op == BLK_WRITE_ZEROES;
        disk->flushes += r->op == BLK_FLUSH;
        disk->written_bytes += r->length;
    }
    if (r->done)
        r->done(r);
}

/* Goes on with any thread that can; finishes requests now and then, always if none can. */
static void schedule(void)
{
    for (;;) {
        unsigned can = 0;
        if (under_way_count && native_random(&random_state, 2))
            finish_request();
        for (unsigned i = 0; i < THREADS; i++)
            can += threads[i].used && !threads[i].blocked && !threads[i].finished;
        if (!can && under_way_count) {
            finish_request();
            continue;
        }
        if (!can)
            fatal("all threads wait for ever");
        unsigned chosen = native_random(&random_state, can);
        for (unsigned i = 0; i < THREADS; i++) {
            if (!threads[i].used || threads[i].blocked || threads[i].finished || chosen--)
                continue;
            struct thread *before = current;
            current = &threads[i];
            if (before != current)
                swapcontext(&before->context, &current->context);
            return;
        }
    }
}

static void enter(void)
{
    current->fn(current->arg);
    current->finished = true;
    bool all = true;
    for (unsigned i = 0; i < THREADS; i++)
        all &= !threads[i].used || threads[i].finished;
    if (all && !under_way_count)
        setcontext(&idle);
    schedule();
    fatal("a finished thread ran");
}

struct thread *thread_start(void (*fn)(void *), void *arg)
{
    for (unsigned i = 0; i < THREADS; i++) {
        struct thread *thread = &threads[i];
        if (thread->used)
            continue;
        *thread = (struct thread){.used = true, .fn = fn, .arg = arg, .stack = malloc(STACK)};
        getcontext(&thread->context);
        thread->context.uc_stack.ss_sp = thread->stack;
        thread->context.uc_stack.ss_size = STACK;
        makecontext(&thread->context, enter, 0);
        return thread;
    }
    fatal("too many threads");
    return NULL;
}

void thread_yield(void)
{
    schedule();
}

void thread_join(struct thread *thread)
{
    while (!thread->finished)
        schedule();
    free(thread->stack);
    thread->used = false;
}

void native_run(uint64_t seed, void (*fn)(void *), void *arg)
{
    random_state = seed * 2 + 1;
    struct thread *first = thread_start(fn, arg);
    current = first;
    swapcontext(&idle, &first->context);
    current = NULL;
    for (unsigned i = 0; i < THREADS; i++) {
        if (threads[i].used)
            free(threads[i].stack);
        threads[i] = (struct thread){0};
    }
}

void semaphore_up(struct semaphore *semaphore)
{
    semaphore->count++;
    for (struct thread *t = semaphore->waiters.first; t; t = t->next)
        t->blocked = false;
    semaphore->waiters.first = NULL;
}

bool semaphore_try_down(struct semaphore *semaphore)
{
    bool taken = semaphore->count > 0;
    semaphore->count -= taken;
    return taken;
}

static void wait_in(struct thread_queue *queue)
{
    current->next = queue->first;
    queue->first = current;
    current->blocked = true;
    schedule();
}

void semaphore_down(struct semaphore *semaphore)
{
    while (!semaphore_try_down(semaphore))
        wait_in(&semaphore->waiters);
}

void mutex_lock(struct mutex *mutex)
{
    if (mutex->owner == current)
        fatal("a mutex is locked twice");
    while (mutex->owner)
        wait_in(&mutex->waiters);
    mutex->owner = current;
}

void mutex_unlock(struct mutex *mutex)
{
    if (mutex->owner != current)
        fatal("a mutex of another thread is unlocked");
    mutex->owner = NULL;
    for (struct thread *t = mutex->waiters.first; t; t = t->next)
        t->blocked = false;
    mutex->waiters.first = NULL;
}

/* As drivers/blk/order.c: what overlaps stays in order. */
static bool overlaps(const struct blk_request *a, const struct blk_request *b)
{
    return (a->op != BLK_READ || b->op != BLK_READ) && a->offset < b->offset + b->length &&
           b->offset < a->offset + a->length;
}

int blk_submit(struct blk *blk, struct blk_request *request)
{
    struct native_disk *disk = (struct native_disk *)blk;
    if (request->op != BLK_FLUSH &&
        (!request->length || request->offset % blk->block_bytes ||
         request->length % blk->block_bytes || request->offset > blk->bytes ||
         request->length > blk->bytes - request->offset))
        return -EINVAL;
    if ((request->op == BLK_READ || request->op == BLK_WRITE) &&
        !blk_reaches(blk, request->buffer, request->length))
        fatal("a buffer that the device does not reach");
    for (unsigned i = 0; i < under_way_count; i++)
        if (under_way[i].disk == disk && overlaps(under_way[i].request, request)) {
            schedule();
            i = -1;
        }
    if (under_way_count == REQUESTS)
        fatal("too many requests");
    request->driver[0] = disk->events;
    under_way[under_way_count].disk = disk;
    under_way[under_way_count++].request = request;
    return 0;
}

static void wake(struct blk_request *request)
{
    semaphore_up(request->arg);
}

int blk_run(struct blk *blk, struct blk_request *request)
{
    struct semaphore finished = {0};
    request->done = wake;
    request->arg = &finished;
    int rc = blk_submit(blk, request);
    if (rc)
        return rc;
    semaphore_down(&finished);
    return request->status;
}

int blk_read(struct blk *blk, uint64_t offset, void *buffer, uint64_t length)
{
    struct blk_request r = {.op = BLK_READ, .offset = offset, .buffer = buffer, .length = length};
    return blk_run(blk, &r);
}

int blk_write(struct blk *blk, uint64_t offset, void *buffer, uint64_t length)
{
    struct blk_request r = {.op = BLK_WRITE, .offset = offset, .buffer = buffer, .length = length};
    return blk_run(blk, &r);
}

int blk_flush(struct blk *blk)
{
    struct blk_request r = {.op = BLK_FLUSH};
    return blk_run(blk, &r);
}
