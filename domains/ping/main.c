/*
 * Two domains, one event channel, one granted page: a number goes to and fro, counted.
 *
 *   role=pong peer=DOMID             offers a page and a port
 *   role=ping peer=DOMID rounds=N    maps the page, binds to the port, plays N rounds
 *
 * Page and port are announced in xenstore, below the pong domain's data/ping.
 */
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/xenstore.h>

/* The granted page. Each side writes its own counter only; pong repeats what ping wrote. */
struct table {
    uint64_t ping, pong;
    uint64_t finished;
};

static int pong(domid_t peer)
{
    struct table *table = page_alloc(1);
    int ref = grant_access(peer, table, false);
    int port = event_alloc_unbound(peer);
    if (ref < 0 || port < 0)
        panic("grant %d, port %d", ref, port);
    char perms[32];
    snprintf(perms, sizeof(perms), "n%d r%u", xenstore_domid(), peer);
    int rc = xenstore_write(0, "data/ping", "%u %u", (unsigned)ref, (unsigned)port);
    if (!rc)
        rc = xenstore_set_perms(0, "data/ping", perms);
    if (rc)
        panic("cannot announce: %s", errno_name(rc));
    /* Ping may go on as soon as it sees its number, so the last round may be there before we send:
       only one whose end was seen before its number was read has been answered. */
    for (bool finished = false; !finished;) {
        event_wait((evtchn_port_t)port);
        finished = READ_ONCE(table->finished);
        read_barrier();
        WRITE_ONCE(table->pong, READ_ONCE(table->ping));
        event_send((evtchn_port_t)port);
    }
    printf("pong: saw %lu rounds\n", table->ping);
    return 0;
}

/* Waits for the other side's announcement: "ref port". */
static void find(domid_t peer, grant_ref_t *ref, evtchn_port_t *port)
{
    char path[64], text[64];
    const char *end;
    snprintf(path, sizeof(path), "/local/domain/%u/data/ping", peer);
    int rc = xenstore_wait_read(path, text, sizeof(text));
    if (rc < 0)
        panic("%s: %s", path, errno_name(rc));
    *ref = (grant_ref_t)strtou64(text, &end);
    panic_unless(*end == ' ');
    *port = (evtchn_port_t)strtou64(end + 1, NULL);
}

static int ping(domid_t peer, uint64_t rounds)
{
    grant_ref_t ref;
    evtchn_port_t remote;
    struct grant_mapping mapping;
    find(peer, &ref, &remote);
    int status = grant_map(peer, ref, 0, &mapping);
    int port = event_bind_interdomain(peer, remote);
    if (status || port < 0)
        panic("map %d, bind %d", status, port);
    struct table *table = mapping.address;
    uint64_t start = clock_ns();
    for (uint64_t round = 1; round <= rounds; round++) {
        WRITE_ONCE(table->ping, round);
        if (round == rounds)
            WRITE_ONCE(table->finished, 1);
        event_send((evtchn_port_t)port);
        while (READ_ONCE(table->pong) != round)
            event_wait((evtchn_port_t)port);
    }
    uint64_t ns = clock_ns() - start;
    printf("ping: %lu rounds, %lu virtual ns each\n", rounds, rounds ? ns / rounds : 0);
    status = grant_unmap(&mapping);
    if (status)
        panic("unmap %d", status);
    return event_close((evtchn_port_t)port);
}

int main(void)
{
    const char *role = cmdline_string("role", "");
    uint64_t peer = cmdline_u64("peer", DOMID_INVALID);
    if (peer >= DOMID_FIRST_RESERVED)
        panic("who is peer=?");
    if (strcmp(role, "pong") == 0)
        return pong((domid_t)peer);
    if (strcmp(role, "ping") == 0)
        return ping((domid_t)peer, cmdline_u64("rounds", 1000));
    panic("role=ping or role=pong, not \"%s\"", role);
}
