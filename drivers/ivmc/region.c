/*
 * Regions, at the server: memory of a third domain that a client of ours names in its requests, so
 * that what it does for that domain needs no copy. The third domain says yes by granting us the
 * pages; the registry says that the client is its server.
 *
 * Invariant: a region stays mapped as long as a request that names it is with the backend.
 */
#include "server.h"
#include <ringside-rt/ivmc_registry.h>

static unsigned attached_pages(const struct ivmc_peer *peer)
{
    unsigned pages = 0;
    for (unsigned i = 1; i <= IVMC_MAX_REGIONS; i++)
        pages += peer->regions[i].map.count;
    return pages;
}

static int attach(struct ivmc_peer *peer, struct ivmc_region *region,
                  const struct ivmc_request *request)
{
    uint32_t pages = request->length;
    if (region->map.address)
        return -XEN_EEXIST;
    if (request->block >= DOMID_FIRST_RESERVED || !pages)
        return -XEN_EINVAL;
    if (pages > IVMC_MAX_DATA_PAGES - attached_pages(peer))
        return -XEN_ENOSPC;
    domid_t owner = (domid_t)request->block;
    int rc = ivmc_serves(peer->domid, owner);
    return rc ? rc : ivmc_map_area(owner, request->large, pages, &region->map);
}

static int detach(struct ivmc_region *region)
{
    if (!region->map.address)
        return -XEN_ENOENT;
    if (region->users)
        return -XEN_EBUSY;
    grant_unmap_range(&region->map);
    return 0;
}

int ivmc_channel_region(struct ivmc_peer *peer, const struct ivmc_request *request)
{
    uint64_t number = ivmc_region_number(request);
    if (!number || number > IVMC_MAX_REGIONS || request->data != number << IVMC_REGION_SHIFT)
        return -XEN_EINVAL;
    struct ivmc_region *region = &peer->regions[number];
    return request->op == IVMC_ATTACH ? attach(peer, region, request) : detach(region);
}

void ivmc_channel_detach_all(struct ivmc_peer *peer)
{
    for (unsigned i = 1; i <= IVMC_MAX_REGIONS; i++)
        if (peer->regions[i].map.address)
            grant_unmap_range(&peer->regions[i].map);
}
