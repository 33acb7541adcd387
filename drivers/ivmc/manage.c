/*
 * Connecting, and connecting again when the server was killed. One thread does both: it hears from
 * the registry that the server came or went, and by the channel's port that it has connected.
 *
 * Recovery: close the gate; take what is in the response rings; build everything anew under the
 * next epoch; register; when the server has connected, send what was not answered in the order of
 * the sequence numbers; open the gate. A server that dies in the midst of it makes it begin again.
 */
#include "client.h"
#include <ringside-rt/event.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>

/* Sleeps until a port fired since the last time. */
static void wait(struct ivmc_client *client)
{
    bool irq = irq_save();
    while (!client->manager_woken && client->gate != BROKEN)
        thread_block();
    client->manager_woken = false;
    irq_restore(irq);
}

static void welcome_event(evtchn_port_t port, void *arg)
{
    struct ivmc_client *client = arg;
    (void)port;
    client->manager_woken = true;
    thread_wake(client->manager);
}

/* The server's record; false when there is none. */
static bool server_there(struct ivmc_client *client, struct ivmc_fetch *server)
{
    return ivmc_fetch_server(client->service, server) == 0;
}

/* Whether the server is there and the same that the channel was built for. */
static bool same_server(struct ivmc_client *client)
{
    struct ivmc_fetch server;
    return server_there(client, &server) && server.generation == client->generation;
}

/* Our record and its welcome port; without a channel (reference 0) until the server is there. */
static int enter(struct ivmc_client *client, grant_ref_t channel)
{
    struct ivmc_register reply;
    int rc = ivmc_register_client(client->service, channel, client->epoch, &reply);
    if (rc)
        return rc;
    client->welcome = reply.port;
    client->name = ivmc_channel_name((domid_t)client->domid, reply.slot);
    event_handler_set(client->welcome, welcome_event, client);
    return 0;
}

static int announce(struct ivmc_client *client, const struct ivmc_fetch *server)
{
    int rc = ivmc_client_grant(client, server->domid);
    if (rc)
        return rc;
    ivmc_client_build(client, server->domid);
    client->generation = server->generation;
    return enter(client, client->page_ref);
}

/* What the server says of this epoch's channel; -XEN_EAGAIN: nothing yet. */
static int server_answer(struct ivmc_client *client)
{
    uint32_t state = READ_ONCE(client->page->server_state);
    if (READ_ONCE(client->page->server_epoch) != client->epoch)
        return -XEN_EAGAIN;
    if (state == IVMC_CONNECTED) {
        const struct ivmc_channel page = *client->page;
        compiler_barrier(); /* one copy, and only that is looked at */
        return client->use->connected(client, &page);
    }
    int status = READ_ONCE(client->page->status);
    return state != IVMC_REFUSED ? -XEN_EAGAIN : status < 0 ? status : -XEN_EIO;
}

/*
 * Waits for the server's answer; 0, an error to give up with, or -XEN_EAGAIN: the server is gone.
 * That comes first: our record goes with the server that was there when we entered it, so as long
 * as that one is there, no other can have answered.
 */
static int await_server(struct ivmc_client *client)
{
    while (same_server(client)) {
        int rc = server_answer(client);
        if (rc != -XEN_EAGAIN)
            return rc;
        wait(client);
    }
    return -XEN_EAGAIN;
}

int ivmc_client_call(struct ivmc_client *client)
{
    struct flight *flight = &client->flights[client->spare];
    flight->large = NO_SLOT;
    ivmc_client_post(client, client->spare);
    ivmc_client_notify(client);
    while (flight->state == SENT && same_server(client))
        wait(client);
    if (flight->state != SENT)
        return 0;
    ivmc_client_take_out(client, client->spare);
    flight->state = HELD;
    return -XEN_EAGAIN;
}

/* The new server hears what the last one knew; the receiver takes its answers. */
static int resume(struct ivmc_client *client)
{
    if (!client->use->resume)
        return 0;
    client->gate = RESUMING;
    thread_wake(client->receiver);
    int rc = client->use->resume(client);
    if (client->gate == RESUMING)
        client->gate = CLOSED;
    return rc;
}

static unsigned resend(struct ivmc_client *client)
{
    unsigned count = 0;
    for (uint32_t i = client->first_flight; i != NO_SLOT && client->gate != BROKEN;
         i = client->flights[i].next) {
        const struct ivmc_request *message = &client->flights[i].message;
        PROBE(ivmc_resend, client->name, message->sequence, message->op);
        ivmc_client_send(client, i);
        count++;
    }
    return count;
}

/* The receiver's words were made active with the new rings: let it look. */
static void open_gate(struct ivmc_client *client)
{
    if (client->gate == CLOSED)
        client->gate = OPEN;
    ivmc_client_wake_all(&client->for_gate);
    ivmc_client_wake_all(&client->for_slots);
    thread_wake(client->receiver);
}

/*
 * Gets a channel; 0, an error to give up with, or -XEN_EAGAIN: no server is there. A server that
 * has come after the one that died is tried at once: its event may have been that of the death.
 */
static int connect(struct ivmc_client *client)
{
    struct ivmc_fetch server;
    int rc = -XEN_EAGAIN;
    while (rc == -XEN_EAGAIN && server_there(client, &server)) {
        rc = announce(client, &server);
        if (rc)
            return rc;
        PROBE(ivmc_connect, client->name, client->epoch);
        rc = await_server(client);
        if (!rc)
            PROBE(ivmc_connected, client->name, client->epoch);
    }
    return rc;
}

static void recover(struct ivmc_client *client)
{
    client->gate = CLOSED;
    client->statistics.recoveries++;
    unsigned before = client->in_flight;
    PROBE(ivmc_recover, client->name, client->epoch, before);
    unsigned answered = ivmc_client_drain(client, entries(client));
    client->statistics.answered_late += answered;
    int rc;
    do {
        while ((rc = connect(client)) == -XEN_EAGAIN)
            wait(client);
        rc = rc ? rc : resume(client);
    } while (rc == -XEN_EAGAIN);
    if (rc) {
        ivmc_client_break(client, "it does not take the channel back");
        return;
    }
    unsigned resent = resend(client);
    client->statistics.resent += resent;
    PROBE(ivmc_recovered, client->name, client->epoch, resent, answered);
    if (resent)
        event_send(client->port); /* whether or not the server sleeps already */
    open_gate(client);
}

void ivmc_client_manage(void *arg)
{
    struct ivmc_client *client = arg;
    client->epoch = 1;
    int rc = enter(client, 0);
    while (!rc && (rc = connect(client)) == -XEN_EAGAIN) {
        wait(client);
        rc = 0;
    }
    client->first_status = rc;
    if (rc)
        client->gate = BROKEN;
    open_gate(client);
    while (client->gate != BROKEN) {
        /* The event of a server that died while it connected us has come and gone. */
        while (client->gate == OPEN && !same_server(client))
            recover(client);
        wait(client);
    }
}
