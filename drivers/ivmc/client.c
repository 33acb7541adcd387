/*
 * Opening a client's channel.
 *
 * Does not: closing it. The registry keeps a client's record until its domain ends, so a channel
 * that nobody wants any more stays connected, unused.
 */
#include "client.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/thread_queue.h>
#include <ringside-rt/xenstore.h>

static int start(struct ivmc_client *client)
{
    client->receiver = thread_start(ivmc_client_receive, client);
    client->manager = thread_start(ivmc_client_manage, client);
    if (!client->receiver || !client->manager)
        return -XEN_ENOMEM;
    ivmc_client_patience(client);
    bool irq = irq_save();
    while (client->gate == CLOSED || client->gate == RESUMING) {
        thread_queue_add(&client->for_gate, thread_current());
        thread_block();
    }
    irq_restore(irq);
    return client->first_status;
}

int ivmc_client_open(struct ivmc_client *client, size_t region_bytes)
{
    client->order = client->order ? client->order : IVMC_DEFAULT_ORDER;
    client->unannounced = NO_SLOT;
    if (client->path > IVMC_DIRECT || client->order < IVMC_MIN_ORDER ||
        client->order > IVMC_MAX_ORDER)
        return -XEN_EINVAL;
    client->domid = xenstore_domid();
    if (client->domid < 0)
        return client->domid;
    int rc = ivmc_client_memory(client, region_bytes);
    return rc ? rc : start(client);
}
