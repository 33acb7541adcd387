/*
 * Rings whose memory holds anything: every operation ends, and answers with an index below n or an
 * error. Some begin as sound rings of which a few words are overwritten, which gets further.
 *
 * And rings whose memory was arranged so that each operation succeeds after many laps: all
 * operations together must not take many more tickets than a sound ring would hand out.
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

/* An entry of a lap of its own, 30 laps behind its neighbour's: empty, or with an index. */
static uint64_t far_entry(const struct scq *scq, uint64_t number, bool empty)
{
    uint64_t entries = 2 * scq->n, lap = 30 * (number + 1);
    uint64_t low = empty ? 2 * entries - 1 : entries | number % (entries / 2);
    return (lap * entries) << 1 | low;
}

/*
 * Tickets that n operations took, of which the peer made each as dear as it could; between them it
 * writes the threshold, as a peer on another CPU could.
 */
static uint64_t dear_tickets(struct scq *scq, bool enqueue, uint64_t threshold)
{
    scq_init_empty(scq);
    for (uint64_t i = 0; i < 2 * scq->n; i++)
        scq->entries[i] = far_entry(scq, i, enqueue);
    scq->ring->tail = enqueue ? 0 : 1ul << 40;
    for (unsigned i = 0; i < scq->n; i++) {
        scq->ring->threshold = threshold;
        if (enqueue ? scq_enqueue(scq, i) : scq_dequeue(scq) == SCQ_BROKEN)
            break;
    }
    return enqueue ? scq->ring->tail : scq->ring->head;
}

static int dear(unsigned order)
{
    struct scq scq;
    void *memory = aligned_alloc(128, (scq_bytes(order) + 127) / 128 * 128);
    if (!memory)
        return 1;
    scq_attach(&scq, memory, order);
    uint64_t most = 0, n = 1ul << order, thresholds[] = {3 * n - 1, n, 1ul << 62};
    for (unsigned i = 0; i < 2 * sizeof(thresholds) / sizeof(thresholds[0]); i++) {
        uint64_t tickets = dear_tickets(&scq, i % 2, thresholds[i / 2]);
        most = tickets > most ? tickets : most;
    }
    free(memory);
    printf("n=%lu: at most %lu tickets for n operations on a ring that was made dear\n", n, most);
    return most > 50 * n;
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
    return wrong || !broken || !empty || !good || dear(4) || dear(10) || dear(13);
}
