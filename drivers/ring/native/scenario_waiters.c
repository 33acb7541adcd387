/*
 * The waiter count: one who releases all indices one by one, waiters who want one each. Whoever
 * sleeps while the ring holds something has lost a wake-up.
 */
#include "native_scq.h"
#include "scenario.h"
#include <ringside-rt/waiters.h>

static unsigned waiter_count, ring_order;
static struct native_scq memory;
static struct scq ring;
static unsigned pending; /* the event channel's bit */
static uint32_t sequence;

static void setup(void)
{
    scq_attach(&ring, &memory, ring_order);
    native_scq_init(&ring, 0);
    ring.ring->waiters = 0;
    pending = 0;
    sequence = 0;
}

static void releaser(void)
{
    for (unsigned index = 0; index < waiter_count; index++) {
        scq_enqueue(&ring, index);
        if (waiters_present(&ring.ring->waiters)) {
            explore_event();
            pending = 1;
        }
    }
}

static void waiter(void)
{
    while (scq_dequeue(&ring) < 0) {
        uint32_t seen = waiters_sample(&sequence);
        waiters_enter(&ring.ring->waiters);
        bool got = scq_dequeue(&ring) >= 0;
        if (MUTANT(sampled_late))
            seen = waiters_sample(&sequence);
        if (!got)
            explore_wait_while(&sequence, seen);
        waiters_leave(&ring.ring->waiters);
        if (got)
            return;
    }
}

static void handler(void)
{
    for (;;) {
        explore_down(&pending);
        pending = 0;
        waiters_wake(&sequence);
    }
}

static void thread(unsigned number)
{
    if (number == 0)
        releaser();
    else if (number <= waiter_count)
        waiter();
    else
        handler();
}

static const char *check(void)
{
    if (ring.ring->waiters)
        return "waiters are counted though nobody waits";
    return scq_dequeue(&ring) == SCQ_EMPTY ? NULL : "an index came out of nowhere";
}

struct exploration scenario_waiters(unsigned waiters, unsigned order)
{
    waiter_count = waiters;
    ring_order = order;
    return (struct exploration){.setup = setup,
                                .thread = thread,
                                .check = check,
                                .threads = waiters + 2,
                                .daemons = 1,
                                .step_limit = 400};
}
