/*
 * The shared memory of an epoch. Built while no server uses it: the last one is dead, and its
 * mappings are gone with it, so that no late store of its can hit the new rings.
 *
 * Rings are never mended but built anew from what we know: every slot that is FREE goes into
 * small_free, every large slot without a request into large_free, all else starts empty.
 */
#include "client.h"
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/string.h>

/* The two free rings, behind the shared ones, are ours alone. */
static size_t shared_ring_pages(const struct ivmc_client *client)
{
    return IVMC_SHARED_RINGS * ivmc_ring_stride(client->order) / PAGE_SIZE;
}

static int grant(grant_ref_t *ref, domid_t server, void *memory, size_t pages)
{
    int rc = grant_access_range(server, memory, (unsigned)pages, false);
    if (rc < 0)
        return -XEN_ENOSPC;
    *ref = (grant_ref_t)rc;
    return 0;
}

/* A restarted server has the domid it had, so grants outlive it. */
int ivmc_client_grant(struct ivmc_client *client, domid_t server)
{
    if (client->granted_to == server)
        return 0;
    if (client->granted_to)
        return -XEN_EPERM; /* the service has moved to another domain, which no description does */
    int rc = grant(&client->page_ref, server, client->page, 1);
    rc = rc ? rc : grant(&client->rings_ref, server, client->rings, shared_ring_pages(client));
    rc = rc ? rc
            : grant(&client->slots_ref, server, client->slots, ivmc_slot_pages(client->order));
    rc = rc ? rc : grant(&client->data_ref, server, client->data, client->data_pages);
    if (!rc)
        client->granted_to = server;
    return rc;
}

static void build_rings(struct ivmc_client *client)
{
    for (unsigned i = 0; i < IVMC_RINGS; i++) {
        scq_init_empty(&client->ring[i]);
        client->ring[i].ring->receiver = IVMC_ACTIVE;
    }
    for (unsigned i = 0; i < entries(client); i++) {
        if (client->flights[i].state == FREE)
            scq_enqueue(&client->ring[IVMC_SMALL_FREE], i);
        if (client->path == IVMC_COPY && !client->large_used[i])
            scq_enqueue(&client->ring[IVMC_LARGE_FREE], i);
    }
}

void ivmc_client_build(struct ivmc_client *client, domid_t server)
{
    if (client->port)
        event_close(client->port);
    int port = event_alloc_unbound(server);
    client->port = port < 0 ? 0 : (evtchn_port_t)port;
    if (client->port)
        event_handler_set(client->port, ivmc_client_event, client);
    client->epoch++;
    build_rings(client);
    memset(client->slots, 0, sizeof(struct ivmc_slot) << client->order);
    *client->page = (struct ivmc_channel){
        .magic = IVMC_MAGIC,
        .version = IVMC_VERSION,
        .epoch = client->epoch,
        .order = client->order,
        .path = client->path,
        .port = client->port,
        .ring_stride = (uint32_t)ivmc_ring_stride(client->order),
        .rings = {client->rings_ref, (uint32_t)shared_ring_pages(client)},
        .slots = {client->slots_ref, (uint32_t)ivmc_slot_pages(client->order)},
        .data = {client->data_ref, (uint32_t)client->data_pages},
        .rings_gfn = (uintptr_t)client->rings >> PAGE_SHIFT,
    };
}
