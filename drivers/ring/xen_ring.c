/*
 * Invariant: the values from consumer.index to producer.index - 1 are in the ring; at most
 * 1 << order of them. Indices wrap at 2^32. Each index is written under its side's lock only.
 */
#include <ringside-rt/xen_ring.h>

static void lock(uint32_t *word)
{
    while (__atomic_exchange_n(word, 1, __ATOMIC_ACQUIRE))
        __builtin_ia32_pause();
}

static void unlock(uint32_t *word)
{
    __atomic_store_n(word, 0, __ATOMIC_RELEASE);
}

static uint32_t load(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

size_t xen_ring_bytes(unsigned order)
{
    return sizeof(struct xen_ring) + (sizeof(uint64_t) << order);
}

void xen_ring_init(struct xen_ring *ring)
{
    ring->producer = (struct xen_ring_side){0};
    ring->consumer = (struct xen_ring_side){.event = 1};
}

bool xen_ring_put(struct xen_ring *ring, uint32_t size, uint64_t value, bool *notify)
{
    lock(&ring->producer.lock);
    uint32_t old = ring->producer.index;
    bool room = old - load(&ring->consumer.index) < size;
    if (room) {
        ring->values[old & (size - 1)] = value;
        /* The value before the index; the index before the look at what the consumer waits for. */
        __atomic_store_n(&ring->producer.index, old + 1, __ATOMIC_SEQ_CST);
        if (__atomic_load_n(&ring->consumer.event, __ATOMIC_SEQ_CST) == old + 1)
            *notify = true;
    }
    unlock(&ring->producer.lock);
    return room;
}

bool xen_ring_take(struct xen_ring *ring, uint32_t size, uint64_t *value)
{
    lock(&ring->consumer.lock);
    uint32_t at = ring->consumer.index;
    bool found = at != load(&ring->producer.index);
    if (!found) { /* ask for an event, then look once more */
        __atomic_store_n(&ring->consumer.event, at + 1, __ATOMIC_SEQ_CST);
        found = at != __atomic_load_n(&ring->producer.index, __ATOMIC_SEQ_CST);
    }
    if (found) {
        *value = ring->values[at & (size - 1)];
        __atomic_store_n(&ring->consumer.index, at + 1, __ATOMIC_RELEASE);
    }
    unlock(&ring->consumer.lock);
    return found;
}

/* The own index first: it only grows, so at the instant of the second load it is no smaller. */
bool xen_ring_is_empty(const struct xen_ring *ring)
{
    uint32_t taken = load(&ring->consumer.index);
    return taken == load(&ring->producer.index);
}

bool xen_ring_is_full(const struct xen_ring *ring, uint32_t size)
{
    uint32_t put = load(&ring->producer.index);
    return put - load(&ring->consumer.index) == size;
}
