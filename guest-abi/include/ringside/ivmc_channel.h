/*
 * The shared memory of an IVMC channel: channel page, rings, slots. Generated from
 * ivmc_channel.abi; do not edit.
 */
#ifndef RINGSIDE_IVMC_CHANNEL_H
#define RINGSIDE_IVMC_CHANNEL_H

#include "grant_table.h"
#include "event_channel.h"

/* IVMC_CHANNEL: Numbers that both ends must agree on. */
#define IVMC_MAGIC            0x434d5649 /* first word of the channel page: the letters IVMC */
#define IVMC_VERSION          2 /* of this layout */
#define IVMC_MIN_ORDER        4 /* log2 of the fewest entries of a ring */
#define IVMC_MAX_ORDER        13 /* log2 of the most entries of a ring: 8192 */
#define IVMC_DEFAULT_ORDER    10 /* log2 of the usual number of entries */
#define IVMC_LARGE_SLOT_BYTES 65536 /* size of a slot of the large pool */
/* most pages of the data area, and of all regions of a channel together */
#define IVMC_MAX_DATA_PAGES   131072
#define IVMC_MAX_REGIONS      32 /* regions that a client can have attached */
/* where in a request's data the number of a region stands, from 1; 0: the data area */
#define IVMC_REGION_SHIFT     48

/* IVMC_PATH: How data gets from the client's memory to the device. */
#define IVMC_COPY   0 /* the client copies it into large slots, which lie in the data area */
#define IVMC_DIRECT 1 /* the client's own buffers lie in the data area; nobody copies */

/*
 * IVMC_RING: The rings of a channel, in this order in the ring area. They hold indices of small
 * slots but for large_free.
 */
#define IVMC_WRITE_REQUEST  0 /* client to server: writes, flushes, discards, zeroes */
#define IVMC_READ_REQUEST   1 /* client to server: reads */
#define IVMC_WRITE_RESPONSE 2 /* server to client */
#define IVMC_READ_RESPONSE  3 /* server to client */
/* small slots of no request; only the client touches it and it is not granted */
#define IVMC_SMALL_FREE     4
/* large slots of no request; only the client touches it and it is not granted */
#define IVMC_LARGE_FREE     5
#define IVMC_RINGS          6 /* how many rings there are */
#define IVMC_SHARED_RINGS   4 /* the first so many are granted to the server */

/* IVMC_RECEIVER: The sleep word of a ring: what its receiver does. */
#define IVMC_ACTIVE 1 /* it looks at the ring by itself; nobody needs to notify */
#define IVMC_ASLEEP 0 /* it is blocked; notify it */
#define IVMC_CALLED 2 /* it was blocked, and a sender has taken it upon itself to notify it */
#define IVMC_DROWSY (-1) /* it is about to block; notify it */

/* IVMC_SERVER_STATE: What the server says of the channel. */
#define IVMC_CONNECTING 0 /* nothing yet */
#define IVMC_CONNECTED  1 /* it serves requests of the epoch in server_epoch */
#define IVMC_REFUSED    2 /* it does not serve this channel; status says why */

/* IVMC_OP: What a request asks for. */
#define IVMC_READ         0 /* read blocks */
#define IVMC_WRITE        1 /* write blocks */
#define IVMC_FLUSH        2 /* make durable all that was answered before */
#define IVMC_DISCARD      3 /* the blocks' content is no longer needed */
#define IVMC_WRITE_ZEROES 4 /* make the blocks zero */
/*
 * a region: block domid of its owner, large first reference, length pages, data its number shifted;
 * the owner must be a client of who asks, and have granted the pages to the server
 */
#define IVMC_ATTACH       5
/* data the number of a region, shifted; no request that names it is under way */
#define IVMC_DETACH       6
/* bit of those that take the read rings, as IVMC_READ does; all others take the write rings */
#define IVMC_OP_READS     256

/* IVMC_FLAGS: How a request is to be done. */
#define IVMC_FUA 1 /* a write is answered only when it is durable */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* A run of pages granted under consecutive references. */
struct ivmc_area {
    grant_ref_t first_ref; /* in: reference of the first page */
    uint32_t pages; /* in: how many */
};
RINGSIDE_SIZE(struct ivmc_area, 8, 8);
RINGSIDE_OFFSET(struct ivmc_area, first_ref, 0, 0);
RINGSIDE_OFFSET(struct ivmc_area, pages, 4, 4);

/*
 * The channel page. The client writes its half before it registers, the server its own when it has
 * connected.
 */
struct ivmc_channel {
    uint32_t magic; /* in: IVMC_MAGIC */
    uint32_t version; /* in: IVMC_VERSION */
    uint32_t epoch; /* in: of this channel; requests and responses carry it */
    /* in: log2 of the entries of a ring, which is also the number of slots in each pool */
    uint32_t order;
    uint32_t path; /* in, IVMC_PATH */
    evtchn_port_t port; /* in: the client's unbound port for the server, one for both directions */
    uint32_t ring_stride; /* in: bytes from one ring to the next, whole pages */
    uint32_t pad;
    struct ivmc_area rings; /* in: the shared rings, ring_stride apart */
    struct ivmc_area slots; /* in: the small pool: struct ivmc_slot, one per entry */
    struct ivmc_area data; /* in: large slots (copy), or the client's I/O region (direct) */
    /*
     * in: where the ring area begins in the client's memory, all six rings; for whoever inspects it
     */
    uint64_t rings_gfn;
    uint32_t server_state; /* out, IVMC_SERVER_STATE */
    int32_t status; /* out: 0, or the negated errno of a refusal */
    uint32_t server_epoch; /* out: epoch of the channel that is connected */
    uint32_t block_bytes; /* out: size of a block of the device */
    uint64_t blocks; /* out: size of the device in blocks */
    uint32_t max_transfer; /* out: most bytes of one request */
    /* out: who may be granted the data area too, to do the server's DMA; 0: nobody */
    uint32_t dma_domid;
};
RINGSIDE_SIZE(struct ivmc_channel, 96, 96);
RINGSIDE_OFFSET(struct ivmc_channel, magic, 0, 0);
RINGSIDE_OFFSET(struct ivmc_channel, version, 4, 4);
RINGSIDE_OFFSET(struct ivmc_channel, epoch, 8, 8);
RINGSIDE_OFFSET(struct ivmc_channel, order, 12, 12);
RINGSIDE_OFFSET(struct ivmc_channel, path, 16, 16);
RINGSIDE_OFFSET(struct ivmc_channel, port, 20, 20);
RINGSIDE_OFFSET(struct ivmc_channel, ring_stride, 24, 24);
RINGSIDE_OFFSET(struct ivmc_channel, rings, 32, 32);
RINGSIDE_OFFSET(struct ivmc_channel, slots, 40, 40);
RINGSIDE_OFFSET(struct ivmc_channel, data, 48, 48);
RINGSIDE_OFFSET(struct ivmc_channel, rings_gfn, 56, 56);
RINGSIDE_OFFSET(struct ivmc_channel, server_state, 64, 64);
RINGSIDE_OFFSET(struct ivmc_channel, status, 68, 68);
RINGSIDE_OFFSET(struct ivmc_channel, server_epoch, 72, 72);
RINGSIDE_OFFSET(struct ivmc_channel, block_bytes, 76, 76);
RINGSIDE_OFFSET(struct ivmc_channel, blocks, 80, 80);
RINGSIDE_OFFSET(struct ivmc_channel, max_transfer, 88, 88);
RINGSIDE_OFFSET(struct ivmc_channel, dma_domid, 92, 92);

/* First half of a small slot, written by the client. */
struct ivmc_request {
    uint64_t sequence; /* in: rises by one with each request of the client, through all epochs */
    uint32_t epoch; /* in: of the channel when it was sent */
    uint16_t op; /* in, IVMC_OP */
    uint16_t flags; /* in, IVMC_FLAGS */
    uint64_t block; /* in: first block */
    uint32_t length; /* in: bytes, a multiple of block_bytes; 0 for a flush */
    uint32_t large; /* in: index of its large slot (copy), or 0xffffffff */
    /*
     * in: offset of its data in the data area, or in the region whose number stands above; 0 when
     * it has none
     */
    uint64_t data;
    uint64_t pad[3];
};
RINGSIDE_SIZE(struct ivmc_request, 64, 64);
RINGSIDE_OFFSET(struct ivmc_request, sequence, 0, 0);
RINGSIDE_OFFSET(struct ivmc_request, epoch, 8, 8);
RINGSIDE_OFFSET(struct ivmc_request, op, 12, 12);
RINGSIDE_OFFSET(struct ivmc_request, flags, 14, 14);
RINGSIDE_OFFSET(struct ivmc_request, block, 16, 16);
RINGSIDE_OFFSET(struct ivmc_request, length, 24, 24);
RINGSIDE_OFFSET(struct ivmc_request, large, 28, 28);
RINGSIDE_OFFSET(struct ivmc_request, data, 32, 32);

/*
 * Second half of a small slot, written by the server before it enqueues the slot in a response
 * ring.
 */
struct ivmc_response {
    uint64_t sequence; /* out: of the request */
    uint32_t epoch; /* out: of the request */
    int32_t status; /* out: 0, or a negated errno */
    uint32_t length; /* out: bytes that were transferred */
    uint32_t pad0;
    int64_t result; /* out: of a request to a file system server; else 0 */
    uint64_t extra; /* out: more of it */
    /*
     * out: bytes that CPUs have copied in bulk since the server began, its own and those of servers
     * behind it
     */
    uint64_t copied;
    uint64_t pad[2];
};
RINGSIDE_SIZE(struct ivmc_response, 64, 64);
RINGSIDE_OFFSET(struct ivmc_response, sequence, 0, 0);
RINGSIDE_OFFSET(struct ivmc_response, epoch, 8, 8);
RINGSIDE_OFFSET(struct ivmc_response, status, 12, 12);
RINGSIDE_OFFSET(struct ivmc_response, length, 16, 16);
RINGSIDE_OFFSET(struct ivmc_response, result, 24, 24);
RINGSIDE_OFFSET(struct ivmc_response, extra, 32, 32);
RINGSIDE_OFFSET(struct ivmc_response, copied, 40, 40);

/* A small slot: a request, and the room for its response, reserved from the start. */
struct ivmc_slot {
    struct ivmc_request request; /* in */
    struct ivmc_response response; /* out */
};
RINGSIDE_SIZE(struct ivmc_slot, 128, 128);
RINGSIDE_OFFSET(struct ivmc_slot, request, 0, 0);
RINGSIDE_OFFSET(struct ivmc_slot, response, 64, 64);

/*
 * The head of a ring; its 2 x entries words of eight bytes follow at once, in the order of their
 * tickets. Each word stands in a line of 128 bytes of its own.
 */
struct ivmc_ring {
    int32_t receiver; /* inout, IVMC_RECEIVER: the sleep word */
    uint32_t waiters; /* inout: of a free ring: how many wait for a slot */
    uint64_t pad0[15];
    uint64_t head; /* inout: next dequeue ticket */
    uint64_t pad1[15];
    /* inout: signed: steps that may still fail before the ring counts as empty */
    uint64_t threshold;
    uint64_t pad2[15];
    uint64_t tail; /* inout: next enqueue ticket */
    uint64_t pad3[15];
};
RINGSIDE_SIZE(struct ivmc_ring, 512, 512);
RINGSIDE_OFFSET(struct ivmc_ring, receiver, 0, 0);
RINGSIDE_OFFSET(struct ivmc_ring, waiters, 4, 4);
RINGSIDE_OFFSET(struct ivmc_ring, head, 128, 128);
RINGSIDE_OFFSET(struct ivmc_ring, threshold, 256, 256);
RINGSIDE_OFFSET(struct ivmc_ring, tail, 384, 384);

#endif /* __ASSEMBLER__ */

#endif
