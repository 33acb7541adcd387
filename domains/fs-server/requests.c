/*
 * Requests wait in one queue; threads take them in order, each carries one out at a time.
 */
#include "requests.h"
#include "carry_out.h"
#include "client.h"
#include "recovery.h"
#include "share.h"

#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

#define THREADS 16

static struct fs *shared;
static struct ext *volume;
static struct ivmc_work *first, *last;
static struct semaphore waiting;

struct ivmc_work **work_next(struct ivmc_work *work)
{
    return (struct ivmc_work **)work->backend;
}

static int connect(struct ivmc_peer *peer)
{
    peer->dma_domid = share_domid();
    peer->backend = client_new(shared, peer);
    return peer->backend ? 0 : -ENOMEM;
}

static void leave(struct ivmc_peer *peer)
{
    const struct client *client = peer->backend;
    fs_process_interrupt(client->process);
}

static void disconnect(struct ivmc_peer *peer)
{
    share_end(peer);
    client_end(peer->backend);
}

/* The dispatcher looks at everything. */
static int check(struct ivmc_work *work)
{
    (void)work;
    return 0;
}

static void enqueue(struct ivmc_work *work)
{
    *work_next(work) = NULL;
    if (first)
        *work_next(last) = work;
    else
        first = work;
    last = work;
    semaphore_up(&waiting);
}

static int submit(struct ivmc_work *work)
{
    struct ivmc_file_request request;
    memcpy(&request, &work->request, sizeof(request));
    if (!client_waits(work->peer->backend, &request) || !recovery_hold(work))
        enqueue(work);
    return 0;
}

static void kick(void)
{
}

const struct ivmc_backend requests_backend = {
    .work_bytes = sizeof(struct ivmc_work *),
    .waits = true,
    .connect = connect,
    .leave = leave,
    .disconnect = disconnect,
    .check = check,
    .submit = submit,
    .kick = kick,
    .copied_behind = share_copied,
};

static void run(void *scratch)
{
    for (;;) {
        semaphore_down(&waiting);
        struct ivmc_work *work = first;
        first = *work_next(work);
        int64_t result = carry_out(volume, work, scratch);
        work->result = result < 0 ? 0 : result;
        bool irq = irq_save();
        ivmc_server_done(work, result < 0 ? (int)result : 0, 0);
        irq_restore(irq);
    }
}

static int start_threads(void)
{
    for (unsigned i = 0; i < THREADS; i++) {
        struct files_scratch *scratch = kmalloc(sizeof(*scratch));
        if (!scratch || !thread_start(run, scratch))
            return -ENOMEM;
    }
    return 0;
}

int requests_begin(struct fs *fs, struct ext *on)
{
    uint32_t owned = 0;
    shared = fs;
    volume = on;
    int rc = replies_open(on);
    if (!rc)
        rc = replies_owned(&owned);
    if (!rc || rc == -EROFS)
        rc = recovery_begin(on, owned, enqueue);
    return rc ? rc : start_threads();
}

void requests_end(void)
{
    replies_close();
}
