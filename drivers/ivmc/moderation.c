/*
 * When a sleeping client is told of responses. Each notification makes it run; when responses come
 * in quick succession, it is told of many at once, and meanwhile the server looks at the request
 * rings by itself at each completion, so the client need not notify either.
 *
 * Invariant: no response waits longer than LONGEST_WAIT without a notification, and none waits when
 * nothing else of that client is under way.
 */
#include "server.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/probe.h>

/* Completions that come closer together than this, on average, are worth waiting for. */
#define QUICK_NS 8000ul
#define LONGEST_WAIT_NS 50000ul

/* Of all requests that the client has sent, three quarters are answered: tell it. */
#define SHARE 3

static void announce(struct ivmc_server_channel *channel)
{
    unsigned which = channel->last_response;
    channel->unannounced = 0;
    for (unsigned i = IVMC_WRITE_RESPONSE; i <= IVMC_READ_RESPONSE; i++)
        if (sleep_word_must_notify(&channel->ring[i].ring->receiver)) {
            PROBE(ring_notify, channel->name, which);
            event_send(channel->port);
            return;
        }
}

static void measure(struct ivmc_server_channel *channel)
{
    unsigned finished = channel->finished;
    if (!finished)
        return;
    uint64_t now = clock_ns();
    uint64_t gap = (now - channel->looked_ns) / finished;
    channel->finished -= finished;
    channel->looked_ns = now;
    channel->gap_ns = gap > 1000000 ? gap : (3 * channel->gap_ns + gap) / 4;
}

/* It took too long: whoever waits is told, and moderation begins anew. */
static void expire(void *arg)
{
    struct ivmc_server_channel *channel = arg;
    channel->gap_ns = 2 * QUICK_NS;
    ivmc_channel_wake(channel);
}

bool ivmc_moderated(const struct ivmc_server_channel *channel)
{
    return channel->in_flight && channel->gap_ns < QUICK_NS && channel->looked_ns;
}

void ivmc_moderate(struct ivmc_server_channel *channel)
{
    measure(channel);
    bool moderated = ivmc_moderated(channel);
    if (channel->unannounced && (!moderated || channel->unannounced >= SHARE * channel->in_flight))
        announce(channel);
    if (moderated)
        timer_set(&channel->timer, clock_ns() + LONGEST_WAIT_NS, expire, channel);
}
