/*
 * The sleep words: senders with one index each, a receiver that wants all of them and has one or
 * two rings, each with a word of its own, as both ends of an IVMC channel have. Whoever sleeps
 * while a ring holds something has lost a wake-up.
 */
#include "native_scq.h"
#include "scenario.h"
#include <ringside-rt/sleep_word.h>

#define RINGS_MOST 2

static unsigned sender_count, ring_count, ring_order;
static bool stray_wake_up;
static struct native_scq memory[RINGS_MOST];
static struct scq ring[RINGS_MOST];
static unsigned pending, woken; /* the event channel's bit; the receiver's semaphore */

static int32_t *word(unsigned i)
{
    return &ring[i].ring->receiver;
}

static void setup(void)
{
    for (unsigned i = 0; i < ring_count; i++) {
        scq_attach(&ring[i], &memory[i], ring_order);
        native_scq_init(&ring[i], 0);
        *word(i) = IVMC_ACTIVE;
    }
    pending = woken = 0;
}

static void sender(unsigned index)
{
    struct scq *to = &ring[index % ring_count];
    scq_enqueue(to, index);
    if (sleep_word_must_notify(&to->ring->receiver)) {
        explore_event();
        pending = 1;
    }
}

static unsigned look(void)
{
    unsigned got = 0;
    for (unsigned i = 0; i < ring_count; i++)
        while (!scq_is_empty(&ring[i]) && scq_dequeue(&ring[i]) >= 0)
            got++;
    return got;
}

static bool fall_asleep(void)
{
    bool asleep = true;
    for (unsigned i = 0; i < ring_count; i++)
        asleep &= sleep_word_fall_asleep(word(i));
    return asleep;
}

/* The loop of ivmc_client_receive and ivmc_channel_receive. */
static void receiver(void)
{
    for (unsigned got = 0;;) {
        for (unsigned i = 0; i < ring_count; i++)
            sleep_word_activate(word(i));
        got += look();
        if (got == sender_count)
            return;
        for (unsigned i = 0; i < ring_count; i++)
            sleep_word_drowse(word(i));
        unsigned more = MUTANT(no_second_look) ? 0 : look();
        got += more;
        if (!more && fall_asleep())
            explore_down(&woken);
    }
}

static void handler(void)
{
    for (;;) {
        bool wake = false;
        explore_down(&pending);
        pending = 0;
        for (unsigned i = 0; i < ring_count; i++)
            wake |= sleep_word_rouse(word(i));
        if (wake)
            woken++;
    }
}

static void thread(unsigned number)
{
    if (number < sender_count) {
        sender(number);
    } else if (number == sender_count) {
        receiver();
    } else if (number == sender_count + 1 && stray_wake_up) {
        explore_event();
        woken++;
    } else {
        handler();
    }
}

static const char *check(void)
{
    return look() ? "an index came out of nowhere" : NULL;
}

struct exploration scenario_sleep(unsigned senders, unsigned rings, bool stray, unsigned order)
{
    sender_count = senders;
    ring_count = rings;
    stray_wake_up = stray;
    ring_order = order;
    return (struct exploration){.setup = setup,
                                .thread = thread,
                                .check = check,
                                .threads = senders + stray + 2,
                                .daemons = 1,
                                .step_limit = 400};
}
