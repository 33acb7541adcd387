/*
 * A job is either in the list of those that ended, or the driver's. The handler notes the time,
 * counts bytes for whoever looks on, and puts it into the list; all else is the thread's.
 */
#include "load.h"

#include "traffic.h"

#include <ringside-rt/blk_stamp.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/string.h>

#define WRITER 0x68636e65626b6c62ul /* "blkbench" */

struct job {
    struct blk_request request;
    struct run *run;
    struct job *next;
    uint64_t begun_ns, ended_ns;
    bool used;
};

struct run {
    struct blk *blk;
    const struct load *load;
    struct load_result *result;
    struct job *jobs;
    struct job *ended;
    struct semaphore endings;
    struct random random;
    uint64_t last_ns;
};

static void ended(struct blk_request *request)
{
    struct job *job = CONTAINER_OF(request, struct job, request);
    struct run *run = job->run;
    job->ended_ns = clock_ns();
    if (job->used && !request->status && run->load->progress)
        *run->load->progress += request->length;
    bool irq = irq_save();
    job->next = run->ended;
    run->ended = job;
    irq_restore(irq);
    semaphore_up(&run->endings);
}

static struct blk_stamp stamp_at(const struct run *run, uint64_t block)
{
    return (struct blk_stamp){block, run->load->version, WRITER, run->load->seed};
}

static void stamp_all(const struct run *run, const struct blk_request *request)
{
    unsigned bytes = run->blk->block_bytes;
    for (uint64_t at = 0; at < request->length; at += bytes) {
        struct blk_stamp stamp = stamp_at(run, (request->offset + at) / bytes);
        blk_stamp_write((char *)request->buffer + at, bytes, &stamp);
    }
}

static void look_at_all(const struct run *run, const struct blk_request *request)
{
    unsigned bytes = run->blk->block_bytes;
    for (uint64_t at = 0; at < request->length; at += bytes) {
        struct blk_stamp found, stamp = stamp_at(run, (request->offset + at) / bytes);
        const char *block = (const char *)request->buffer + at;
        if (blk_stamp_read(block, bytes, &found, NULL) == BLK_STAMP_WHOLE &&
            memcmp(&found, &stamp, sizeof(stamp)) == 0)
            continue;
        if (run->result->wrong++ == 0)
            run->result->wrong_block = stamp.block;
    }
}

static void finish(struct run *run, struct job *job)
{
    struct load_result *result = run->result;
    if (!job->used)
        return;
    job->used = false;
    result->requests++;
    if (job->ended_ns > run->last_ns)
        run->last_ns = job->ended_ns;
    histogram_add(&result->latency, job->ended_ns - job->begun_ns);
    if (job->request.status) {
        if (result->errors++ == 0)
            result->status = job->request.status;
        return;
    }
    result->bytes += job->request.length;
    if (run->load->verify && job->request.op == BLK_READ)
        look_at_all(run, &job->request);
}

static struct job *take(struct run *run)
{
    semaphore_down(&run->endings);
    bool irq = irq_save();
    struct job *job = run->ended;
    run->ended = job->next;
    irq_restore(irq);
    finish(run, job);
    return job;
}

static void submit(struct run *run, struct job *job, uint64_t number)
{
    const struct load *load = run->load;
    uint64_t places = load->span / load->size;
    uint64_t place = load->random ? random_below(&run->random, places) : number % places;
    struct blk_request *request = &job->request;
    request->op = load->op;
    if (load->mixed)
        request->op = random_below(&run->random, 2) ? BLK_WRITE : BLK_READ;
    request->offset = load->offset + place * load->size;
    request->length = load->size;
    if (load->verify && request->op == BLK_WRITE)
        stamp_all(run, request);
    job->used = true;
    job->begun_ns = clock_ns();
    int rc = blk_submit(run->blk, request);
    if (rc)
        panic("a request at %lu of %lu bytes: %d", request->offset, request->length, rc);
}

static bool take_buffers(struct run *run)
{
    const struct load *load = run->load;
    run->jobs = kmalloc(load->depth * sizeof(struct job));
    for (unsigned i = 0; run->jobs && i < load->depth; i++) {
        struct job *job = &run->jobs[i];
        job->run = run;
        job->request.done = ended;
        job->request.buffer = blk_buffer_alloc(run->blk, load->size);
        if (!job->request.buffer)
            return false;
        ended(&job->request);
    }
    return run->jobs != NULL;
}

static void give_buffers(struct run *run)
{
    for (unsigned i = 0; run->jobs && i < run->load->depth; i++)
        if (run->jobs[i].request.buffer)
            blk_buffer_free(run->blk, run->jobs[i].request.buffer, run->load->size);
    kfree(run->jobs);
}

static bool goes_on(const struct load *load, uint64_t number)
{
    return load->deadline_ns ? clock_ns() < load->deadline_ns : number < load->requests;
}

uint64_t load_buffer_bytes(const struct load *load)
{
    return load->depth * ALIGN_UP(load->size, PAGE_SIZE);
}

static void mark(const struct load *load, const char *line)
{
    if (load->marks)
        printf("%s\n", line);
}

bool load_run(struct blk *blk, const struct load *load, struct load_result *result)
{
    struct run run = {.blk = blk, .load = load, .result = result};
    memset(result, 0, sizeof(*result));
    run.random = random_seeded(load->seed);
    bool room = take_buffers(&run);
    if (room) {
        mark(load, "begin");
        struct traffic before = traffic_of(blk);
        uint64_t begin = clock_ns();
        for (uint64_t n = 0; goes_on(load, n); n++)
            submit(&run, take(&run), n);
        for (unsigned i = 0; i < load->depth; i++)
            take(&run);
        struct traffic after = traffic_of(blk);
        mark(load, "end");
        result->ns = run.last_ns > begin ? run.last_ns - begin : 1;
        result->notifications = after.notifications - before.notifications;
        result->sleeps = after.sleeps - before.sleeps;
    }
    give_buffers(&run);
    return room;
}
