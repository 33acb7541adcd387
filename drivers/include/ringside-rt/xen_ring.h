/*
 * A ring like those of Xen's io/ring.h, for comparison: one producer, one consumer, values in a
 * circular array, a notification only when the consumer has asked for one. Several threads on a
 * side take that side's lock, and spin for it: a holder that is preempted holds up all others.
 */
#ifndef RINGSIDE_RT_XEN_RING_H
#define RINGSIDE_RT_XEN_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One side's index and lock, in a line of 128 bytes of its own. */
struct xen_ring_side {
    uint32_t index;
    uint32_t lock;
    uint32_t event; /* of the consumer: notify when the producer's index gets here */
    uint32_t pad[29];
};

/** The shared memory; the values follow. */
struct xen_ring {
    struct xen_ring_side producer, consumer;
    uint64_t values[];
};

/** Bytes of a ring of 1 << order values. */
size_t xen_ring_bytes(unsigned order);

/** Only while nobody else uses it. The consumer wants to be notified of the first value. */
void xen_ring_init(struct xen_ring *ring);

/**
 * Puts a value in.
 *
 * @param size of the ring, in values: a power of two
 * @param notify becomes true when the consumer has to be notified; else is left alone
 * @return false when the ring is full
 */
bool xen_ring_put(struct xen_ring *ring, uint32_t size, uint64_t value, bool *notify);

/**
 * Takes the oldest value.
 *
 * @param size as of xen_ring_put
 * @return false when there is none; the next one will notify
 */
bool xen_ring_take(struct xen_ring *ring, uint32_t size, uint64_t *value);

/** Whether it was empty at some instant of the call. Without the lock. */
bool xen_ring_is_empty(const struct xen_ring *ring);

/** Whether it was full at some instant of the call. Without the lock. */
bool xen_ring_is_full(const struct xen_ring *ring, uint32_t size);

#endif
