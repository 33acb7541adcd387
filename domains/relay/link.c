#include "link.h"

#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/xenstore.h>

void link_offer(struct link *link, const char *name, domid_t peer)
{
    link->page = page_alloc(1);
    int ref = grant_access(peer, link->page, false);
    int port = event_alloc_unbound(peer);
    if (ref < 0 || port < 0)
        panic("%s: grant %d, port %d", name, ref, port);
    link->port = (evtchn_port_t)port;
    char path[64], perms[32];
    snprintf(path, sizeof(path), "data/%s", name);
    snprintf(perms, sizeof(perms), "n%d r%u", xenstore_domid(), peer);
    int rc = xenstore_write(0, path, "%u %u", (unsigned)ref, (unsigned)port);
    if (!rc)
        rc = xenstore_set_perms(0, path, perms);
    if (rc)
        panic("%s: cannot announce: %s", path, errno_name(rc));
}

void link_find(struct link *link, const char *name, domid_t peer)
{
    char path[64], text[64];
    const char *end;
    snprintf(path, sizeof(path), "/local/domain/%u/data/%s", peer, name);
    int rc = xenstore_wait_read(path, text, sizeof(text));
    if (rc < 0)
        panic("%s: %s", path, errno_name(rc));
    grant_ref_t ref = (grant_ref_t)strtou64(text, &end);
    panic_unless(*end == ' ');
    struct grant_mapping mapping;
    int status = grant_map(peer, ref, 0, &mapping);
    int port = event_bind_interdomain(peer, (evtchn_port_t)strtou64(end + 1, NULL));
    if (status || port < 0)
        panic("%s: map %d, bind %d", path, status, port);
    link->page = mapping.address;
    link->port = (evtchn_port_t)port;
}

static void wait_until(struct link *link, uint32_t full)
{
    while (__atomic_load_n(&link->page->full, __ATOMIC_ACQUIRE) != full)
        event_wait(link->port);
}

static void turn(struct link *link, uint32_t full)
{
    __atomic_store_n(&link->page->full, full, __ATOMIC_RELEASE);
    event_send(link->port);
}

void link_send(struct link *link, const char *text)
{
    wait_until(link, 0);
    snprintf(link->page->text, LINK_TEXT_MAX, "%s", text);
    turn(link, 1);
}

void link_receive(struct link *link, char text[LINK_TEXT_MAX])
{
    wait_until(link, 1);
    memcpy(text, link->page->text, LINK_TEXT_MAX);
    text[LINK_TEXT_MAX - 1] = '\0'; /* the page is the sender's too: it may hold no end */
    turn(link, 0);
}
