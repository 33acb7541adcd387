/*
 * Maps and unmaps a run of pages=P pages of another domain, rounds=N times, samples=M times over.
 *
 *   role=owner peer=DOMID             grants them and waits until they are not needed any more
 *   role=mapper peer=DOMID            maps and unmaps them; prints "begin" and "end"
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/xenstore.h>

static int owner(domid_t peer, unsigned count)
{
    void *pages = page_alloc(count);
    if (!pages)
        panic("no memory for %u pages", count);
    int ref = grant_access_range(peer, pages, count, false);
    int port = event_alloc_unbound(peer);
    char perms[32];
    snprintf(perms, sizeof(perms), "n%d r%u", xenstore_domid(), peer);
    if (ref < 0 || port < 0 || xenstore_write(0, "data/page", "%d %d", ref, port) ||
        xenstore_set_perms(0, "data/page", perms))
        panic("cannot announce a page");
    event_wait((evtchn_port_t)port);
    return 0;
}

static int one_page(domid_t peer, grant_ref_t ref)
{
    struct grant_mapping mapping;
    int status = grant_map(peer, ref, 0, &mapping);
    return status ? status : grant_unmap(&mapping);
}

static int run_of_pages(domid_t peer, grant_ref_t ref, unsigned count)
{
    struct grant_range range;
    int status = grant_map_range(peer, ref, count, 0, &range);
    if (!status)
        grant_unmap_range(&range);
    return status;
}

static int mapper(domid_t peer, unsigned count, uint64_t rounds, uint64_t samples)
{
    char path[64], text[32];
    const char *end;
    snprintf(path, sizeof(path), "/local/domain/%u/data/page", peer);
    if (xenstore_wait_read(path, text, sizeof(text)) < 0)
        panic("%s cannot be read", path);
    grant_ref_t ref = (grant_ref_t)strtou64(text, &end);
    for (uint64_t s = 0; s < samples; s++) {
        printf("begin\n");
        for (uint64_t i = 0; i < rounds; i++) {
            int status = count == 1 ? one_page(peer, ref) : run_of_pages(peer, ref, count);
            if (status)
                panic("map or unmap failed in round %lu: %d", i, status);
        }
        printf("end\n");
    }
    int port = event_bind_interdomain(peer, (evtchn_port_t)strtou64(end + 1, NULL));
    if (port < 0)
        panic("bind %d", port);
    event_send((evtchn_port_t)port);
    return 0;
}

int main(void)
{
    const char *role = cmdline_string("role", "");
    domid_t peer = (domid_t)cmdline_u64("peer", DOMID_INVALID);
    unsigned count = (unsigned)cmdline_u64("pages", 1);
    if (strcmp(role, "owner") == 0)
        return owner(peer, count);
    if (strcmp(role, "mapper") == 0)
        return mapper(peer, count, cmdline_u64("rounds", 1000), cmdline_u64("samples", 1));
    panic("role=owner or role=mapper, not \"%s\"", role);
}
