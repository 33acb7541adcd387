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
    unsigned order;
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

#endif
