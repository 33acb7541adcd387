/*
 * What the channels ask of this server: requests go to the threads, or wait until the clients of
 * the last server were heard.
 */
#include "requests.h"
#include "carry_out.h"
#include "client.h"
#include "recovery.h"
#include "lanes.h"
#include "share.h"
#include "workers.h"

#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

static struct fs *shared;
static struct ext *volume;

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

static int submit(struct ivmc_work *work)
{
    struct ivmc_file_request request;
    memcpy(&request, &work->request, sizeof(request));
    if (!client_waits(work->peer->backend, &request) || !recovery_hold(work))
        workers_put(work);
    return 0;
}

static void kick(void)
{
}

const struct ivmc_backend requests_backend = {
    .work_bytes = LANES_BYTES,
    .waits = true,
    .connect = connect,
    .leave = leave,
    .disconnect = disconnect,
    .check = check,
    .submit = submit,
    .kick = kick,
    .copied_behind = share_copied,
};

static void run(struct ivmc_work *work, struct files_scratch *scratch)
{
    int64_t result = carry_out(volume, work, scratch);
    work->result = result < 0 ? 0 : result;
    bool irq = irq_save();
    ivmc_server_done(work, result < 0 ? (int)result : 0, 0);
    irq_restore(irq);
}

int requests_begin(struct fs *fs, struct ext *on)
{
    uint32_t owned = 0;
    shared = fs;
    volume = on;
    int rc = replies_open(on);
    if (rc == -EBUSY)
        printf("inode 5, where replies would be kept, is a boot loader's\n");
    if (!rc)
        rc = replies_owned(&owned);
    if (!rc || rc == -EROFS)
        rc = recovery_begin(on, owned, workers_put);
    return rc ? rc : workers_begin(fs, run);
}

void requests_end(void)
{
    replies_close();
}
