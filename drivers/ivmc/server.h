/*
 * The server's end: what its files share.
 *
 * Invariant: a channel's areas stay mapped as long as any request of it is with the backend. Each
 * client has structures of its own; whatever one does is the end of its own channel at most.
 */
#ifndef IVMC_SERVER_H
#define IVMC_SERVER_H

#include "channel.h"
#include <ringside-rt/grant.h>
#include <ringside-rt/ivmc.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/sleep_word.h>
#include <ringside-rt/timer.h>

enum channel_state {
    SERVING,
    /** The client is gone, has a newer channel, or broke the protocol: wait for the backend, then
     * give everything back. */
    CLOSING,
    CLOSED
};

struct ivmc_server_channel {
    enum channel_state state;
    const struct ivmc_backend *backend;
    struct ivmc_peer peer;
    bool accepted; /* by the backend */
    unsigned slot, name;
    grant_ref_t page_ref;
    uint32_t epoch, serial, order, path;

    struct grant_range page_map, rings_map, slots_map, data_map;
    struct ivmc_channel *page;
    struct scq ring[IVMC_SHARED_RINGS];
    struct ivmc_slot *slots;

    evtchn_port_t port;
    struct thread *receiver;
    bool violated; /* the client did what no client does */
    bool woken;
    bool drowsy; /* the words of the request rings do not say that the receiver looks by itself */
    bool resting; /* asleep, though they say so: woken when there is something to look at */
    uint8_t *work; /* one struct ivmc_work for each small slot */
    size_t work_bytes;
    struct ivmc_work *deferred; /* one that the backend had no room for */
    unsigned in_flight;
    uint64_t progress; /* requests begun and answered, for the heartbeat */
    bool nudged;    /* woken by the heartbeat, once */

    /* moderation.c */
    unsigned unannounced;   /* responses since the last notification */
    unsigned last_response; /* the ring of the last one */
    unsigned finished;      /* requests since the last look */
    uint64_t looked_ns, gap_ns;
    struct timer timer;
    uint64_t deadline_ns; /* for a notification; 0: none */
    unsigned looks;       /* soon, while the client sends */
};

static inline struct ivmc_server_channel *ivmc_channel_of(const struct ivmc_work *work)
{
    return CONTAINER_OF(work->peer, struct ivmc_server_channel, peer);
}

/* connect.c: 0 or -XEN_E...; what is wrong with the client's page is said to the client */
int ivmc_channel_connect(struct ivmc_server_channel *channel, const struct ivmc_fetch *record);
void ivmc_channel_disconnect(struct ivmc_server_channel *channel);

/* Maps pages that a domain has granted: 0, -XEN_ENOSPC, or -XEN_EACCES. */
int ivmc_map_area(domid_t owner, grant_ref_t first, uint32_t pages, struct grant_range *range);

/* region.c: carries out IVMC_ATTACH and IVMC_DETACH */
int ivmc_channel_region(struct ivmc_peer *peer, const struct ivmc_request *request);
void ivmc_channel_detach_all(struct ivmc_peer *peer);

/* serve.c */
void ivmc_channel_receive(void *channel);
void ivmc_channel_event(evtchn_port_t port, void *channel);
void ivmc_channel_wake(struct ivmc_server_channel *channel);
/* Whether there is work that the receiver does not get to. */
bool ivmc_channel_stuck(struct ivmc_server_channel *channel, uint64_t progress_before);

/* moderation.c */
/* So many responses wait that the client is to be told at once. */
bool ivmc_answered_enough(const struct ivmc_server_channel *channel);
bool ivmc_moderated(const struct ivmc_server_channel *channel);
void ivmc_moderate(struct ivmc_server_channel *channel, bool requests);

/* server.c */
void ivmc_server_closed(struct ivmc_server_channel *channel);
void ivmc_server_room(void);

#endif
