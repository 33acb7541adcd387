/* Invariant: the device knows of a client's data area only while that is mapped here. */
#include "share.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>

static struct blk *device;
static const struct ivmc_peer *sharing[IVMC_MAX_CLIENTS];

void share_begin(struct blk *blk)
{
    device = blk;
}

domid_t share_domid(void)
{
    return device->dma_domid;
}

static const struct ivmc_peer **find(const struct ivmc_peer *peer)
{
    for (unsigned i = 0; i < IVMC_MAX_CLIENTS; i++)
        if (sharing[i] == peer)
            return &sharing[i];
    return NULL;
}

int share(const struct ivmc_peer *peer, const struct ivmc_file_request *request)
{
    const struct blk_area area = {
        .start = peer->data,
        .bytes = peer->data_bytes,
        .owner = peer->domid,
        .first_ref = (grant_ref_t)request->offset,
    };
    const struct ivmc_peer **at = find(NULL);
    if (find(peer) || !at)
        return -EBUSY;
    *at = peer; /* also when it is refused: once is enough */
    int rc = blk_attach(device, &area);
    if (rc)
        printf("domain %u: the content of its files is copied: %s\n", peer->domid,
               errno_name(rc));
    return rc;
}

void share_end(const struct ivmc_peer *peer)
{
    const struct ivmc_peer **at = find(peer);
    if (!at)
        return;
    blk_detach(device, peer->data);
    *at = NULL;
}

uint64_t share_copied(void)
{
    return device->copied_there;
}
