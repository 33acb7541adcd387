/*
 * The thread that serves one client: takes indices out of the request rings, copies each request
 * once, checks it, hands it to the backend. Responses are enqueued where the backend says that a
 * request is done, in whatever context: their slot was reserved by the client, so that never waits.
 *
 * Two kinds of wrong: what a request says may be nonsense and is answered with an error; what no
 * client following the protocol can do (an index twice, a broken ring) ends the channel.
 */
#include "server.h"
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>

#define LINGER_ROUNDS 2

/* Of each ring, before other clients' receivers get their turn. */
#define TURN_REQUESTS 64

/* The rings that the receiver looks at. */
static const unsigned request_rings[] = {IVMC_WRITE_REQUEST, IVMC_READ_REQUEST};

static struct ivmc_work *work_of(struct ivmc_server_channel *channel, unsigned slot)
{
    return (struct ivmc_work *)(channel->work + slot * channel->work_bytes);
}

unsigned ivmc_work_slot(const struct ivmc_work *work)
{
    const struct ivmc_server_channel *channel = ivmc_channel_of(work);
    return (unsigned)(((const uint8_t *)work - channel->work) / channel->work_bytes);
}

static void violation(struct ivmc_server_channel *channel, const char *what)
{
    if (channel->state != SERVING)
        return;
    printf("ivmc: domain %u: %s; its channel is closed\n", channel->peer.domid, what);
    channel->state = CLOSING;
    channel->violated = true;
    channel->page->status = -XEN_EINVAL;
    WRITE_ONCE(channel->page->server_state, IVMC_REFUSED);
    event_send(channel->port);
}

/*
 * The receiver rests with active words, and this completion is no reason for it to get up: nothing
 * new was asked, and the client is not yet to be told. If it is to be told later, the timer runs.
 */
static bool rests_on(const struct ivmc_server_channel *channel)
{
    if (!channel->resting || channel->state != SERVING || channel->deferred ||
        ivmc_answered_enough(channel))
        return false;
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++)
        if (!scq_is_empty(&channel->ring[request_rings[i]]))
            return false;
    return true;
}

void ivmc_server_done(struct ivmc_work *work, int status, uint32_t length)
{
    struct ivmc_server_channel *channel = ivmc_channel_of(work);
    unsigned slot = ivmc_work_slot(work), which = ivmc_response_ring(work->request.op);
    work->busy = false;
    if (work->region)
        channel->peer.regions[work->region].users--;
    channel->finished++;
    if (channel->state == SERVING) {
        uint64_t (*more)(void) = channel->backend->copied_behind;
        uint64_t behind = more ? more() : 0;
        channel->slots[slot].response = (struct ivmc_response){
            .sequence = work->request.sequence,
            .epoch = channel->epoch,
            .status = status,
            .length = length,
            .result = work->result,
            .extra = work->extra,
            .copied = bulk_copied() + behind,
        };
        channel->unannounced++;
        channel->last_response = which;
        PROBE(ring_enqueue, channel->name, which, slot, work->request.sequence);
        if (scq_enqueue(&channel->ring[which], slot))
            violation(channel, "a response ring is broken");
    }
    channel->in_flight--; /* only now: a handler that never gets here is seen by the heartbeat */
    channel->progress++;
    if (!rests_on(channel))
        ivmc_channel_wake(channel);
    ivmc_server_room();
}

static void finish(struct ivmc_work *work, int rc)
{
    bool irq = irq_save();
    ivmc_server_done(work, rc, 0);
    irq_restore(irq);
}

/* It counts as deferred before the backend refuses it: room may come at once after that. */
static void give_to_backend(struct ivmc_server_channel *channel, struct ivmc_work *work)
{
    channel->deferred = work;
    int rc = channel->backend->submit(work);
    if (rc == -XEN_EBUSY)
        return;
    channel->deferred = NULL;
    if (rc)
        finish(work, rc);
}

static void begin(struct ivmc_server_channel *channel, unsigned which, unsigned slot)
{
    struct ivmc_work *work = work_of(channel, slot);
    if (work->busy) {
        violation(channel, "a slot was sent twice");
        return;
    }
    work->request = channel->slots[slot].request;
    compiler_barrier(); /* one copy, and only that is looked at */
    PROBE(ring_dequeue, channel->name, which, slot, work->request.sequence);
    if (work->request.epoch != channel->epoch ||
        which != ivmc_request_ring(work->request.op)) {
        violation(channel, "a request of another epoch, or in the wrong ring");
        return;
    }
    work->address = 0;
    work->region = 0;
    work->result = 0;
    work->extra = 0;
    work->busy = true;
    work->peer = &channel->peer;
    PROBE(ivmc_serve, channel->name, work->request.sequence, work->request.op);
    bool irq = irq_save();
    channel->in_flight++;
    channel->progress++;
    int rc = channel->backend->check(work);
    if (!rc && work->region)
        channel->peer.regions[work->region].users++;
    irq_restore(irq);
    bool about_region = channel->backend->regions && ivmc_is_region_op(work->request.op);
    if (!rc && about_region)
        rc = ivmc_channel_region(&channel->peer, &work->request);
    if (rc || about_region)
        finish(work, rc);
    else
        give_to_backend(channel, work);
}

static int32_t *word(struct ivmc_server_channel *channel, unsigned i)
{
    return &channel->ring[request_rings[i]].ring->receiver;
}

static void activate(struct ivmc_server_channel *channel)
{
    if (!channel->drowsy)
        return;
    channel->drowsy = false;
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++)
        sleep_word_activate(word(channel, i));
}

static void drowse(struct ivmc_server_channel *channel)
{
    channel->drowsy = true;
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++)
        sleep_word_drowse(word(channel, i));
}

/* What is there of one ring, until the backend is full or the turn is over; how many requests. */
static unsigned drain_ring(struct ivmc_server_channel *channel, unsigned which)
{
    struct scq *ring = &channel->ring[which];
    unsigned taken = 0;
    while (channel->state == SERVING && !channel->deferred && taken < TURN_REQUESTS &&
           !scq_is_empty(ring)) {
        int slot = scq_dequeue(ring);
        if (slot == SCQ_BROKEN)
            violation(channel, "a request ring is broken");
        if (slot < 0)
            break;
        activate(channel); /* first: while it works, nobody needs to notify it */
        begin(channel, which, (unsigned)slot);
        taken++;
    }
    return taken;
}

static unsigned drain(struct ivmc_server_channel *channel)
{
    unsigned taken = 0;
    if (channel->deferred) {
        give_to_backend(channel, channel->deferred);
        taken = !channel->deferred;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++)
        taken += drain_ring(channel, request_rings[i]);
    if (taken)
        channel->backend->kick();
    return taken;
}

void ivmc_channel_wake(struct ivmc_server_channel *channel)
{
    channel->woken = true;
    if (channel->receiver)
        thread_wake(channel->receiver);
}

void ivmc_channel_event(evtchn_port_t port, void *arg)
{
    struct ivmc_server_channel *channel = arg;
    (void)port;
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++)
        sleep_word_rouse(word(channel, i));
    PROBE(ring_wake, channel->name, IVMC_READ_REQUEST);
    ivmc_channel_wake(channel);
}

static bool fall_asleep(struct ivmc_server_channel *channel)
{
    bool asleep = true;
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++) {
        PROBE(ring_sleep, channel->name, request_rings[i]);
        asleep &= sleep_word_fall_asleep(word(channel, i));
    }
    return asleep;
}

/*
 * Before it sleeps the receiver lets everybody else run a little: a client that is in the midst of
 * sending gets to its end, and what it sends meanwhile costs no notification.
 */
static bool linger(struct ivmc_server_channel *channel)
{
    for (unsigned i = 0; i < LINGER_ROUNDS; i++) {
        thread_yield();
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
        if (drain(channel))
            return true;
    }
    return false;
}

/* Blocks until something wakes the receiver. Its words stay active while completions come often. */
static void rest(struct ivmc_server_channel *channel)
{
    bool moderated = ivmc_moderated(channel);
    if (!moderated) {
        if (linger(channel))
            return;
        drowse(channel);
    }
    if (moderated || !drain(channel)) {
        bool irq = irq_save();
        if (!channel->woken && channel->state == SERVING && (moderated || fall_asleep(channel))) {
            channel->resting = moderated;
            thread_block();
            channel->resting = false;
        }
        irq_restore(irq);
    }
    activate(channel);
}

void ivmc_channel_receive(void *arg)
{
    struct ivmc_server_channel *channel = arg;
    while (channel->state == SERVING) {
        channel->woken = false;
        unsigned taken = drain(channel);
        ivmc_moderate(channel, taken);
        if (taken >= TURN_REQUESTS)
            thread_yield();
        else if (!taken && channel->state == SERVING)
            rest(channel);
    }
    if (channel->backend->leave)
        channel->backend->leave(&channel->peer);
    bool irq = irq_save();
    if (channel->deferred) {
        channel->deferred = NULL;
        channel->in_flight--;
    }
    while (channel->in_flight)
        thread_block();
    irq_restore(irq);
    ivmc_channel_disconnect(channel);
    channel->state = CLOSED;
    ivmc_server_closed(channel);
}

bool ivmc_channel_stuck(struct ivmc_server_channel *channel, uint64_t progress_before)
{
    bool nudged = channel->nudged, waiting = false;
    channel->nudged = false;
    if (channel->state != SERVING || channel->progress != progress_before)
        return false;
    for (unsigned i = 0; i < ARRAY_SIZE(request_rings); i++)
        waiting |= !scq_is_empty(&channel->ring[request_rings[i]]);
    if (waiting && !nudged && !channel->in_flight) {
        /* Its client may have sent without notifying, to get us killed. */
        channel->nudged = true;
        ivmc_channel_wake(channel);
        return false;
    }
    bool late = channel->in_flight && !channel->backend->waits;
    return waiting || late || channel->unannounced;
}
