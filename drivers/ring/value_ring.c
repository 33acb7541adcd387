/*
 * Memory: the ring, the free ring, the slots; each piece begins a line of 128 bytes. A slot belongs
 * to whoever took its index out of a ring last.
 */
#include <ringside-rt/value_ring.h>

/* SCQ's are the largest rings. */
static size_t ring_bytes(unsigned order)
{
    return (scq_bytes(order) + 127) & ~127ul;
}

size_t value_ring_bytes(unsigned order)
{
    return 2 * ring_bytes(order) + (((sizeof(uint64_t) << order) + 127) & ~127ul);
}

void value_ring_attach(struct value_ring *ring, enum value_ring_kind kind, void *memory,
                       unsigned order)
{
    char *used = memory, *unused = used + ring_bytes(order);
    ring->kind = kind;
    ring->order = order;
    scq_attach(&ring->scq_used, used, order);
    scq_attach(&ring->scq_free, unused, order);
    ncq_attach(&ring->ncq_used, used, order);
    ncq_attach(&ring->ncq_free, unused, order);
    ring->lock_ring = memory;
    ring->slots = (uint64_t *)(void *)(unused + ring_bytes(order));
}

void value_ring_init(struct value_ring *ring)
{
    if (ring->kind == VALUE_RING_LOCK) {
        xen_ring_init(ring->lock_ring);
    } else if (ring->kind == VALUE_RING_NCQ) {
        ncq_init_empty(&ring->ncq_used);
        ncq_init_full(&ring->ncq_free);
    } else {
        scq_init_empty(&ring->scq_used);
        scq_init_full(&ring->scq_free);
    }
}

static bool scq_put(struct value_ring *ring, uint64_t value)
{
    int index = scq_dequeue(&ring->scq_free);
    if (index < 0)
        return false;
    ring->slots[index] = value;
    return !scq_enqueue(&ring->scq_used, (unsigned)index);
}

static bool scq_take(struct value_ring *ring, uint64_t *value)
{
    int index = scq_dequeue(&ring->scq_used);
    if (index < 0)
        return false;
    *value = ring->slots[index];
    return !scq_enqueue(&ring->scq_free, (unsigned)index);
}

static bool ncq_put(struct value_ring *ring, uint64_t value)
{
    int index = ncq_dequeue(&ring->ncq_free);
    if (index < 0)
        return false;
    ring->slots[index] = value;
    ncq_enqueue(&ring->ncq_used, (unsigned)index);
    return true;
}

static bool ncq_take(struct value_ring *ring, uint64_t *value)
{
    int index = ncq_dequeue(&ring->ncq_used);
    if (index < 0)
        return false;
    *value = ring->slots[index];
    ncq_enqueue(&ring->ncq_free, (unsigned)index);
    return true;
}

bool value_ring_put(struct value_ring *ring, uint64_t value)
{
    bool notify = false;
    if (ring->kind == VALUE_RING_LOCK)
        return xen_ring_put(ring->lock_ring, ring->order, value, &notify);
    return ring->kind == VALUE_RING_NCQ ? ncq_put(ring, value) : scq_put(ring, value);
}

bool value_ring_take(struct value_ring *ring, uint64_t *value)
{
    if (ring->kind == VALUE_RING_LOCK)
        return xen_ring_take(ring->lock_ring, ring->order, value);
    return ring->kind == VALUE_RING_NCQ ? ncq_take(ring, value) : scq_take(ring, value);
}

const char *value_ring_name(enum value_ring_kind kind)
{
    static const char *const names[] = {"scq", "ncq", "lock"};
    return names[kind];
}
