/*
 * Rings whose memory holds anything: every operation ends, and answers with an index below n or an
 * error. Some begin as sound rings of which a few words are overwritten, which gets further.
 */
#include <ringside-rt/scq.h>
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
    uint64_t *words = (uint64_t *)scq->ring, count = scq_bytes(scq->order) / sizeof(*words);
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
            wrong += index < SCQ_BROKEN || index >= 1 << scq.order;
            scq_is_empty(&scq);
        }
    }
    free(memory);
    printf("%lu indices, %lu empty, %lu broken, %lu wrong\n", good, empty, broken, wrong);
    return wrong || !broken || !empty || !good;
}
