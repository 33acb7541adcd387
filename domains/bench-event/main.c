/*
 * An event to another domain and one back, rounds=N times, samples=M times over.
 *
 *   role=answer peer=DOMID            offers a port, sends each event back
 *   role=ask peer=DOMID               binds to it and counts; prints "begin" and "end"
 *
 * wait=upcall: a thread waits, an interrupt wakes it. wait=poll: the port is masked and the vCPU
 * sleeps in SCHEDOP_poll, so that there is nothing but the hypervisor to measure.
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/xenstore.h>

static bool polls;

static void wait_for_event(evtchn_port_t port)
{
    if (!polls) {
        event_wait(port);
        return;
    }
    struct sched_poll poll = {.ports = &port, .nr_ports = 1};
    while (!event_take_pending(port))
        HYPERVISOR_sched_op(SCHEDOP_poll, &poll);
}

/* From now on events of the port are waited for; one that has come already counts. */
static void prepare(evtchn_port_t port)
{
    if (polls)
        event_mask(port);
}

static int answer(domid_t peer, uint64_t count)
{
    int port = event_alloc_unbound(peer);
    char perms[32];
    snprintf(perms, sizeof(perms), "n%d r%u", xenstore_domid(), peer);
    if (port < 0 || xenstore_write(0, "data/port", "%d", port) ||
        xenstore_set_perms(0, "data/port", perms))
        panic("cannot announce a port");
    prepare((evtchn_port_t)port);
    for (uint64_t i = 0; i < count; i++) {
        wait_for_event((evtchn_port_t)port);
        event_send((evtchn_port_t)port);
    }
    return 0;
}

static int ask(domid_t peer, uint64_t rounds, uint64_t samples)
{
    char path[64], text[16];
    snprintf(path, sizeof(path), "/local/domain/%u/data/port", peer);
    if (xenstore_wait_read(path, text, sizeof(text)) < 0)
        panic("%s cannot be read", path);
    int port = event_bind_interdomain(peer, (evtchn_port_t)strtou64(text, NULL));
    if (port < 0)
        panic("bind %d", port);
    /* Binding makes the new port pending once, as Xen does. */
    event_poll((evtchn_port_t)port);
    prepare((evtchn_port_t)port);
    for (uint64_t s = 0; s < samples; s++) {
        printf("begin\n");
        for (uint64_t i = 0; i < rounds; i++) {
            event_send((evtchn_port_t)port);
            wait_for_event((evtchn_port_t)port);
        }
        printf("end\n");
    }
    return 0;
}

int main(void)
{
    const char *role = cmdline_string("role", "");
    domid_t peer = (domid_t)cmdline_u64("peer", DOMID_INVALID);
    const char *wait = cmdline_string("wait", "upcall");
    polls = strcmp(wait, "poll") == 0;
    if (!polls && strcmp(wait, "upcall") != 0)
        panic("wait=poll or wait=upcall, not \"%s\"", wait);
    uint64_t rounds = cmdline_u64("rounds", 1000), samples = cmdline_u64("samples", 1);
    if (strcmp(role, "answer") == 0)
        return answer(peer, rounds * samples);
    if (strcmp(role, "ask") == 0)
        return ask(peer, rounds, samples);
    panic("role=ask or role=answer, not \"%s\"", role);
}
