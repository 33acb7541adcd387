/*
 * A channel made by hand: everything as the protocol wants it, and nothing that keeps it so. Direct
 * path; small unless the command line says otherwise: order=4, pages=4 of data.
 */
#pragma once

#include <ringside-rt/event.h>
#include <ringside-rt/scq.h>

struct raw {
    const char *service;
    domid_t server;
    unsigned order, entries;
    /** Bytes from one ring to the next, of all slots, of the data. */
    size_t stride, slots_bytes, data_bytes;
    struct ivmc_channel *page;
    struct ivmc_ring *rings[IVMC_SHARED_RINGS];
    struct ivmc_slot *slots;
    uint8_t *data;
    grant_ref_t page_ref, rings_ref, slots_ref, data_ref;
    struct scq scq[IVMC_SHARED_RINGS];
    evtchn_port_t port;
    uint32_t epoch;
    uint64_t sequence;
};

/** Waits for the server, allocates and grants everything; registers nothing. */
void raw_init(struct raw *raw, const char *service);

/** Empty rings, a new port, a channel page with the next epoch; what was connected stays. */
void raw_build(struct raw *raw);

/** Registers the channel page; 0 or what the registry says. */
int raw_register(struct raw *raw);

/** raw_build, raw_register, then waits for the server's word; false: not connected in time. */
bool raw_connect(struct raw *raw);

/** A request that is in order: reads one block of 512 bytes into the data area. */
struct ivmc_request raw_request(struct raw *raw);

/** Writes the request into the slot, enqueues the index in the ring of its op, notifies. */
void raw_send(struct raw *raw, unsigned slot, const struct ivmc_request *request);

/** Takes a response index off a ring, waiting for it a little; negative: none. */
int raw_receive(struct raw *raw, unsigned ring);

/** Lets the server run for a while. */
void raw_pause(unsigned us);
