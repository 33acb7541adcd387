/*
 * What a request to a block device must be before a backend sees it.
 */
#include <ringside-rt/ivmc.h>

/* Overflow-safe: everything in the request may be anything. */
int ivmc_block_check(struct ivmc_work *work)
{
    const struct ivmc_request *request = &work->request;
    const struct ivmc_peer *peer = work->peer;
    const struct ivmc_geometry *geometry = &peer->geometry;
    bool has_data = request->op == IVMC_READ || request->op == IVMC_WRITE;
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
    if (request->length > geometry->max_transfer || request->data % 4 ||
        request->data > peer->data_bytes || request->length > peer->data_bytes - request->data)
        return -XEN_EINVAL;
    work->address = (uintptr_t)peer->data + request->data;
    return 0;
}
