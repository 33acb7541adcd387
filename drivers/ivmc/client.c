/*
 * Opening a block device that a storage server serves.
 *
 * Does not: closing the channel. The registry keeps a client's record until its domain ends, so a
 * device that was closed stays connected, unused.
 */
#include "client.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/thread_queue.h>
#include <ringside-rt/xenstore.h>

#define DEFAULT_REGION (16ul << 20)

static void close(struct blk *blk)
{
    (void)blk;
}

static const struct blk_ops ops = {
    .submit = ivmc_client_submit,
    .buffer_alloc = ivmc_client_buffer,
    .buffer_free = ivmc_client_buffer_free,
    .close = close,
};

static int start(struct ivmc_client *client)
{
    client->receiver = thread_start(ivmc_client_receive, client);
    client->manager = thread_start(ivmc_client_manage, client);
    if (!client->receiver || !client->manager)
        return -XEN_ENOMEM;
    ivmc_client_patience(client);
    bool irq = irq_save();
    while (client->gate == CLOSED) {
        thread_queue_add(&client->for_gate, thread_current());
        thread_block();
    }
    irq_restore(irq);
    return client->first_status;
}

int blk_open_ivmc(const struct blk_ivmc_options *options, struct blk **blk)
{
    struct ivmc_client *client = kmalloc(sizeof(*client));
    if (!client)
        return -XEN_ENOMEM;
    client->blk.ops = &ops;
    client->service = options->service ? options->service : "storage";
    client->path = options->path;
    client->order = options->order ? options->order : IVMC_DEFAULT_ORDER;
    client->unannounced = NO_SLOT;
    if (client->path > IVMC_DIRECT || client->order < IVMC_MIN_ORDER ||
        client->order > IVMC_MAX_ORDER)
        return -XEN_EINVAL;
    client->domid = xenstore_domid();
    if (client->domid < 0)
        return client->domid;
    int rc = ivmc_client_memory(client, options->region_bytes ? options->region_bytes
                                                              : DEFAULT_REGION);
    rc = rc ? rc : start(client);
    *blk = &client->blk;
    return rc;
}

const struct ivmc_statistics *ivmc_client_statistics(const struct blk *blk)
{
    return &CONTAINER_OF(blk, const struct ivmc_client, blk)->statistics;
}
