/*
 * What a request to a block device must be before a backend sees it.
 */
#include "channel.h"
#include <ringside-rt/ivmc.h>

/* Where the data of a request lies; 0: there is nothing of ours or of its regions. */
static uint64_t locate(struct ivmc_work *work)
{
    const struct ivmc_peer *peer = work->peer;
    uint64_t number = ivmc_region_number(&work->request);
    uint64_t offset = work->request.data & ((1ul << IVMC_REGION_SHIFT) - 1);
    const uint8_t *start = peer->data;
    uint64_t bytes = peer->data_bytes;
    if (number > IVMC_MAX_REGIONS)
        return 0;
    if (number) {
        start = peer->regions[number].map.address;
        bytes = (uint64_t)peer->regions[number].map.count * PAGE_SIZE;
    }
    if (!start || offset % 4 || offset > bytes || work->request.length > bytes - offset)
        return 0;
    work->region = (uint8_t)number;
    return (uintptr_t)start + offset;
}

/* Overflow-safe: everything in the request may be anything. */
int ivmc_block_check(struct ivmc_work *work)
{
    const struct ivmc_request *request = &work->request;
    const struct ivmc_peer *peer = work->peer;
    const struct ivmc_geometry *geometry = &peer->geometry;
    bool has_data = request->op == IVMC_READ || request->op == IVMC_WRITE;
    if (ivmc_is_region_op(request->op))
        return request->flags ? -XEN_EINVAL : 0;
    if (request->op > IVMC_WRITE_ZEROES || request->flags & ~IVMC_FUA)
        return -XEN_EINVAL;
    if (request->op == IVMC_FLUSH)
        return request->length ? -XEN_EINVAL : 0;
    uint64_t blocks = request->length / geometry->block_bytes;
    if (!blocks || request->length % geometry->block_bytes || request->block > geometry->blocks ||
        blocks > geometry->blocks - request->block)
        return -XEN_EINVAL;
    if (!has_data)
        return 0;
    if (request->length > geometry->max_transfer)
        return -XEN_EINVAL;
    work->address = locate(work);
    return work->address ? 0 : -XEN_EINVAL;
}
