/*
 * Requests wait in one queue; threads take them in order, each carries one out at a time.
 *
 * Invariant: a request is answered only when what it changed is on the device, so that it is there
 * again after this server was killed.
 */
#include "requests.h"
#include "../../drivers/fileserver/dispatch.h"

#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>

#define THREADS 16

/* What a struct ivmc_work has for us. */
struct pending {
    struct ivmc_work *next;
};

static struct fs *shared;
static struct ext *volume;
static struct ivmc_work *first, *last;
static struct semaphore waiting;

static struct pending *pending(struct ivmc_work *work)
{
    return (struct pending *)work->backend;
}

static int connect(struct ivmc_peer *peer)
{
    const struct fs_credentials credentials = {.uid = peer->uid, .gid = peer->gid};
    peer->backend = fs_process(shared, peer->domid, &credentials);
    return peer->backend ? 0 : -ENOMEM;
}

static void leave(struct ivmc_peer *peer)
{
    fs_process_interrupt(peer->backend);
}

static void disconnect(struct ivmc_peer *peer)
{
    fs_process_end(peer->backend);
}

/* The dispatcher looks at everything. */
static int check(struct ivmc_work *work)
{
    (void)work;
    return 0;
}

static int submit(struct ivmc_work *work)
{
    pending(work)->next = NULL;
    if (first)
        pending(last)->next = work;
    else
        first = work;
    last = work;
    semaphore_up(&waiting);
    return 0;
}

static void kick(void)
{
}

const struct ivmc_backend requests_backend = {
    .work_bytes = sizeof(struct pending),
    .waits = true,
    .connect = connect,
    .leave = leave,
    .disconnect = disconnect,
    .check = check,
    .submit = submit,
    .kick = kick,
};

static void carry_out(struct ivmc_work *work, struct files_scratch *scratch)
{
    const struct files_area area = {work->peer->data, work->peer->data_bytes};
    struct ivmc_file_request request;
    memcpy(&request, &work->request, sizeof(request));
    PROBE(file_begin, thread_current(), work->peer->channel, request.sequence, request.op,
          request.fd, request.length);
    int64_t result = files_dispatch(work->peer->backend, &request, &area, scratch, &work->extra);
    if (result >= 0 && files_changes(&request)) {
        int rc = ext_sync(volume, EXT_WRITTEN);
        result = rc ? rc : result;
    }
    PROBE(file_end, thread_current(), result, work->extra);
    work->result = result < 0 ? 0 : result;
    bool irq = irq_save();
    ivmc_server_done(work, result < 0 ? (int)result : 0, 0);
    irq_restore(irq);
}

static void run(void *arg)
{
    for (;;) {
        semaphore_down(&waiting);
        struct ivmc_work *work = first;
        first = pending(work)->next;
        carry_out(work, arg);
    }
}

int requests_begin(struct fs *fs, struct ext *on)
{
    shared = fs;
    volume = on;
    for (unsigned i = 0; i < THREADS; i++) {
        struct files_scratch *scratch = kmalloc(sizeof(*scratch));
        if (!scratch || !thread_start(run, scratch))
            return -ENOMEM;
    }
    return 0;
}
