/*
 * The six rings of a channel as one side sees them, and their place in the ring area.
 */
#ifndef IVMC_CHANNEL_H
#define IVMC_CHANNEL_H

#include <ringside-rt/compiler.h>
#include <ringside-rt/scq.h>

/* Bytes from one ring to the next. */
static inline size_t ivmc_ring_stride(unsigned order)
{
    return ALIGN_UP(scq_bytes(order), PAGE_SIZE);
}

/* Pages of the small pool. */
static inline size_t ivmc_slot_pages(unsigned order)
{
    return ALIGN_UP(sizeof(struct ivmc_slot) << order, PAGE_SIZE) / PAGE_SIZE;
}

/* The rings that a request of some kind and its answer take. */
static inline unsigned ivmc_request_ring(uint16_t op)
{
    return op == IVMC_READ || op & IVMC_OP_READS ? IVMC_READ_REQUEST : IVMC_WRITE_REQUEST;
}

static inline unsigned ivmc_response_ring(uint16_t op)
{
    return ivmc_request_ring(op) == IVMC_READ_REQUEST ? IVMC_READ_RESPONSE : IVMC_WRITE_RESPONSE;
}

/* Whether a request is about a region, rather than about blocks. */
static inline bool ivmc_is_region_op(uint16_t op)
{
    return op == IVMC_ATTACH || op == IVMC_DETACH;
}

/* The region that a request names; 0: the data area. */
static inline uint64_t ivmc_region_number(const struct ivmc_request *request)
{
    return request->data >> IVMC_REGION_SHIFT;
}

/* What probes call a channel: the same on both sides. */
static inline unsigned ivmc_channel_name(domid_t client, unsigned slot)
{
    return (unsigned)client << 8 | slot;
}

#endif
