/*
 * When a sleeping client is told of responses. Each notification makes it run; when responses come
 * in quick succession, it is told of many at once, and meanwhile the server looks at the request
 * rings by itself at each completion, so the client need not notify either.
 *
 * Invariant: no response waits longer than LONGEST_WAIT without a notification, and none waits when
 * less than FEWEST requests of that client are open.
 */
#include "server.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/probe.h>

/* Completions that come closer together than this, on average, are worth waiting for. */
#define QUICK_NS 100000ul
#define LONGEST_WAIT_NS 500000ul

/* Requests that are under way or answered without the client knowing. */
#define FEWEST 6

/* Of seven open requests five are answered: tell the client. The others keep the backend busy. */
#define ANSWERED 5
#define UNDER_WAY 2

/*
 * A client that was told of many responses sends as many requests: look at the rings now and then
 * while it does, or it has sent them all before the backend gets the first.
 */
#define LOOK_NS 16000ul
#define LOOKS 4
#define LOOKS_AFTER_REQUESTS 2

static void announce(struct ivmc_server_channel *channel)
{
    unsigned which = channel->last_response;
    timer_cancel(&channel->timer);
    channel->deadline_ns = 0;
    channel->looks = LOOKS;
    channel->unannounced = 0;
    for (unsigned i = IVMC_WRITE_RESPONSE; i <= IVMC_READ_RESPONSE; i++)
        if (sleep_word_must_notify(&channel->ring[i].ring->receiver)) {
            PROBE(ring_notify, channel->name, which);
            event_send(channel->port);
            return;
        }
}

/* A long gap counts no more than twice what is quick: it is soon forgotten. */
static void count_gap(struct ivmc_server_channel *channel, uint64_t gap_ns)
{
    channel->gap_ns = (channel->gap_ns + (gap_ns < 2 * QUICK_NS ? gap_ns : 2 * QUICK_NS)) / 2;
}

static void measure(struct ivmc_server_channel *channel, uint64_t now)
{
    unsigned finished = channel->finished;
    if (!finished)
        return;
    count_gap(channel, (now - channel->looked_ns) / finished);
    channel->finished -= finished;
    channel->looked_ns = now;
}

static void expire(void *arg)
{
    struct ivmc_server_channel *channel = arg;
    ivmc_channel_wake(channel);
}

/* Whoever waits is told; where nothing came for a while, moderation begins anew. */
static bool too_long(struct ivmc_server_channel *channel, uint64_t now)
{
    if (!channel->deadline_ns || now < channel->deadline_ns)
        return false;
    channel->deadline_ns = 0;
    if (now - channel->looked_ns > QUICK_NS)
        channel->gap_ns = 2 * QUICK_NS;
    return true;
}

/* The deadline counts from the last notification, or from when moderation began. */
static void set_timer(struct ivmc_server_channel *channel, uint64_t now)
{
    if (!channel->deadline_ns)
        channel->deadline_ns = now + LONGEST_WAIT_NS;
    uint64_t next = channel->deadline_ns;
    if (channel->looks && channel->gap_ns < LOOK_NS && now + LOOK_NS < next) {
        channel->looks--;
        next = now + LOOK_NS;
    }
    timer_set(&channel->timer, next, expire, channel);
}

bool ivmc_answered_enough(const struct ivmc_server_channel *channel)
{
    return UNDER_WAY * channel->unannounced >= ANSWERED * channel->in_flight;
}

bool ivmc_moderated(const struct ivmc_server_channel *channel)
{
    return channel->in_flight && channel->in_flight + channel->unannounced >= FEWEST &&
           channel->gap_ns < QUICK_NS;
}

void ivmc_moderate(struct ivmc_server_channel *channel, bool requests)
{
    uint64_t now = clock_ns();
    measure(channel, now);
    bool late = too_long(channel, now), moderated = ivmc_moderated(channel);
    if (channel->unannounced && (!moderated || late || ivmc_answered_enough(channel)))
        announce(channel);
    if (requests && channel->looks < LOOKS_AFTER_REQUESTS)
        channel->looks = LOOKS_AFTER_REQUESTS;
    if (moderated && !channel->timer.set)
        set_timer(channel, now);
}
