/*
 * Requests on their way to the server. A request longer than max_transfer is sent in pieces, each
 * with a slot of its own; it is over when the last piece is.
 *
 * Invariant: between taking a slot and sending it no thread waits for anything but slots and the
 * gate, and a slot is HELD meanwhile, so that rings can be built anew at any of these points.
 */
#include "client.h"
#include <ringside-rt/event.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>
#include <ringside-rt/thread_queue.h>
#include <ringside-rt/waiters.h>

/* Longest piece of a discard or of zeroes: half of what NVMe's 16 bits count. */
#define RANGE_BLOCKS 32768u

static void wait_for_gate(struct ivmc_client *client)
{
    bool irq = irq_save();
    while (client->gate == CLOSED) {
        ivmc_client_patience(client);
        thread_queue_add(&client->for_gate, thread_current());
        thread_block();
    }
    irq_restore(irq);
}

/* Tells the receiver of a request ring of what is new in it, if it does not look by itself. */
static void notify(struct ivmc_client *client)
{
    unsigned which = client->unannounced;
    client->unannounced = NO_SLOT;
    if (which == NO_SLOT || client->gate != OPEN ||
        !sleep_word_must_notify(&client->ring[which].ring->receiver))
        return;
    client->statistics.notified++;
    PROBE(ring_notify, client->name, which);
    event_send(client->port);
}

/* An index out of a free ring, after waiting until there is one; NO_SLOT: the gate is broken. */
static unsigned take(struct ivmc_client *client, unsigned which)
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
        notify(client);
        client->statistics.waits++;
        bool irq = irq_save();
        waiters_enter(&free->ring->waiters); /* no thread has run since, so nothing was put back */
        thread_queue_add(&client->for_slots, thread_current());
        thread_block();
        waiters_leave(&free->ring->waiters);
        irq_restore(irq);
    }
}

static unsigned request_ring(uint16_t op)
{
    return op == IVMC_READ ? IVMC_READ_REQUEST : IVMC_WRITE_REQUEST;
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
    unsigned which = request_ring(flight->message.op);
    flight->message.epoch = client->epoch;
    client->slots[slot].request = flight->message;
    client->slots[slot].response.sequence = 0;
    PROBE(ring_enqueue, client->name, which, slot, flight->message.sequence);
    if (scq_enqueue(&client->ring[which], slot))
        ivmc_client_break(client, "the request ring is broken");
}

/* Where the data of a piece lies in the data area. */
static uint64_t data_offset(struct ivmc_client *client, const void *buffer, uint32_t large)
{
    if (client->path == IVMC_COPY)
        return (uint64_t)large * IVMC_LARGE_SLOT_BYTES;
    return (uint64_t)((const uint8_t *)buffer - client->data);
}

/* False when the gate broke meanwhile; then the piece was not sent. */
static bool send_piece(struct ivmc_client *client, struct blk_request *request, uint64_t done,
                       uint32_t length)
{
    bool has_data = request->op == BLK_READ || request->op == BLK_WRITE;
    uint32_t large = NO_SLOT;
    unsigned slot = take(client, IVMC_SMALL_FREE);
    if (slot == NO_SLOT)
        return false;
    struct flight *flight = &client->flights[slot];
    flight->state = HELD;
    if (has_data && client->path == IVMC_COPY) {
        large = take(client, IVMC_LARGE_FREE);
        if (large == NO_SLOT)
            return false;
        client->large_used[large] = true;
        if (request->op == BLK_WRITE)
            memcpy(client->data + (uint64_t)large * IVMC_LARGE_SLOT_BYTES,
                   (char *)request->buffer + done, length);
    }
    flight->request = request;
    flight->buffer = (char *)request->buffer + done;
    flight->message = (struct ivmc_request){
        .sequence = ++client->sequence,
        .op = (uint16_t)request->op,
        .flags = request->flags & BLK_FUA ? IVMC_FUA : 0,
        .block = client->blk.block_bytes ? (request->offset + done) / client->blk.block_bytes : 0,
        .length = length,
        .large = large,
        .data = has_data ? data_offset(client, flight->buffer, large) : 0,
    };
    append(client, slot);
    PROBE(blk_submit, client->name, flight->message.sequence, request->op, flight->message.block,
          length);
    ivmc_client_send(client, slot);
    client->unannounced = request_ring(flight->message.op);
    return true;
}

static bool in_region(const struct ivmc_client *client, const struct blk_request *request)
{
    const uint8_t *buffer = request->buffer;
    size_t bytes = client->data_pages * PAGE_SIZE;
    return buffer >= client->data && (uintptr_t)buffer % 4 == 0 &&
           (size_t)(buffer - client->data) <= bytes &&
           request->length <= bytes - (size_t)(buffer - client->data);
}

void ivmc_client_submit(struct blk *blk, struct blk_request *request)
{
    struct ivmc_client *client = CONTAINER_OF(blk, struct ivmc_client, blk);
    bool has_data = request->op == BLK_READ || request->op == BLK_WRITE;
    uint64_t piece = has_data ? blk->max_transfer : (uint64_t)RANGE_BLOCKS * blk->block_bytes;
    uint64_t pieces = request->length ? (request->length + piece - 1) / piece : 1, done = 0;
    if (has_data && client->path == IVMC_DIRECT && !in_region(client, request)) {
        blk_done(blk, request, -XEN_EINVAL);
        return;
    }
    request->driver[0] = pieces;
    for (uint64_t i = 0; i < pieces; i++) {
        uint64_t left = request->length - done;
        uint32_t length = (uint32_t)(left < piece ? left : piece);
        if (!send_piece(client, request, done, length)) {
            ivmc_client_pieces_done(client, request, pieces - i, -XEN_EIO);
            break;
        }
        done += length;
    }
    notify(client);
}
