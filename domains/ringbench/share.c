#include "share.h"
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/xenstore.h>

void share_offer(domid_t peer, void *pages, unsigned count)
{
    int ref = grant_access_range(peer, pages, count, false);
    char perms[32];
    snprintf(perms, sizeof(perms), "n%d r%u", xenstore_domid(), peer);
    if (ref < 0 || xenstore_write(0, "data/ring", "%d", ref) ||
        xenstore_set_perms(0, "data/ring", perms))
        panic("cannot announce the ring");
}

void *share_map(domid_t peer, unsigned count)
{
    char path[64], text[16];
    struct grant_range range;
    snprintf(path, sizeof(path), "/local/domain/%u/data/ring", peer);
    if (xenstore_wait_read(path, text, sizeof(text)) < 0)
        panic("%s cannot be read", path);
    int status = grant_map_range(peer, (grant_ref_t)strtou64(text, NULL), count, 0, &range);
    if (status)
        panic("the ring cannot be mapped: %d", status);
    return range.address;
}

void share_wait(const uint64_t *word, uint64_t value)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) != value)
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
}
