/*
 * Rings whose memory holds anything: every operation ends, and answers with an index below n or an
 * error. Some begin as sound rings of which a few words are overwritten, which gets further.
 *
 * And rings whose memory was arranged so that an operation goes round for long, or each one ends
 * after a few laps: all operations together must not take many more tickets than a sound ring would
 * hand out. But what a sound ring may cost is forgiven.
 */
#include <ringside-rt/scq.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define ORDER_MOST 4
#define RINGS 3000
#define OPERATIONS 40

static uint64_t state = 1;

static uint64_t any(void)
{
    state = state * 6364136223846793005ul + 1442695040888963407ul;
    return state ^ state >> 29;
}

/* Small numbers and all ones are likelier to be taken for something than other words. */
static uint64_t any_word(void)
{
    switch (any() >> 60) {
    case 0 ... 3:
        return any() >> 58;
    case 4 ... 5:
        return ~(any() >> 60);
    default:
        return any();
    }
}

static void spoil(struct scq *scq)
{
    uint64_t *words = (uint64_t *)scq->ring;
    uint64_t count = sizeof(*scq->ring) / sizeof(*words) + 2 * scq->n;
    if (any() >> 63) {
        for (uint64_t i = 0; i < count; i++)
            words[i] = any_word();
        return;
    }
    scq_init_full(scq);
    for (uint64_t i = 0; i < any() >> 61; i++)
        words[any() % count] = any_word();
    if (any() >> 63)
        scq->ring->head = any_word();
}

/* How a peer makes operations dear. */
struct trap {
    bool enqueue; /* enqueues; else dequeues */
    uint64_t laps; /* that an entry is ahead of its neighbour: an operation goes round so often */
    uint64_t threshold;
};

/* Empty, for enqueuers, who wait until it is of an older lap; or with an index, for dequeuers. */
static uint64_t entry_of_lap(const struct scq *scq, uint64_t lap, uint64_t number, bool empty)
{
    uint64_t entries = 2 * scq->n;
    uint64_t low = empty ? 2 * entries - 1 : entries | number % (entries / 2);
    return (lap * entries) << 1 | low;
}

/*
 * Tickets that n operations took, of which the peer made each as dear as it could; between them it
 * writes the threshold, as a peer on another CPU could.
 */
static uint64_t dear_tickets(struct scq *scq, const struct trap *trap)
{
    scq_init_empty(scq);
    for (uint64_t i = 0; i < 2 * scq->n; i++)
        scq->entries[i] = entry_of_lap(scq, trap->laps * (i + 1), i, trap->enqueue);
    scq->ring->tail = trap->enqueue ? 0 : 1ul << 40;
    for (unsigned i = 0; i < scq->n; i++) {
        scq->ring->threshold = trap->threshold;
        if (trap->enqueue ? scq_enqueue(scq, i) : scq_dequeue(scq) == SCQ_BROKEN)
            break;
    }
    return trap->enqueue ? scq->ring->tail : scq->ring->head;
}

static int dear(unsigned order)
{
    struct scq scq;
    void *memory = aligned_alloc(128, (scq_bytes(order) + 127) / 128 * 128);
    if (!memory)
        return 1;
    scq_attach(&scq, memory, order);
    uint64_t most = 0, n = 1ul << order;
    /* Too long for one operation; for several; a dequeue that ends empty; ones that find indices */
    const struct trap traps[] = {
        {true, 30, 3 * n - 1},  {true, 30, n},        {true, 30, 1ul << 62},
        {true, 6, 3 * n - 1},   {true, 1, 3 * n - 1},
        {false, 30, 3 * n - 1}, {false, 30, n},       {false, 30, 1ul << 62},
        {false, 1, 3 * n - 1},
    };
    for (unsigned i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
        uint64_t tickets = dear_tickets(&scq, &traps[i]);
        most = tickets > most ? tickets : most;
    }
    free(memory);
    printf("n=%lu: at most %lu tickets for n operations on a ring that was made dear\n", n, most);
    return most > 50 * n;
}

/*
 * Each second operation wastes a little more than it is forgiven by itself, and the one between
 * nothing. Busy peers may do that to each other for ever: none may be taken for broken.
 */
static int unforgiven(bool enqueue)
{
    enum { WASTED = 28, LAPS_BEFORE = 2 };
    struct scq scq;
    void *memory = aligned_alloc(128, (scq_bytes(ORDER_MOST) + 127) / 128 * 128);
    if (!memory)
        return 1;
    scq_attach(&scq, memory, ORDER_MOST);
    scq_init_empty(&scq);
    uint64_t entries = 2 * scq.n, *ticket = enqueue ? &scq.ring->tail : &scq.ring->head;
    scq.ring->head = LAPS_BEFORE * entries;
    scq.ring->tail = enqueue ? LAPS_BEFORE * entries : 1ul << 40;
    int failed = 0;
    for (unsigned i = 0; i < 1000; i++) {
        uint64_t first = *ticket;
        for (uint64_t at = first; i % 2 == 0 && at < first + entries; at++) {
            uint64_t lap = at / entries + (at < first + WASTED ? 1 : enqueue ? -1ul : 0);
            scq.entries[at % entries] = entry_of_lap(&scq, lap, at, enqueue);
        }
        scq.ring->threshold = 3 * scq.n - 1;
        failed += (enqueue ? scq_enqueue(&scq, 0) : scq_dequeue(&scq)) < 0;
        failed += *ticket != first + 1 + (i % 2 ? 0 : WASTED);
    }
    free(memory);
    printf("%d of 1000 operations failed, half of which waste %d tickets\n", failed, WASTED);
    return failed != 0;
}

int main(void)
{
    uint64_t broken = 0, empty = 0, good = 0, wrong = 0;
    struct scq scq;
    void *memory = aligned_alloc(128, (scq_bytes(ORDER_MOST) + 127) / 128 * 128);
    if (!memory)
        return 2;
    for (unsigned ring = 0; ring < RINGS; ring++) {
        scq_attach(&scq, memory, ring % (ORDER_MOST + 1));
        spoil(&scq);
        for (unsigned i = 0; i < OPERATIONS; i++) {
            if (any() >> 63 && scq_enqueue(&scq, (unsigned)any()))
                broken++;
            int index = scq_dequeue(&scq);
            broken += index == SCQ_BROKEN;
            empty += index == SCQ_EMPTY;
            good += index >= 0;
            wrong += index < SCQ_BROKEN || index >= (int)scq.n;
            scq_is_empty(&scq);
        }
    }
    free(memory);
    printf("%lu indices, %lu empty, %lu broken, %lu wrong\n", good, empty, broken, wrong);
    return wrong || !broken || !empty || !good || dear(4) || dear(10) || dear(13) ||
           unforgiven(true) || unforgiven(false);
}
