/*
 * The server: one channel for each client's slot in the registry, connected by the main thread when
 * the registry says that a client came, and a heartbeat that stops when a receiver is stuck.
 */
#include "server.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/xenstore.h>

#define HEARTBEAT_NS 250000000ul
#define WATCHDOG_SECONDS 1

static const char *service;
static const struct ivmc_backend *backend;
static struct ivmc_server_channel *channels[IVMC_MAX_CLIENTS];
static unsigned slots_used; /* there is no channel from this slot on */
static uint32_t refused[IVMC_MAX_CLIENTS]; /* serials that are not tried again */
static struct thread *main_thread;
static bool woken, stopping;
static bool main_busy;      /* it does not wait for events */
static uint64_t main_turns; /* how often it began to */

static void wake(void)
{
    woken = true;
    thread_wake(main_thread);
}

static void wait(void)
{
    bool irq = irq_save();
    main_busy = false;
    main_turns++;
    while (!woken)
        thread_block();
    woken = false;
    main_busy = true;
    irq_restore(irq);
}

static void welcome(evtchn_port_t port, void *arg)
{
    (void)port;
    (void)arg;
    wake();
}

void ivmc_server_closed(struct ivmc_server_channel *channel)
{
    (void)channel;
    wake();
}

/* The backend has room again: whoever had to wait tries once more. */
void ivmc_server_room(void)
{
    for (unsigned i = 0; i < slots_used; i++)
        if (channels[i] && channels[i]->deferred)
            ivmc_channel_wake(channels[i]);
}

static void end(struct ivmc_server_channel *channel)
{
    if (channel->state != SERVING)
        return;
    channel->state = CLOSING;
    ivmc_channel_wake(channel);
}

/* Frees what has closed; the receiver has returned or is about to. */
static void bury(unsigned slot)
{
    struct ivmc_server_channel *channel = channels[slot];
    if (!channel || channel->state != CLOSED)
        return;
    PROBE(ivmc_disconnect, channel->name, channel->epoch);
    if (channel->violated)
        refused[slot] = channel->serial; /* until it registers another */
    channels[slot] = NULL;
    thread_join(channel->receiver);
    kfree(channel);
}

static void try_connect(const struct ivmc_fetch *record)
{
    struct ivmc_server_channel *channel = kmalloc(sizeof(*channel));
    if (!channel) {
        printf("ivmc: no memory for domain %u\n", record->domid);
        return;
    }
    channel->backend = backend;
    int rc = ivmc_channel_connect(channel, record);
    if (!rc) {
        channels[record->slot] = channel;
        if (record->slot >= slots_used)
            slots_used = record->slot + 1;
        PROBE(ivmc_connected, channel->name, channel->epoch);
        return;
    }
    printf("ivmc: domain %u is refused: %s\n", record->domid, errno_name(rc));
    refused[record->slot] = record->serial;
    ivmc_channel_disconnect(channel);
    kfree(channel);
}

/*
 * A domain that was built anew may have another slot than it had. What the last life of it asked
 * for may still be written to the memory of its clients: that comes to its end first.
 */
static bool leaving(domid_t domid)
{
    for (unsigned i = 0; i < slots_used; i++)
        if (channels[i] && channels[i]->state != SERVING && channels[i]->peer.domid == domid)
            return true;
    return false;
}

/* A record of the registry against what we have. */
static void look_at(const struct ivmc_fetch *record)
{
    struct ivmc_server_channel *channel = channels[record->slot];
    bool same = channel && channel->serial == record->serial;
    if (channel && !same)
        end(channel);
    if (!channel && record->channel_ref && refused[record->slot] != record->serial &&
        !leaving(record->domid))
        try_connect(record);
}

static void look_at_all(void)
{
    bool seen[IVMC_MAX_CLIENTS] = {0};
    struct ivmc_fetch record;
    for (uint32_t slot = 0; slot < IVMC_MAX_CLIENTS; slot = record.slot + 1) {
        if (ivmc_fetch_client(service, slot, &record) || record.slot >= IVMC_MAX_CLIENTS)
            break;
        seen[record.slot] = true;
        look_at(&record);
    }
    for (unsigned i = 0; i < IVMC_MAX_CLIENTS; i++) {
        if (!seen[i])
            refused[i] = 0;
        if (channels[i] && !seen[i])
            end(channels[i]);
    }
}

/* Whether any channel is left. */
static bool bury_all(void)
{
    bool left = false;
    for (unsigned i = 0; i < IVMC_MAX_CLIENTS; i++) {
        bury(i);
        left |= channels[i] != NULL;
    }
    return left;
}

/* What is with the backend is waited for but not answered: clients ask the next server again. */
static void close_all(void)
{
    for (unsigned i = 0; i < IVMC_MAX_CLIENTS; i++)
        if (channels[i])
            end(channels[i]);
    while (bury_all())
        wait();
}

static void feed(long id)
{
    struct sched_watchdog arg = {.id = (uint32_t)id, .timeout = WATCHDOG_SECONDS};
    HYPERVISOR_sched_op(SCHEDOP_watchdog, &arg);
}

/*
 * A loop that never ends keeps this thread from running. A main thread, receiver or handler that
 * waits for ever is seen: it has work, and did nothing since the last beat.
 */
static void heartbeat(void *arg)
{
    uint64_t progress[IVMC_MAX_CLIENTS] = {0}, turns_of_main = 0;
    long id = (long)arg;
    while (!stopping) {
        sleep_ns(HEARTBEAT_NS);
        bool stuck = main_busy && main_turns == turns_of_main;
        turns_of_main = main_turns;
        for (unsigned i = 0; i < IVMC_MAX_CLIENTS; i++) {
            if (!channels[i])
                continue;
            stuck |= ivmc_channel_stuck(channels[i], progress[i]);
            progress[i] = channels[i]->progress;
        }
        if (!stuck)
            feed(id);
    }
    struct sched_watchdog off = {.id = (uint32_t)id};
    HYPERVISOR_sched_op(SCHEDOP_watchdog, &off);
}

/* The watchdog runs from here on: a thread that begins does not run before others give way. */
static int start_heartbeat(void)
{
    struct sched_watchdog new = {.timeout = WATCHDOG_SECONDS};
    long id = HYPERVISOR_sched_op(SCHEDOP_watchdog, &new);
    if (id <= 0)
        panic("no watchdog: %s", errno_name(id));
    return thread_start(heartbeat, (void *)id) ? 0 : -XEN_ENOMEM;
}

static void watch_shutdown(void *arg)
{
    static struct xenstore_watch watch;
    char value[32];
    (void)arg;
    if (xenstore_watch(&watch, "control/shutdown"))
        panic("control/shutdown cannot be watched");
    do
        xenstore_watch_wait(&watch);
    while (xenstore_read(0, "control/shutdown", value, sizeof(value)) <= 0);
    stopping = true;
    wake();
}

/* A server that hangs before it serves is found too, so the backend opens under the watchdog. */
static int start(struct ivmc_register *reply)
{
    main_busy = true;
    int rc = start_heartbeat();
    if (!rc && !thread_start(watch_shutdown, NULL))
        rc = -XEN_ENOMEM;
    if (!rc && backend->open)
        rc = backend->open();
    return rc ? rc : ivmc_register_server(service, reply);
}

int ivmc_serve(const char *name, const struct ivmc_backend *with)
{
    struct ivmc_register reply;
    service = name;
    backend = with;
    main_thread = thread_current();
    int rc = start(&reply);
    if (rc)
        return rc;
    event_handler_set(reply.port, welcome, NULL);
    while (!stopping) {
        bury_all();
        look_at_all();
        thread_yield(); /* clients that register again and again must not keep others waiting */
        wait();
    }
    close_all();
    if (backend->close)
        backend->close();
    return 0;
}
