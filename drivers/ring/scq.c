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
 * More rounds than a sound ring of that size makes one operation waste while at most n others are
 * under way; a ring that a peer has written garbage into would go round for ever. Most operations
 * waste none. A peer could also arrange that each wastes a little less than that, which would keep
 * us busy for it alone: so they are added up, and each operation is forgiven only so many.
 */
#define ROUNDS(order) (64 + (16ul << (order)))
#define FORGIVEN 16

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
    if (MUTANT(unsigned_compare))
        return a < b;
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
    if (MUTANT(threshold_zero))
        return 0;
    if (MUTANT(threshold_n))
        return (1l << scq->order) - 1;
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
    scq->wasted = 0;
}

static void init(struct scq *scq, uint64_t tail, int64_t threshold)
{
    for (uint64_t i = 0; i < entries_of(scq); i++)
        scq->entries[i] = ~0ul;
    scq->ring->head = 0;
    scq->ring->tail = tail;
    scq->ring->threshold = (uint64_t)threshold;
    scq->wasted = 0;
}

/* The result of an operation, unless it and those before it wasted more than a sound ring would. */
static int counted(struct scq *scq, uint64_t rounds, int result)
{
    uint64_t wasted = __atomic_load_n(&scq->wasted, __ATOMIC_RELAXED) + rounds;
    if (wasted == rounds && rounds <= FORGIVEN)
        return result;
    wasted -= wasted < FORGIVEN ? wasted : FORGIVEN;
    __atomic_store_n(&scq->wasted, wasted, __ATOMIC_RELAXED);
    return wasted <= ROUNDS(scq->order) ? result : SCQ_BROKEN;
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

/* After the index is in, never before: the budget must not be spent while nobody can see it. */
static void reset_threshold(struct scq *scq)
{
    uint64_t *threshold = &scq->ring->threshold;
    if (MUTANT(never_reset))
        return;
    RING_STEP(enqueue_threshold);
    if ((int64_t)load(threshold) == full_threshold(scq))
        return;
    if (MUTANT(reset_without_barrier)) {
        ring_store(threshold, (uint64_t)full_threshold(scq));
        return;
    }
    RING_STEP(enqueue_reset);
    __atomic_store_n(threshold, (uint64_t)full_threshold(scq), __ATOMIC_SEQ_CST);
}

/* Whether an enqueuer may use what it found in its entry: older, empty, and nobody waits for it. */
static int usable(struct scq *scq, uint64_t entry, uint64_t ticket)
{
    if (!before(cycle_of_entry(scq, entry), cycle_of_ticket(scq, ticket)) ||
        index_of(scq, entry) != none(scq))
        return 0;
    if (is_safe(scq, entry) || MUTANT(unsafe_ignored))
        return 1;
    RING_STEP(enqueue_head);
    return !before(ticket, load(&scq->ring->head)); /* else its dequeuer has been here already */
}

int scq_enqueue(struct scq *scq, unsigned index)
{
    if (index >= 1u << scq->order)
        return SCQ_BROKEN;
    if (MUTANT(reset_too_early))
        reset_threshold(scq);
    for (uint64_t round = 0; round < ROUNDS(scq->order); round++) {
        RING_STEP(enqueue_ticket);
        uint64_t ticket = __atomic_fetch_add(&scq->ring->tail, 1, __ATOMIC_ACQ_REL);
        uint64_t cycle = cycle_of_ticket(scq, ticket) & ~low_bits(scq);
        uint64_t *place = entry_at(scq, ticket);
        RING_STEP(enqueue_load);
        uint64_t entry = load(place);
        for (; usable(scq, entry, ticket) && round < ROUNDS(scq->order); round++) {
            RING_STEP(enqueue_store);
            if (!cas(place, &entry, cycle | entries_of(scq) | index))
                continue;
            if (!MUTANT(reset_too_early))
                reset_threshold(scq);
            return counted(scq, round, 0);
        }
    }
    return SCQ_BROKEN;
}

/* Dequeuers have overtaken the tail: pull it up, or enqueuers would burn ticket after ticket. */
static void catch_up(struct scq *scq, uint64_t tail, uint64_t head, uint64_t *round)
{
    if (MUTANT(no_catch_up))
        return;
    for (; *round < ROUNDS(scq->order); ++*round) {
        RING_STEP(catch_up);
        if (cas(&scq->ring->tail, &tail, head))
            return;
        RING_STEP(catch_up_head);
        head = load(&scq->ring->head);
        RING_STEP(catch_up_tail);
        tail = load(&scq->ring->tail);
        if (!before(tail, head))
            return;
    }
}

/* By OR, since another dequeuer may be marking the entry unsafe. */
static int consume(struct scq *scq, uint64_t *place, uint64_t entry)
{
    RING_STEP(dequeue_take);
    if (MUTANT(take_by_store))
        __atomic_store_n(place, entry | none(scq), __ATOMIC_SEQ_CST);
    else
        __atomic_fetch_or(place, none(scq), __ATOMIC_ACQ_REL);
    uint64_t index = index_of(scq, entry);
    return index < 1ul << scq->order ? (int)index : SCQ_BROKEN;
}

/* What the holder of a ticket gets from its entry: SCQ_EMPTY after it has moved the entry on. */
static int take(struct scq *scq, uint64_t ticket, uint64_t *round)
{
    uint64_t cycle = cycle_of_ticket(scq, ticket);
    uint64_t *place = entry_at(scq, ticket);
    RING_STEP(dequeue_load);
    uint64_t entry = load(place);
    for (; *round < ROUNDS(scq->order); ++*round) {
        uint64_t moved;
        if (cycle_of_entry(scq, entry) == cycle)
            return consume(scq, place, entry);
        if (!before(cycle_of_entry(scq, entry), cycle))
            return SCQ_EMPTY;
        if (index_of(scq, entry) != none(scq)) {
            moved = entry & ~entries_of(scq);
            if (moved == entry || MUTANT(not_marked_unsafe))
                return SCQ_EMPTY;
        } else {
            moved = (cycle & ~low_bits(scq)) | (entry & entries_of(scq)) | none(scq);
        }
        RING_STEP(dequeue_move);
        if (cas(place, &entry, moved))
            return SCQ_EMPTY;
    }
    return SCQ_BROKEN;
}

/* One of the steps that may fail; the count before. */
static int64_t count_failure(struct scq *scq)
{
    if (MUTANT(failures_not_counted))
        return full_threshold(scq);
    RING_STEP(dequeue_count);
    return (int64_t)__atomic_fetch_sub(&scq->ring->threshold, 1, __ATOMIC_ACQ_REL);
}

int scq_dequeue(struct scq *scq)
{
    RING_STEP(dequeue_threshold);
    int64_t threshold = (int64_t)load(&scq->ring->threshold);
    if (threshold < 0)
        return SCQ_EMPTY;
    if (threshold > full_threshold(scq))
        return SCQ_BROKEN;
    for (uint64_t round = 0; round < ROUNDS(scq->order); round++) {
        RING_STEP(dequeue_ticket);
        uint64_t ticket = __atomic_fetch_add(&scq->ring->head, 1, __ATOMIC_ACQ_REL);
        int index = take(scq, ticket, &round);
        if (index != SCQ_EMPTY)
            return counted(scq, round, index);
        RING_STEP(dequeue_tail);
        uint64_t tail = load(&scq->ring->tail);
        if (!before(ticket + 1, tail)) {
            catch_up(scq, tail, ticket + 1, &round);
            count_failure(scq);
            return counted(scq, round, SCQ_EMPTY);
        }
        if (count_failure(scq) <= 0)
            return counted(scq, round, SCQ_EMPTY);
    }
    return SCQ_BROKEN;
}

/* Head first: it only grows, so at the instant of the second load it is no smaller. */
int scq_is_empty(const struct scq *scq)
{
    const uint64_t *first = &scq->ring->head, *second = &scq->ring->tail;
    if (MUTANT(tail_before_head)) {
        first = &scq->ring->tail;
        second = &scq->ring->head;
    }
    RING_STEP(empty_head);
    uint64_t a = load(first);
    RING_STEP(empty_tail);
    uint64_t b = load(second);
    return MUTANT(tail_before_head) ? !before(b, a) : !before(a, b);
}
