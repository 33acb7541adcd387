/*
 * The client's end of a channel: what its files share.
 *
 * Invariant: a small slot is in exactly one state. FREE: its index is in the small_free ring. HELD:
 * a submitting thread has it. SENT: its request was sent in this epoch or has to be sent again, and
 * it is in the list of flights, which is in the order of sequence numbers. Nothing that the server
 * can write decides about that. All of this runs in threads, on vCPU 0.
 */
#ifndef IVMC_CLIENT_H
#define IVMC_CLIENT_H

#include "channel.h"
#include <ringside-rt/ivmc.h>
#include <ringside-rt/sleep_word.h>
#include <ringside-rt/timer.h>

#define NO_SLOT 0xffffffffu

enum flight_state { FREE, HELD, SENT };

/* What we know of a small slot; the server cannot touch it. */
struct flight {
    enum flight_state state;
    struct ivmc_request message;
    /** Whose request it is, and where its data goes to or comes from. */
    void *owner, *buffer;
    uint32_t large; /* its large slot, or NO_SLOT */
    uint32_t next, previous;
};

enum gate {
    /** No server, or not yet connected, or recovering: submitters wait. */
    CLOSED,
    /** They still do, while a new server is told what the last one knew: ivmc_use.resume. */
    RESUMING,
    OPEN,
    /** The server broke the protocol: everything fails. */
    BROKEN
};

struct ivmc_client;

/* What requests and answers mean to whoever uses the channel. */
struct ivmc_use {
    /* A server has connected: its half of the page. 0, or why the channel is of no use. */
    int (*connected)(struct ivmc_client *client, const struct ivmc_channel *page);
    /* Takes what an answer without an error brings; false: it cannot be the answer. */
    bool (*answered)(struct ivmc_client *client, struct flight *flight,
                     const struct ivmc_response *response);
    /* The request is over, its slot free: 0 or -XEN_E... */
    void (*over)(struct ivmc_client *client, const struct flight *flight, int status);
    /*
     * Tells a new server what the last one knew, by ivmc_client_call, before unanswered requests
     * are sent again. 0, what ivmc_client_call says, or why there is no going on. NULL: nothing.
     */
    int (*resume)(struct ivmc_client *client);
};

struct ivmc_client {
    const struct ivmc_use *use;
    const char *service;
    unsigned path, order;
    enum gate gate;

    /* Memory that the server maps; the same in all epochs. */
    struct ivmc_channel *page;
    void *rings;
    struct ivmc_slot *slots;
    uint8_t *data;
    size_t data_pages;
    domid_t granted_to;
    grant_ref_t page_ref, rings_ref, slots_ref, data_ref;

    struct scq ring[IVMC_RINGS];
    struct flight *flights;
    bool *large_used;
    uint32_t spare; /* HELD for resume between its calls; NO_SLOT: there is none */
    uint32_t first_flight, last_flight;
    /** A request ring with requests that its receiver may not know of, or NO_SLOT. */
    unsigned unannounced;
    unsigned in_flight;
    uint64_t sequence;

    uint32_t epoch, generation;
    int domid; /* our own */
    unsigned name;
    evtchn_port_t port, welcome;

    struct thread *receiver, *manager;
    bool manager_woken;
    /** The words of the response rings do not say that the receiver looks by itself. */
    bool drowsy;
    struct thread_queue for_gate, for_slots;
    uint64_t *region_used;
    int first_status;
    struct ivmc_statistics statistics;

    /* patience.c */
    struct timer patience;
    uint64_t progress; /* when it was set */
    bool complained;
};

/* Whether answers can come. */
static inline bool connected_gate(const struct ivmc_client *client)
{
    return client->gate == OPEN || client->gate == RESUMING;
}

static inline unsigned entries(const struct ivmc_client *client)
{
    return 1u << client->order;
}

/* client.c: connects, and waits until it has; use, service, path and order are set */
int ivmc_client_open(struct ivmc_client *client, size_t region_bytes);

/* memory.c: what is allocated once; buffers for data */
int ivmc_client_memory(struct ivmc_client *client, size_t region_bytes);
void *ivmc_client_buffer(struct ivmc_client *client, size_t bytes);
void ivmc_client_buffer_free(struct ivmc_client *client, void *buffer, size_t bytes);
/* Whether it lies in the memory that the server maps. */
bool ivmc_client_in_region(const struct ivmc_client *client, const void *buffer, size_t bytes);

/* build.c: the shared memory of an epoch */
int ivmc_client_grant(struct ivmc_client *client, domid_t server);
void ivmc_client_build(struct ivmc_client *client, domid_t server);

/* submit.c: an index out of a free ring, waiting for one; NO_SLOT: the channel is broken */
unsigned ivmc_client_take(struct ivmc_client *client, unsigned which);
/* Numbers and sends the request of a HELD slot. */
void ivmc_client_post(struct ivmc_client *client, unsigned slot);
void ivmc_client_send(struct ivmc_client *client, unsigned slot);
/* The server is to know of all that was posted. */
void ivmc_client_notify(struct ivmc_client *client);

/* answer.c: the thread that takes responses */
void ivmc_client_receive(void *client);
void ivmc_client_event(evtchn_port_t port, void *client);
/* A request is under way no more. */
void ivmc_client_take_out(struct ivmc_client *client, unsigned slot);
/* What is in the response rings, at most so many; how many. */
unsigned ivmc_client_drain(struct ivmc_client *client, unsigned most);
/* The server broke the protocol. */
void ivmc_client_break(struct ivmc_client *client, const char *how);

/* patience.c: from now on the client waits for the server, and says so when that takes long */
void ivmc_client_patience(struct ivmc_client *client);

/* manage.c: for resume: sends the spare slot's request and waits; -XEN_EAGAIN: the server died */
int ivmc_client_call(struct ivmc_client *client);
/* The thread that connects, and connects again */
void ivmc_client_manage(void *client);
void ivmc_client_wake_all(struct thread_queue *queue);

#endif
