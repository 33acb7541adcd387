/*
 * A client's channel page is copied once and then checked; nothing in it is believed later. What it
 * names is mapped in three calls, whatever its size.
 */
#include "server.h"
#include <ringside-rt/event.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

static int check(const struct ivmc_channel *page, const struct ivmc_fetch *record)
{
    if (page->magic != IVMC_MAGIC || page->version != IVMC_VERSION)
        return -XEN_EINVAL;
    if (page->epoch != record->epoch || page->path > IVMC_DIRECT || page->order < IVMC_MIN_ORDER ||
        page->order > IVMC_MAX_ORDER)
        return -XEN_EINVAL;
    if (page->ring_stride != ivmc_ring_stride(page->order) ||
        page->rings.pages != IVMC_SHARED_RINGS * page->ring_stride / PAGE_SIZE ||
        page->slots.pages != ivmc_slot_pages(page->order))
        return -XEN_EINVAL;
    return page->data.pages && page->data.pages <= IVMC_MAX_DATA_PAGES ? 0 : -XEN_EINVAL;
}

int ivmc_map_area(domid_t owner, grant_ref_t first, uint32_t pages, struct grant_range *range)
{
    int status = grant_map_range(owner, first, pages, 0, range);
    if (!status)
        return 0;
    return status == GNTST_no_space || status == GNTST_no_device_space ? -XEN_ENOSPC : -XEN_EACCES;
}

static int map(domid_t client, const struct ivmc_area *area, struct grant_range *range)
{
    return ivmc_map_area(client, area->first_ref, area->pages, range);
}

static int map_areas(struct ivmc_server_channel *channel, const struct ivmc_channel *page)
{
    int rc = map(channel->peer.domid, &page->rings, &channel->rings_map);
    rc = rc ? rc : map(channel->peer.domid, &page->slots, &channel->slots_map);
    rc = rc ? rc : map(channel->peer.domid, &page->data, &channel->data_map);
    if (rc)
        return rc;
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++)
        scq_attach(&channel->ring[i],
                   (char *)channel->rings_map.address + (size_t)i * page->ring_stride,
                   channel->order);
    channel->slots = channel->slots_map.address;
    channel->peer.data = channel->data_map.address;
    channel->peer.data_bytes = (uint64_t)page->data.pages * PAGE_SIZE;
    return 0;
}

static int allocate(struct ivmc_server_channel *channel)
{
    channel->work_bytes =
        ALIGN_UP(sizeof(struct ivmc_work) + channel->backend->work_bytes, 16ul);
    channel->work = kmalloc(channel->work_bytes << channel->order);
    if (!channel->work)
        return -XEN_ENOMEM;
    return 0;
}

static int accept(struct ivmc_server_channel *channel)
{
    channel->peer.entries = 1u << channel->order;
    int rc = channel->backend->connect(&channel->peer);
    channel->accepted = !rc;
    return rc;
}

static int bind(struct ivmc_server_channel *channel, evtchn_port_t clients_port)
{
    int port = event_bind_interdomain(channel->peer.domid, clients_port);
    if (port < 0)
        return port;
    channel->port = (evtchn_port_t)port;
    channel->receiver = thread_start(ivmc_channel_receive, channel);
    if (!channel->receiver)
        return -XEN_ENOMEM;
    event_handler_set(channel->port, ivmc_channel_event, channel);
    return 0;
}

/* The client's page is ours to answer in from here on. */
static void tell(struct ivmc_server_channel *channel, uint32_t state, int status)
{
    channel->page->status = status;
    channel->page->block_bytes = channel->peer.geometry.block_bytes;
    channel->page->blocks = channel->peer.geometry.blocks;
    channel->page->max_transfer = channel->peer.geometry.max_transfer;
    channel->page->dma_domid = channel->peer.dma_domid;
    channel->page->server_epoch = channel->epoch;
    write_barrier();
    WRITE_ONCE(channel->page->server_state, state);
    if (channel->port)
        event_send(channel->port);
}

/* Also a client whose channel did not get so far as to have a port of ours must hear of it. */
static void refuse(struct ivmc_server_channel *channel, evtchn_port_t clients_port, int status)
{
    int port = channel->port ? 0 : event_bind_interdomain(channel->peer.domid, clients_port);
    if (port > 0)
        channel->port = (evtchn_port_t)port;
    tell(channel, IVMC_REFUSED, status);
}

int ivmc_channel_connect(struct ivmc_server_channel *channel, const struct ivmc_fetch *record)
{
    channel->peer.domid = record->domid;
    channel->peer.unit = record->unit;
    channel->peer.uid = record->uid;
    channel->peer.gid = record->gid;
    channel->peer.slot = record->slot;
    channel->slot = record->slot;
    channel->name = ivmc_channel_name(record->domid, record->slot);
    channel->peer.channel = channel->name;
    channel->epoch = record->epoch;
    channel->serial = record->serial;
    if (grant_map_range(channel->peer.domid, record->channel_ref, 1, 0, &channel->page_map))
        return -XEN_EACCES;
    channel->page = channel->page_map.address;
    const struct ivmc_channel page = *channel->page;
    compiler_barrier(); /* one copy, and only that is looked at */
    channel->order = page.order;
    channel->path = page.path;
    int rc = check(&page, record);
    rc = rc ? rc : map_areas(channel, &page);
    rc = rc ? rc : allocate(channel);
    rc = rc ? rc : accept(channel);
    rc = rc ? rc : bind(channel, page.port);
    if (rc)
        refuse(channel, page.port, rc);
    else
        tell(channel, IVMC_CONNECTED, 0);
    return rc;
}

static void unmap(struct grant_range *range)
{
    if (range->address)
        grant_unmap_range(range);
}

void ivmc_channel_disconnect(struct ivmc_server_channel *channel)
{
    timer_cancel(&channel->timer);
    if (channel->accepted && channel->backend->disconnect)
        channel->backend->disconnect(&channel->peer);
    if (channel->port)
        event_close(channel->port);
    ivmc_channel_detach_all(&channel->peer);
    unmap(&channel->data_map);
    unmap(&channel->slots_map);
    unmap(&channel->rings_map);
    unmap(&channel->page_map);
    kfree(channel->work);
    channel->work = NULL;
    channel->port = 0;
}
