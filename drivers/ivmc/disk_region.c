/*
 * Regions, at the client: memory of our own clients, mapped here, in which the server reads and
 * writes without our help. Their owners have granted it to both of us.
 *
 * Invariant: requests name ATTACHED regions only. A new server knows of them before it gets what
 * the last one did not answer.
 */
#include "disk.h"
#include <ringside-rt/print.h>
#include <ringside-rt/hypercall.h>

static const struct disk_region *find(const struct ivmc_disk *disk, const void *buffer,
                                      size_t bytes)
{
    for (unsigned i = 1; i <= IVMC_MAX_REGIONS; i++) {
        const struct disk_region *region = &disk->regions[i];
        size_t offset = (size_t)((const uint8_t *)buffer - (const uint8_t *)region->area.start);
        if (region->state == ATTACHED && offset < region->area.bytes &&
            bytes <= region->area.bytes - offset)
            return region;
    }
    return NULL;
}

bool ivmc_disk_in_region(const struct ivmc_disk *disk, const void *buffer, size_t bytes)
{
    return find(disk, buffer, bytes);
}

static uint64_t name_of(const struct ivmc_disk *disk, const struct disk_region *region)
{
    return (uint64_t)(region - disk->regions) << IVMC_REGION_SHIFT;
}

uint64_t ivmc_disk_region_offset(const struct ivmc_disk *disk, const void *buffer)
{
    const struct disk_region *region = find(disk, buffer, 0);
    if (!region)
        return UINT64_MAX; /* it is no more: whoever asked hears -XEN_EINVAL of the server */
    return name_of(disk, region) +
           (uint64_t)((const uint8_t *)buffer - (const uint8_t *)region->area.start);
}

static struct ivmc_request request_of(const struct ivmc_disk *disk,
                                      const struct disk_region *region, uint16_t op)
{
    bool attach = op == IVMC_ATTACH;
    return (struct ivmc_request){
        .op = op,
        .block = attach ? region->area.owner : 0,
        .length = attach ? (uint32_t)(region->area.bytes / PAGE_SIZE) : 0,
        .large = attach ? region->area.first_ref : 0,
        .data = name_of(disk, region),
    };
}

/* False when the channel is broken. */
static bool ask(struct ivmc_disk *disk, struct disk_region *region, uint16_t op)
{
    unsigned slot = ivmc_client_take(&disk->client, IVMC_SMALL_FREE);
    if (slot == NO_SLOT)
        return false;
    struct flight *flight = &disk->client.flights[slot];
    flight->state = HELD;
    flight->owner = region;
    flight->large = NO_SLOT;
    flight->message = request_of(disk, region, op);
    ivmc_client_post(&disk->client, slot);
    ivmc_client_notify(&disk->client);
    return true;
}

int ivmc_disk_attach(struct blk *blk, const struct blk_area *area)
{
    struct ivmc_disk *disk = CONTAINER_OF(blk, struct ivmc_disk, blk);
    struct disk_region *region = &disk->regions[1];
    if (disk->client.path != IVMC_DIRECT)
        return -XEN_EOPNOTSUPP;
    while (region <= &disk->regions[IVMC_MAX_REGIONS] && region->state != ABSENT)
        region++;
    if (region > &disk->regions[IVMC_MAX_REGIONS])
        return -XEN_ENOSPC;
    *region = (struct disk_region){ATTACHING, *area, 0, thread_current()};
    if (!ask(disk, region, IVMC_ATTACH)) {
        region->state = ABSENT;
        return -XEN_EIO;
    }
    bool irq = irq_save();
    while (region->state == ATTACHING)
        thread_block();
    irq_restore(irq);
    return region->status;
}

void ivmc_disk_detach(struct blk *blk, const void *start)
{
    struct ivmc_disk *disk = CONTAINER_OF(blk, struct ivmc_disk, blk);
    for (unsigned i = 1; i <= IVMC_MAX_REGIONS; i++) {
        struct disk_region *region = &disk->regions[i];
        if (region->state != ATTACHED || region->area.start != start)
            continue;
        region->state = DETACHING;
        if (!ask(disk, region, IVMC_DETACH))
            region->state = ABSENT;
    }
}

void ivmc_disk_region_over(struct ivmc_disk *disk, const struct flight *flight, int status)
{
    struct disk_region *region = &disk->regions[ivmc_region_number(&flight->message)];
    if (flight->message.op == IVMC_DETACH) {
        region->state = ABSENT; /* -XEN_ENOENT: that server never knew it */
        return;
    }
    if (status && region->state == ATTACHED)
        printf("ivmc: the memory of domain %u is copied from now on: %s\n", region->area.owner,
               errno_name(status));
    region->status = status;
    region->state = status ? ABSENT : ATTACHED;
    if (region->waiter)
        thread_wake(region->waiter);
    region->waiter = NULL;
}

/* One whose owner is gone meanwhile is detached; its requests fail, and only they. */
int ivmc_disk_attach_again(struct ivmc_client *client)
{
    struct ivmc_disk *disk = disk_of(client);
    int rc = 0;
    for (unsigned i = 1; !rc && i <= IVMC_MAX_REGIONS; i++) {
        struct disk_region *region = &disk->regions[i];
        if (region->state != ATTACHED)
            continue;
        client->flights[client->spare].owner = region;
        client->flights[client->spare].message = request_of(disk, region, IVMC_ATTACH);
        rc = ivmc_client_call(client);
    }
    return rc;
}
