/*
 * SCQ. Tickets only grow; the ticket's low bits say which entry it is for, the rest is its cycle.
 *
 * Invariant: an entry holds index i of cycle c exactly while the enqueuer with that ticket has put
 * it there and the dequeuer with the same ticket has not taken it. Whoever finds an entry of an
 * older cycle moves it on (empty) or marks it unsafe (occupied), so that a late enqueuer with an
 * older ticket cannot use what its dequeuer has already passed.
 *
 * An entry, from bit 63 down: cycle, safe (1 bit), index (order + 1 bits, all ones: none).
 * Cycles are compared by signed difference: they wrap.
 */
#include <ringside-rt/ring_step.h>
#include <ringside-rt/scq.h>

/* log2 of the entries in a line of 128 bytes (two of 64, as the prefetcher takes them). */
#define LINE_SHIFT 4

/*
 * More rounds than a sound ring of that size can ask of one operation while at most n others are
 * under way; a ring that a peer has written garbage into would go round for ever.
 */
#define ROUNDS(order) (64ul << (order))

static uint64_t entries_of(const struct scq *scq)
{
    return 2ul << scq->order;
}

/* All bits below the cycle; also what an entry without an index has there, being safe. */
static uint64_t low_bits(const struct scq *scq)
{
    return 2 * entries_of(scq) - 1;
}

static uint64_t none(const struct scq *scq)
{
    return entries_of(scq) - 1;
}

static uint64_t index_of(const struct scq *scq, uint64_t entry)
{
    return entry & none(scq);
}

static int is_safe(const struct scq *scq, uint64_t entry)
{
    return (entry & entries_of(scq)) != 0;
}

/* The cycle with all lower bits set, so that cycles compare as numbers. */
static uint64_t cycle_of_ticket(const struct scq *scq, uint64_t ticket)
{
    return ticket << 1 | low_bits(scq);
}

static uint64_t cycle_of_entry(const struct scq *scq, uint64_t entry)
{
    return entry | low_bits(scq);
}

static int before(uint64_t a, uint64_t b)
{
    return (int64_t)(a - b) < 0;
}

/* Neighbouring tickets use different lines. */
static uint64_t position(const struct scq *scq, uint64_t ticket)
{
    unsigned bits = scq->order + 1;
    uint64_t at = ticket & none(scq);
    if (bits < LINE_SHIFT)
        return at;
    return at >> (bits - LINE_SHIFT) | (at << LINE_SHIFT & none(scq));
}

static uint64_t *entry_at(const struct scq *scq, uint64_t ticket)
{
    return &scq->entries[position(scq, ticket)];
}

static uint64_t load(const uint64_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static int cas(uint64_t *word, uint64_t *expected, uint64_t desired)
{
    return __atomic_compare_exchange_n(word, expected, desired, 0, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

/* 3n - 1: the steps that dequeuers may fail after an enqueue before one of them meets the index. */
static int64_t full_threshold(const struct scq *scq)
{
    return (3l << scq->order) - 1;
}

size_t scq_bytes(unsigned order)
{
    return sizeof(struct ivmc_ring) + (2ul << order) * sizeof(uint64_t);
}

void scq_attach(struct scq *scq, void *ring, unsigned order)
{
    scq->ring = ring;
    scq->entries = (uint64_t *)(scq->ring + 1);
    scq->order = order;
}

static void init(struct scq *scq, uint64_t tail, int64_t threshold)
{
    for (uint64_t i = 0; i < entries_of(scq); i++)
        scq->entries[i] = ~0ul;
    scq->ring->head = 0;
    scq->ring->tail = tail;
    scq->ring->threshold = (uint64_t)threshold;
}

void scq_init_empty(struct scq *scq)
{
    init(scq, 0, -1);
}

void scq_init_full(struct scq *scq)
{
    uint64_t n = 1ul << scq->order;
    init(scq, n, full_threshold(scq));
    for (uint64_t i = 0; i < n; i++)
        *entry_at(scq, i) = entries_of(scq) | i;
}

int scq_enqueue(struct scq *scq, unsigned index)
{
    struct ivmc_ring *ring = scq->ring;
    for (uint64_t round = 0; round < ROUNDS(scq->order); round++) {
        RING_STEP(enqueue_ticket);
        uint64_t ticket = __atomic_fetch_add(&ring->tail, 1, __ATOMIC_ACQ_REL);
        uint64_t cycle = cycle_of_ticket(scq, ticket);
        uint64_t *place = entry_at(scq, ticket);
        RING_STEP(enqueue_load);
        uint64_t entry = load(place);
        while (before(cycle_of_entry(scq, entry), cycle) && index_of(scq, entry) == none(scq)) {
            if (!is_safe(scq, entry)) {
                RING_STEP(enqueue_head);
                if (before(ticket, load(&ring->head)))
                    break; /* the dequeuer with my ticket has been here already */
            }
            uint64_t mine = (cycle & ~low_bits(scq)) | entries_of(scq) | index;
            RING_STEP(enqueue_store);
            if (!cas(place, &entry, mine))
                continue;
            RING_STEP(enqueue_threshold);
            if ((int64_t)load(&ring->threshold) != full_threshold(scq)) {
                RING_STEP(enqueue_reset);
                __atomic_store_n(&ring->threshold, (uint64_t)full_threshold(scq),
                                 __ATOMIC_SEQ_CST);
            }
            return 0;
        }
    }
    return SCQ_BROKEN;
}

/* Dequeuers have overtaken the tail: pull it up, or enqueuers would burn ticket after ticket. */
static void catch_up(struct scq *scq, uint64_t tail, uint64_t head)
{
    for (uint64_t round = 0; round < ROUNDS(scq->order); round++) {
        RING_STEP(catch_up);
        if (cas(&scq->ring->tail, &tail, head))
            return;
        head = load(&scq->ring->head);
        tail = load(&scq->ring->tail);
        if (!before(tail, head))
            return;
    }
}

/* What the holder of a ticket finds in its entry: an index, or -1 after it has moved the entry on. */
static int64_t take(struct scq *scq, uint64_t ticket)
{
    uint64_t cycle = cycle_of_ticket(scq, ticket);
    uint64_t *place = entry_at(scq, ticket);
    RING_STEP(dequeue_load);
    uint64_t entry = load(place);
    for (;;) {
        uint64_t moved;
        if (cycle_of_entry(scq, entry) == cycle) {
            RING_STEP(dequeue_take);
            __atomic_fetch_or(place, none(scq), __ATOMIC_ACQ_REL);
            return (int64_t)index_of(scq, entry);
        }
        if (index_of(scq, entry) != none(scq)) {
            moved = entry & ~entries_of(scq);
            if (moved == entry)
                return -1;
        } else {
            moved = (cycle & ~low_bits(scq)) | (entry & entries_of(scq)) | none(scq);
        }
        if (!before(cycle_of_entry(scq, entry), cycle))
            return -1;
        RING_STEP(dequeue_move);
        if (cas(place, &entry, moved))
            return -1;
    }
}

int scq_dequeue(struct scq *scq)
{
    struct ivmc_ring *ring = scq->ring;
    RING_STEP(dequeue_threshold);
    if ((int64_t)load(&ring->threshold) < 0)
        return SCQ_EMPTY;
    for (uint64_t round = 0; round < ROUNDS(scq->order); round++) {
        RING_STEP(dequeue_ticket);
        uint64_t ticket = __atomic_fetch_add(&ring->head, 1, __ATOMIC_ACQ_REL);
        int64_t index = take(scq, ticket);
        if (index >= 0)
            return index < 1l << scq->order ? (int)index : SCQ_BROKEN;
        RING_STEP(dequeue_tail);
        uint64_t tail = load(&ring->tail);
        if (!before(ticket + 1, tail)) {
            catch_up(scq, tail, ticket + 1);
            RING_STEP(dequeue_count);
            __atomic_fetch_sub(&ring->threshold, 1, __ATOMIC_ACQ_REL);
            return SCQ_EMPTY;
        }
        RING_STEP(dequeue_count);
        if ((int64_t)__atomic_fetch_sub(&ring->threshold, 1, __ATOMIC_ACQ_REL) <= 0)
            return SCQ_EMPTY;
    }
    return SCQ_BROKEN;
}

int scq_is_empty(const struct scq *scq)
{
    uint64_t head = load(&scq->ring->head);
    return !before(head, load(&scq->ring->tail));
}
