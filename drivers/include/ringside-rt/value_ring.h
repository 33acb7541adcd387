/*
 * A bounded queue of 64-bit values over each of the rings alike: for benchmarks and tests. Over SCQ
 * and NCQ it is a free ring, a ring and slots, as an IVMC channel has them; the lock ring holds the
 * values itself. All of it lies in one piece of memory that domains may share.
 */
#ifndef RINGSIDE_RT_VALUE_RING_H
#define RINGSIDE_RT_VALUE_RING_H

#include <ringside-rt/ncq.h>
#include <ringside-rt/scq.h>
#include <ringside-rt/xen_ring.h>

enum value_ring_kind { VALUE_RING_SCQ, VALUE_RING_NCQ, VALUE_RING_LOCK, VALUE_RING_KINDS };

/** A queue as one side sees it. */
struct value_ring {
    enum value_ring_kind kind;
    uint32_t size;
    struct scq scq_used, scq_free;
    struct ncq ncq_used, ncq_free;
    struct xen_ring *lock_ring;
    uint64_t *slots;
};

/** Bytes that a queue of 1 << order values of any kind needs, aligned to 128. */
size_t value_ring_bytes(unsigned order);

/** Looks at a queue in the memory. Touches nothing. */
void value_ring_attach(struct value_ring *ring, enum value_ring_kind kind, void *memory,
                       unsigned order);

/** Makes it empty. Only while nobody else uses it. */
void value_ring_init(struct value_ring *ring);

/** @return false when it is full */
bool value_ring_put(struct value_ring *ring, uint64_t value);

/** @return false when it is empty */
bool value_ring_take(struct value_ring *ring, uint64_t *value);

/** "scq", "ncq" or "lock". */
const char *value_ring_name(enum value_ring_kind kind);

static inline bool value_ring_put_scq(struct value_ring *ring, uint64_t value)
{
    int index = scq_dequeue(&ring->scq_free);
    if (index < 0)
        return false;
    ring->slots[index] = value;
    return !scq_enqueue(&ring->scq_used, (unsigned)index);
}

static inline bool value_ring_take_scq(struct value_ring *ring, uint64_t *value)
{
    int index = scq_dequeue(&ring->scq_used);
    if (index < 0)
        return false;
    *value = ring->slots[index];
    return !scq_enqueue(&ring->scq_free, (unsigned)index);
}

static inline bool value_ring_put_ncq(struct value_ring *ring, uint64_t value)
{
    int index = ncq_dequeue(&ring->ncq_free);
    if (index < 0)
        return false;
    ring->slots[index] = value;
    ncq_enqueue(&ring->ncq_used, (unsigned)index);
    return true;
}

static inline bool value_ring_take_ncq(struct value_ring *ring, uint64_t *value)
{
    int index = ncq_dequeue(&ring->ncq_used);
    if (index < 0)
        return false;
    *value = ring->slots[index];
    ncq_enqueue(&ring->ncq_free, (unsigned)index);
    return true;
}

/** value_ring_put where the compiler knows the kind. */
static inline bool value_ring_put_as(enum value_ring_kind kind, struct value_ring *ring,
                                     uint64_t value)
{
    bool notify = false;
    if (kind == VALUE_RING_LOCK)
        return xen_ring_put(ring->lock_ring, ring->size, value, &notify);
    if (kind == VALUE_RING_NCQ)
        return value_ring_put_ncq(ring, value);
    return value_ring_put_scq(ring, value);
}

/** value_ring_take where the compiler knows the kind. */
static inline bool value_ring_take_as(enum value_ring_kind kind, struct value_ring *ring,
                                      uint64_t *value)
{
    if (kind == VALUE_RING_LOCK)
        return xen_ring_take(ring->lock_ring, ring->size, value);
    if (kind == VALUE_RING_NCQ)
        return value_ring_take_ncq(ring, value);
    return value_ring_take_scq(ring, value);
}

/**
 * Whether there was no room at some instant of the call, or only such that another is about to give
 * back. Two loads: for whoever waits, who would burn a ticket of SCQ, or take the lock, with each
 * attempt.
 */
static inline bool value_ring_is_full_as(enum value_ring_kind kind, const struct value_ring *ring)
{
    if (kind == VALUE_RING_LOCK)
        return xen_ring_is_full(ring->lock_ring, ring->size);
    if (kind == VALUE_RING_NCQ)
        return ncq_is_empty(&ring->ncq_free);
    return scq_is_empty(&ring->scq_free);
}

/** The same of a take. */
static inline bool value_ring_is_empty_as(enum value_ring_kind kind, const struct value_ring *ring)
{
    if (kind == VALUE_RING_LOCK)
        return xen_ring_is_empty(ring->lock_ring);
    if (kind == VALUE_RING_NCQ)
        return ncq_is_empty(&ring->ncq_used);
    return scq_is_empty(&ring->scq_used);
}

#endif
