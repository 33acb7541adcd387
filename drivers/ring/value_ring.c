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
    ring->size = 1u << order;
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

bool value_ring_put(struct value_ring *ring, uint64_t value)
{
    return value_ring_put_as(ring->kind, ring, value);
}

bool value_ring_take(struct value_ring *ring, uint64_t *value)
{
    return value_ring_take_as(ring->kind, ring, value);
}

const char *value_ring_name(enum value_ring_kind kind)
{
    static const char *const names[] = {"scq", "ncq", "lock"};
    return names[kind];
}
