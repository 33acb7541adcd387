/*
 * The sleep word: senders with one index each, a receiver that wants all of them. Whoever sleeps
 * while the ring holds something has lost a wake-up.
 */
#include "native_scq.h"
#include "scenario.h"
#include <ringside-rt/sleep_word.h>

static unsigned sender_count, ring_order;
static struct native_scq memory;
static struct scq ring;
static unsigned pending, woken; /* the event channel's bit; the receiver's semaphore */

static void setup(void)
{
    scq_attach(&ring, &memory, ring_order);
    native_scq_init(&ring, 0);
    ring.ring->receiver = IVMC_ACTIVE;
    pending = woken = 0;
}

static void sender(unsigned index)
{
    scq_enqueue(&ring, index);
    if (sleep_word_must_notify(&ring.ring->receiver)) {
        explore_event();
        pending = 1;
    }
}

static void receiver(void)
{
    for (unsigned got = 0; got < sender_count;) {
        if (scq_dequeue(&ring) >= 0) {
            got++;
            continue;
        }
        sleep_word_drowse(&ring.ring->receiver);
        if (scq_dequeue(&ring) >= 0) {
            sleep_word_activate(&ring.ring->receiver);
            got++;
        } else if (sleep_word_fall_asleep(&ring.ring->receiver)) {
            explore_down(&woken);
        }
    }
}

static void handler(void)
{
    for (;;) {
        explore_down(&pending);
        pending = 0;
        if (sleep_word_rouse(&ring.ring->receiver))
            woken++;
    }
}

static void thread(unsigned number)
{
    if (number < sender_count)
        sender(number);
    else if (number == sender_count)
        receiver();
    else
        handler();
}

static const char *check(void)
{
    return scq_dequeue(&ring) == SCQ_EMPTY ? NULL : "an index came out of nowhere";
}

struct exploration scenario_sleep(unsigned senders, unsigned order)
{
    sender_count = senders;
    ring_order = order;
    return (struct exploration){.setup = setup,
                                .thread = thread,
                                .check = check,
                                .threads = senders + 2,
                                .daemons = 1,
                                .step_limit = 400};
}
