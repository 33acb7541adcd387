/*
 * A server made by hand for one client, whose rings have sixteen entries (order=4), so that each is
 * one page. It has no device: what it answers is up to the variant.
 */
#pragma once

#include <ringside-rt/event.h>
#include <ringside-rt/random.h>
#include <ringside-rt/scq.h>

#define SERVE_ORDER IVMC_MIN_ORDER
#define SERVE_ENTRIES (1u << SERVE_ORDER)

struct serve {
    const char *service;
    struct ivmc_fetch client;
    struct ivmc_channel *page;
    struct scq scq[IVMC_SHARED_RINGS];
    struct ivmc_slot *slots;
    evtchn_port_t port;
    struct random *random;
    int64_t result; /* of answers to a client of files */
    /** Requests that were taken off the rings. */
    uint64_t requests;
};

struct variant {
    const char *name;
    /** Writes the server's half of the channel page; NULL: connects as it should. */
    void (*connect)(struct serve *serve);
    /** Answers the request in a slot; NULL: not at all. */
    void (*answer)(struct serve *serve, unsigned slot);
};

/** Registers, and waits until a client with a channel is there. */
void serve_init(struct serve *serve, const char *service);

/** Serves the client until it is gone, or for a few seconds. */
void serve_client(struct serve *serve, const struct variant *variant);

/** Ready to serve, by what the page says. */
void serve_connect(struct serve *serve);

/** A right answer with this status, but no data. */
void serve_answer(struct serve *serve, unsigned slot, int status);

/** Puts a slot into a response ring. */
void serve_enqueue(struct serve *serve, unsigned ring, unsigned slot);

/** The ring that the answer to a slot's request belongs into. */
unsigned serve_ring(const struct serve *serve, unsigned slot);

extern const struct variant variants[];
extern const unsigned variant_count;
