/*
 * SCQ. Tickets only grow; the ticket's low bits say which entry it is for, the rest is its cycle.
 *
 * Invariant: an entry holds index i of cycle c exactly while the enqueuer with that ticket has put
 * it there and the dequeuer with the same ticket has not taken it. Whoever finds an entry of an
 * older cycle moves it on (empty) or marks it unsafe (occupied), so that a late enqueuer with an
 * older ticket cannot use what its dequeuer has already passed.
 *
 * Most operations find what they need at their first entry; the functions that end in _on are what
 * others go through.
 */
#include "scq_entry.h"
#include <ringside-rt/cpu.h>

/*
 * More rounds than a sound ring of that size makes one operation waste while at most n others are
 * under way; a ring that a peer has written garbage into would go round for ever. Most operations
 * waste none. A peer could also arrange that each wastes a little less than that, which would keep
 * us busy for it alone: so they are added up, and each operation is forgiven only so many.
 */
#define ROUNDS(n) (64 + 16 * (n))
#define FORGIVEN 16

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
        return (int64_t)scq->n - 1;
    return 3 * (int64_t)scq->n - 1;
}

size_t scq_bytes(unsigned order)
{
    return sizeof(struct ivmc_ring) + (2ul << order) * sizeof(uint64_t);
}

void scq_attach(struct scq *scq, void *ring, unsigned order)
{
    scq->ring = ring;
    scq->entries = (uint64_t *)(scq->ring + 1);
    scq->n = 1ul << order;
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

/* Where the ring is, for one operation: behind an atomic access a compiler would load it anew. */
static struct scq local(const struct scq *scq)
{
    return (struct scq){.ring = scq->ring, .entries = scq->entries, .n = scq->n};
}

/* The result of an operation, unless it and those before it wasted more than a sound ring would. */
static __attribute__((noinline)) int counted(struct scq *scq, uint64_t rounds, int result)
{
    uint64_t wasted = __atomic_load_n(&scq->wasted, __ATOMIC_RELAXED) + rounds;
    if (wasted == rounds && rounds <= FORGIVEN)
        return result;
    wasted -= wasted < FORGIVEN ? wasted : FORGIVEN;
    __atomic_store_n(&scq->wasted, wasted, __ATOMIC_RELAXED);
    return wasted <= ROUNDS(scq->n) ? result : SCQ_BROKEN;
}

/* The same of an operation that wasted nothing. */
static int at_once(struct scq *scq, int result)
{
    return __atomic_load_n(&scq->wasted, __ATOMIC_RELAXED) ? counted(scq, 0, result) : result;
}

void scq_init_empty(struct scq *scq)
{
    init(scq, 0, -1);
}

void scq_init_full(struct scq *scq)
{
    init(scq, scq->n, full_threshold(scq));
    for (uint64_t i = 0; i < scq->n; i++)
        *entry_at(scq, i) = entries_of(scq) | i;
}

/* After the index is in, never before: the budget must not be spent while nobody can see it. */
static inline void reset_threshold(const struct scq *scq)
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
static int usable(const struct scq *scq, uint64_t entry, uint64_t ticket)
{
    if (!before(cycle_of_entry(scq, entry), cycle_of_ticket(scq, ticket)) ||
        index_of(scq, entry) != none(scq))
        return 0;
    if (is_safe(scq, entry) || MUTANT(unsafe_ignored))
        return 1;
    RING_STEP(enqueue_head);
    return !before(ticket, load(&scq->ring->head)); /* else its dequeuer has been here already */
}

static uint64_t enqueue_ticket(const struct scq *scq)
{
    RING_STEP(enqueue_ticket);
    return __atomic_fetch_add(&scq->ring->tail, 1, __ATOMIC_ACQ_REL);
}

/*
 * What most enqueuers find: the entry as the dequeuer of the cycle before left it, or init. A look
 * first would fetch the line for reading, and the write then once more.
 */
static uint64_t passed_by(const struct scq *scq, uint64_t ticket)
{
    return cycle_of_ticket(scq, ticket - entries_of(scq));
}

static uint64_t enqueue_load(const uint64_t *place)
{
    RING_STEP(enqueue_load);
    return load(place);
}

/* Whether the index went in; else *entry is what is there instead. */
static inline int put(const struct scq *scq, uint64_t *place, uint64_t *entry, uint64_t ticket,
                      unsigned index)
{
    uint64_t safe = cycle_of_ticket(scq, ticket) & ~none(scq);
    RING_STEP(enqueue_store);
    if (!cas(place, entry, safe | index))
        return 0;
    if (!MUTANT(reset_too_early))
        reset_threshold(scq);
    return 1;
}

/* An enqueue that did not come to its end at the first attempt. */
static __attribute__((noinline)) int enqueue_on(struct scq *scq, unsigned index, uint64_t ticket,
                                                uint64_t entry)
{
    uint64_t round = 0;
    for (;;) {
        for (; usable(scq, entry, ticket) && round < ROUNDS(scq->n); round++)
            if (put(scq, entry_at(scq, ticket), &entry, ticket, index))
                return counted(scq, round, 0);
        if (++round >= ROUNDS(scq->n))
            return SCQ_BROKEN;
        ticket = enqueue_ticket(scq);
        entry = enqueue_load(entry_at(scq, ticket));
    }
}

int scq_enqueue(struct scq *scq, unsigned index)
{
    const struct scq own = local(scq);
    if (index >= own.n)
        return SCQ_BROKEN;
    if (MUTANT(reset_too_early))
        reset_threshold(scq);
    uint64_t ticket = enqueue_ticket(&own);
    uint64_t entry = passed_by(&own, ticket);
    if (put(&own, entry_at(&own, ticket), &entry, ticket, index))
        return at_once(scq, 0);
    return enqueue_on(scq, index, ticket, entry);
}

/* Dequeuers have overtaken the tail: pull it up, or enqueuers would burn ticket after ticket. */
static void catch_up(struct scq *scq, uint64_t tail, uint64_t head, uint64_t *round)
{
    if (MUTANT(no_catch_up))
        return;
    for (; *round < ROUNDS(scq->n); ++*round) {
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
static inline int consume(const struct scq *scq, uint64_t *place, uint64_t entry)
{
    RING_STEP(dequeue_take);
    if (MUTANT(take_by_store))
        __atomic_store_n(place, entry | none(scq), __ATOMIC_SEQ_CST);
    else
        __atomic_fetch_or(place, none(scq), __ATOMIC_ACQ_REL);
    uint64_t index = index_of(scq, entry);
    return index < scq->n ? (int)index : SCQ_BROKEN;
}

static uint64_t dequeue_ticket(const struct scq *scq)
{
    RING_STEP(dequeue_ticket);
    return __atomic_fetch_add(&scq->ring->head, 1, __ATOMIC_ACQ_REL);
}

static uint64_t dequeue_load(const uint64_t *place)
{
    RING_STEP(dequeue_load);
    return load(place);
}

/* What the holder of a ticket gets from its entry: SCQ_EMPTY after it has moved the entry on. */
static int take(struct scq *scq, uint64_t ticket, uint64_t entry, uint64_t *round)
{
    uint64_t cycle = cycle_of_ticket(scq, ticket);
    uint64_t *place = entry_at(scq, ticket);
    for (; *round < ROUNDS(scq->n); ++*round) {
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

/*
 * What the entry holds once its enqueuer has been there, or after a few looks in vain. Who is close
 * behind an enqueuer comes between its ticket and its entry; to move the entry on at once costs
 * both another ticket, and the threshold two writes. Measured with a producer and a consumer that
 * do nothing else, a third of all dequeues did so, and an operation took twice as long.
 */
static uint64_t dequeue_wait(const struct scq *scq, uint64_t ticket, uint64_t entry)
{
    uint64_t cycle = cycle_of_ticket(scq, ticket);
    for (int look = 0; look < RING_PATIENCE && before(cycle_of_entry(scq, entry), cycle) &&
                       index_of(scq, entry) == none(scq);
         look++) {
        cpu_relax();
        entry = dequeue_load(entry_at(scq, ticket));
    }
    return entry;
}

/* One of the steps that may fail; the count before. */
static int64_t count_failure(struct scq *scq)
{
    if (MUTANT(failures_not_counted))
        return full_threshold(scq);
    RING_STEP(dequeue_count);
    return (int64_t)__atomic_fetch_sub(&scq->ring->threshold, 1, __ATOMIC_ACQ_REL);
}

/* A dequeue whose first entry does not hold its index. */
static __attribute__((noinline)) int dequeue_on(struct scq *scq, uint64_t ticket, uint64_t entry)
{
    uint64_t round = 0;
    entry = dequeue_wait(scq, ticket, entry);
    for (;;) {
        int index = take(scq, ticket, entry, &round);
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
        if (++round >= ROUNDS(scq->n))
            return SCQ_BROKEN;
        ticket = dequeue_ticket(scq);
        entry = dequeue_load(entry_at(scq, ticket));
    }
}

int scq_dequeue(struct scq *scq)
{
    const struct scq own = local(scq);
    RING_STEP(dequeue_threshold);
    int64_t threshold = (int64_t)load(&own.ring->threshold);
    if (threshold < 0)
        return SCQ_EMPTY;
    if (threshold > full_threshold(&own))
        return SCQ_BROKEN;
    uint64_t ticket = dequeue_ticket(&own);
    uint64_t *place = entry_at(&own, ticket);
    uint64_t entry = dequeue_load(place);
    if (cycle_of_entry(&own, entry) == cycle_of_ticket(&own, ticket))
        return at_once(scq, consume(&own, place, entry));
    return dequeue_on(scq, ticket, entry);
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
