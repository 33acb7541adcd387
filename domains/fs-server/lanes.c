/*
 * Each client has a lane, and the lanes have their turns: whoever sends thousands of requests keeps
 * its own waiting.
 *
 * Invariant: all requests of a client that wait are in one lane, in the order in which they came. A
 * lane without any is nobody's.
 */
#include "lanes.h"

#include <ringside-rt/print.h>

struct lane {
    const struct ivmc_peer *peer;
    struct ivmc_work *first, *last;
};

/* A service has at most so many clients. */
static struct lane lanes[IVMC_MAX_CLIENTS];
static unsigned turn;

static struct lane *lane_of(const struct ivmc_peer *peer)
{
    struct lane *free = NULL;
    for (unsigned i = 0; i < ARRAY_SIZE(lanes); i++) {
        if (lanes[i].first && lanes[i].peer == peer)
            return &lanes[i];
        if (!lanes[i].first)
            free = &lanes[i];
    }
    panic_unless(free);
    free->peer = peer;
    return free;
}

void lanes_put(struct ivmc_work *work)
{
    struct lane *lane = lane_of(work->peer);
    *work_next(work) = NULL;
    if (lane->first)
        *work_next(lane->last) = work;
    else
        lane->first = work;
    lane->last = work;
}

struct ivmc_work *lanes_take(void)
{
    unsigned passed = 0;
    while (!lanes[turn].first) {
        panic_unless(passed++ < ARRAY_SIZE(lanes));
        turn = (turn + 1) % ARRAY_SIZE(lanes);
    }
    struct ivmc_work *work = lanes[turn].first;
    lanes[turn].first = *work_next(work);
    turn = (turn + 1) % ARRAY_SIZE(lanes);
    return work;
}
