/*
 * Requests on their way to the server.
 *
 * Invariant: between taking a slot and sending it no thread waits for anything but slots and the
 * gate, and a slot is HELD meanwhile, so that rings can be built anew at any of these points.
 */
#include "client.h"
#include <ringside-rt/event.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/thread_queue.h>
#include <ringside-rt/waiters.h>

static void wait_for_gate(struct ivmc_client *client)
{
    bool irq = irq_save();
    while (client->gate == CLOSED || client->gate == RESUMING) {
        ivmc_client_patience(client);
        thread_queue_add(&client->for_gate, thread_current());
        thread_block();
    }
    irq_restore(irq);
}

/* Tells the receiver of a request ring of what is new in it, if it does not look by itself. */
void ivmc_client_notify(struct ivmc_client *client)
{
    unsigned which = client->unannounced;
    client->unannounced = NO_SLOT;
    if (which == NO_SLOT || !connected_gate(client) ||
        !sleep_word_must_notify(&client->ring[which].ring->receiver))
        return;
    client->statistics.notified++;
    PROBE(ring_notify, client->name, which);
    event_send(client->port);
}

unsigned ivmc_client_take(struct ivmc_client *client, unsigned which)
{
    for (;;) {
        wait_for_gate(client);
        struct scq *free = &client->ring[which];
        int index = client->gate == OPEN ? scq_dequeue(free) : SCQ_BROKEN;
        if (index >= 0)
            return (unsigned)index;
        if (client->gate == BROKEN)
            return NO_SLOT;
        panic_unless(index == SCQ_EMPTY); /* nobody but us can write to it */
        ivmc_client_notify(client);
        client->statistics.waits++;
        bool irq = irq_save();
        waiters_enter(&free->ring->waiters); /* no thread has run since, so nothing was put back */
        thread_queue_add(&client->for_slots, thread_current());
        thread_block();
        waiters_leave(&free->ring->waiters);
        irq_restore(irq);
    }
}

static void append(struct ivmc_client *client, unsigned slot)
{
    struct flight *flight = &client->flights[slot];
    flight->state = SENT;
    flight->next = NO_SLOT;
    flight->previous = client->last_flight;
    if (client->last_flight == NO_SLOT)
        client->first_flight = slot;
    else
        client->flights[client->last_flight].next = slot;
    client->last_flight = slot;
    client->in_flight++;
    ivmc_client_patience(client);
}

void ivmc_client_send(struct ivmc_client *client, unsigned slot)
{
    struct flight *flight = &client->flights[slot];
    unsigned which = ivmc_request_ring(flight->message.op);
    flight->message.epoch = client->epoch;
    client->slots[slot].request = flight->message;
    client->slots[slot].response.sequence = 0;
    PROBE(ring_enqueue, client->name, which, slot, flight->message.sequence);
    if (scq_enqueue(&client->ring[which], slot))
        ivmc_client_break(client, "the request ring is broken");
}

void ivmc_client_post(struct ivmc_client *client, unsigned slot)
{
    struct ivmc_request *message = &client->flights[slot].message;
    message->sequence = ++client->sequence;
    append(client, slot);
    ivmc_client_send(client, slot);
    client->unannounced = ivmc_request_ring(message->op);
}
