/*
 * NCQ. An entry is (cycle, index), the index in the low order bits. An enqueuer with tail T uses
 * the entry when its cycle is one before T's; a dequeuer with head H takes it when it is H's.
 *
 * Invariant: entries of tickets from head to tail - 1 have the cycle of their ticket; the entry of
 * the tail has either the cycle before (free) or its own (put, and the tail is about to move).
 */
#include <ringside-rt/ncq.h>
#include <ringside-rt/ring_step.h>

static uint64_t mask(const struct ncq *ncq)
{
    return ncq->n - 1;
}

static uint64_t *entry_at(const struct ncq *ncq, uint64_t ticket)
{
    return &ncq->entries[ticket & mask(ncq)];
}

static uint64_t cycle_of(const struct ncq *ncq, uint64_t word)
{
    return word & ~mask(ncq);
}

static uint64_t load(const uint64_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static int cas(uint64_t *word, uint64_t expected, uint64_t desired)
{
    return __atomic_compare_exchange_n(word, &expected, desired, 0, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

size_t ncq_bytes(unsigned order)
{
    return sizeof(struct ivmc_ring) + (1ul << order) * sizeof(uint64_t);
}

void ncq_attach(struct ncq *ncq, void *ring, unsigned order)
{
    ncq->ring = ring;
    ncq->entries = (uint64_t *)(ncq->ring + 1);
    ncq->n = 1ul << order;
}

/* Entries have cycle 0; tickets begin in cycle 1 where nothing is in. */
static void init(struct ncq *ncq, uint64_t head)
{
    for (uint64_t i = 0; i <= mask(ncq); i++)
        *entry_at(ncq, i) = i;
    ncq->ring->head = head;
    ncq->ring->tail = ncq->n;
}

void ncq_init_empty(struct ncq *ncq)
{
    init(ncq, ncq->n);
}

void ncq_init_full(struct ncq *ncq)
{
    init(ncq, 0);
}

void ncq_enqueue(struct ncq *ncq, unsigned index)
{
    uint64_t *tail = &ncq->ring->tail;
    for (;;) {
        RING_STEP(ncq_tail);
        uint64_t ticket = load(tail);
        RING_STEP(ncq_load);
        uint64_t entry = load(entry_at(ncq, ticket));
        if (cycle_of(ncq, entry) == cycle_of(ncq, ticket)) { /* put by another: help it */
            RING_STEP(ncq_advance);
            cas(tail, ticket, ticket + 1);
            continue;
        }
        if (cycle_of(ncq, entry) + mask(ncq) + 1 != cycle_of(ncq, ticket))
            continue; /* the tail has moved since */
        RING_STEP(ncq_store);
        if (!cas(entry_at(ncq, ticket), entry, cycle_of(ncq, ticket) | index))
            continue;
        RING_STEP(ncq_advance);
        cas(tail, ticket, ticket + 1);
        return;
    }
}

int ncq_dequeue(struct ncq *ncq)
{
    for (;;) {
        RING_STEP(ncq_head);
        uint64_t ticket = load(&ncq->ring->head);
        RING_STEP(ncq_load);
        uint64_t entry = load(entry_at(ncq, ticket));
        if (cycle_of(ncq, entry) + mask(ncq) + 1 == cycle_of(ncq, ticket))
            return NCQ_EMPTY;
        if (cycle_of(ncq, entry) != cycle_of(ncq, ticket))
            continue; /* the head has moved since */
        RING_STEP(ncq_advance);
        if (!cas(&ncq->ring->head, ticket, ticket + 1))
            continue;
        if (MUTANT(ncq_take_late)) {
            RING_STEP(ncq_load);
            entry = load(entry_at(ncq, ticket));
        }
        return (int)(entry & mask(ncq));
    }
}

/* Head first, as scq_is_empty. Who dequeues before the enqueuer has moved the tail overtakes it. */
int ncq_is_empty(const struct ncq *ncq)
{
    RING_STEP(empty_head);
    uint64_t head = load(&ncq->ring->head);
    RING_STEP(empty_tail);
    return (int64_t)(load(&ncq->ring->tail) - head) <= 0;
}
