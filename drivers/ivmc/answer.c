/*
 * Responses. The server may write anything: an index counts only while its slot is SENT, and a
 * response only with the sequence number and epoch of the request in that slot. Whatever else comes
 * breaks the channel for good; requests fail then instead of waiting for ever.
 */
#include "client.h"
#include <ringside-rt/event.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/thread_queue.h>
#include <ringside-rt/waiters.h>

/* Responses taken before others may run: whoever waits for them sends the next requests then. */
#define TURN 8

/* The rings that the receiver looks at. */
static const unsigned response_rings[] = {IVMC_WRITE_RESPONSE, IVMC_READ_RESPONSE};

void ivmc_client_wake_all(struct thread_queue *queue)
{
    struct thread *thread;
    bool irq = irq_save();
    while ((thread = thread_queue_take(queue)))
        thread_wake(thread);
    irq_restore(irq);
}

void ivmc_client_take_out(struct ivmc_client *client, unsigned slot)
{
    struct flight *flight = &client->flights[slot];
    if (flight->previous == NO_SLOT)
        client->first_flight = flight->next;
    else
        client->flights[flight->previous].next = flight->next;
    if (flight->next == NO_SLOT)
        client->last_flight = flight->previous;
    else
        client->flights[flight->next].previous = flight->previous;
    client->in_flight--;
}

static void give_back(struct ivmc_client *client, unsigned which, unsigned index)
{
    struct scq *free = &client->ring[which];
    scq_enqueue(free, index);
    if (waiters_present(&free->ring->waiters))
        ivmc_client_wake_all(&client->for_slots);
}

/* The request in a slot is over: both slots are free again, and its submitter hears of it. */
static void finish(struct ivmc_client *client, unsigned slot, int status)
{
    struct flight *flight = &client->flights[slot];
    uint32_t large = flight->large;
    ivmc_client_take_out(client, slot);
    flight->state = slot == client->spare ? HELD : FREE;
    if (large != NO_SLOT) {
        client->large_used[large] = false;
        give_back(client, IVMC_LARGE_FREE, large);
    }
    if (slot != client->spare)
        give_back(client, IVMC_SMALL_FREE, slot);
    client->statistics.requests++;
    client->use->over(client, flight, status);
    if (slot == client->spare) {
        client->manager_woken = true;
        thread_wake(client->manager);
    }
}

void ivmc_client_break(struct ivmc_client *client, const char *how)
{
    if (client->gate == BROKEN)
        return;
    printf("ivmc: server of %s: %s; its requests fail from now on\n", client->service, how);
    client->gate = BROKEN;
    while (client->first_flight != NO_SLOT)
        finish(client, client->first_flight, -XEN_EIO);
    ivmc_client_wake_all(&client->for_slots);
    ivmc_client_wake_all(&client->for_gate);
    thread_wake(client->manager);
}

static void answer(struct ivmc_client *client, unsigned which, unsigned slot)
{
    struct flight *flight = &client->flights[slot];
    struct ivmc_response response = client->slots[slot].response;
    compiler_barrier(); /* one copy, and only that is looked at */
    const struct ivmc_request *message = &flight->message;
    client->statistics.server_copied = response.copied;
    unsigned expected = ivmc_response_ring(message->op);
    PROBE(ring_dequeue, client->name, which, slot, response.sequence);
    if (flight->state != SENT || which != expected) {
        ivmc_client_break(client, "an answer to what was not asked");
        return;
    }
    if (response.sequence != message->sequence || response.epoch != client->epoch) {
        ivmc_client_break(client, "an answer with a wrong sequence number or epoch");
        return;
    }
    if (response.status > 0 || response.status < -4095 ||
        (!response.status && !client->use->answered(client, flight, &response))) {
        ivmc_client_break(client, "an answer with a status or length that cannot be");
        return;
    }
    finish(client, slot, response.status);
}

static int32_t *word(struct ivmc_client *client, unsigned i)
{
    return &client->ring[response_rings[i]].ring->receiver;
}

/* One word for each ring, since a sender sees its own ring only. */
static void activate(struct ivmc_client *client)
{
    if (!client->drowsy)
        return;
    client->drowsy = false;
    for (unsigned i = 0; i < ARRAY_SIZE(response_rings); i++)
        sleep_word_activate(word(client, i));
}

static void drowse(struct ivmc_client *client)
{
    client->drowsy = true;
    for (unsigned i = 0; i < ARRAY_SIZE(response_rings); i++)
        sleep_word_drowse(word(client, i));
}

unsigned ivmc_client_drain(struct ivmc_client *client, unsigned most)
{
    unsigned count = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(response_rings); i++) {
        unsigned which = response_rings[i];
        while (client->gate != BROKEN && count < most && !scq_is_empty(&client->ring[which])) {
            int slot = scq_dequeue(&client->ring[which]);
            if (slot == SCQ_BROKEN)
                ivmc_client_break(client, "a response ring is broken");
            if (slot < 0)
                break;
            activate(client); /* first: while it works, nobody needs to notify it */
            answer(client, which, (unsigned)slot);
            count++;
        }
    }
    return count;
}

static bool fall_asleep(struct ivmc_client *client)
{
    bool asleep = true;
    for (unsigned i = 0; i < ARRAY_SIZE(response_rings); i++) {
        PROBE(ring_sleep, client->name, response_rings[i]);
        asleep &= sleep_word_fall_asleep(word(client, i));
    }
    return asleep;
}

void ivmc_client_event(evtchn_port_t port, void *arg)
{
    struct ivmc_client *client = arg;
    bool wake = false;
    (void)port;
    client->statistics.notifications++;
    for (unsigned i = 0; i < ARRAY_SIZE(response_rings); i++)
        wake |= sleep_word_rouse(word(client, i));
    PROBE(ring_wake, client->name, IVMC_READ_RESPONSE);
    if (wake)
        thread_wake(client->receiver);
    client->manager_woken = true;
    if (client->gate == CLOSED)
        thread_wake(client->manager);
}

/* The server found fault with us and serves this channel no more, so nothing will be answered. */
static bool refused(const struct ivmc_client *client)
{
    return READ_ONCE(client->page->server_state) == IVMC_REFUSED;
}

/* Between epochs the manager empties and rebuilds the rings; then there is nothing to look at. */
static bool nothing_to_do(struct ivmc_client *client)
{
    if (!connected_gate(client) || ivmc_client_drain(client, TURN))
        return !connected_gate(client);
    if (refused(client))
        ivmc_client_break(client, "it closed the channel");
    return true;
}

void ivmc_client_receive(void *arg)
{
    struct ivmc_client *client = arg;
    for (;;) {
        activate(client);
        while (!nothing_to_do(client))
            thread_yield();
        drowse(client);
        if (!nothing_to_do(client))
            continue;
        bool irq = irq_save();
        bool asleep = fall_asleep(client);
        if (asleep) {
            client->statistics.sleeps++;
            thread_block();
        }
        irq_restore(irq);
        if (!asleep)
            thread_yield(); /* else a server could keep us awake, and others from running */
    }
}
