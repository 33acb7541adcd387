/*
 * The words of an SCQ ring. An entry, from bit 63 down: cycle, safe (1 bit), index (order + 1 bits,
 * all ones: none). Cycles are compared by signed difference: they wrap.
 */
#ifndef RINGSIDE_SCQ_ENTRY_H
#define RINGSIDE_SCQ_ENTRY_H

#include <ringside-rt/ring_step.h>
#include <ringside-rt/scq.h>

static inline uint64_t entries_of(const struct scq *scq)
{
    return 2 * scq->n;
}

/* All bits below the cycle; also what an entry without an index has there, being safe. */
static inline uint64_t low_bits(const struct scq *scq)
{
    return 2 * entries_of(scq) - 1;
}

static inline uint64_t none(const struct scq *scq)
{
    return entries_of(scq) - 1;
}

static inline uint64_t index_of(const struct scq *scq, uint64_t entry)
{
    return entry & none(scq);
}

static inline int is_safe(const struct scq *scq, uint64_t entry)
{
    return (entry & entries_of(scq)) != 0;
}

/* The cycle with all lower bits set, so that cycles compare as numbers. */
static inline uint64_t cycle_of_ticket(const struct scq *scq, uint64_t ticket)
{
    return ticket << 1 | low_bits(scq);
}

static inline uint64_t cycle_of_entry(const struct scq *scq, uint64_t entry)
{
    return entry | low_bits(scq);
}

static inline int before(uint64_t a, uint64_t b)
{
    if (MUTANT(unsigned_compare))
        return a < b;
    return (int64_t)(a - b) < 0;
}

/*
 * Neighbouring tickets have neighbouring entries: who puts or takes in a row has eight of them in
 * a line. Authors of such rings spread neighbours over lines, so that threads of one side do not
 * meet in a line. Measured with a producer and a consumer, each entry is then fetched from the
 * peer's cache by itself, and an operation takes about twice as long; with two threads that each
 * put and take it made no difference.
 */
static inline uint64_t *entry_at(const struct scq *scq, uint64_t ticket)
{
    return &scq->entries[ticket & none(scq)];
}

#endif
