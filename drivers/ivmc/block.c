/*
 * A block device that a storage server serves. A request longer than max_transfer is sent in
 * pieces, each with a slot of its own; it is over when the last piece is.
 */
#include "disk.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>

#define DEFAULT_REGION (16ul << 20)

/* Longest piece of a discard or of zeroes: half of what NVMe's 16 bits count. */
#define RANGE_BLOCKS 32768u

static bool has_data(uint16_t op)
{
    return op == IVMC_READ || op == IVMC_WRITE;
}

/* So many pieces of a request are over. */
static void pieces_done(struct ivmc_disk *disk, struct blk_request *request, uint64_t pieces,
                        int status)
{
    if (status && !request->status)
        request->status = status;
    request->driver[0] -= pieces;
    if (!request->driver[0])
        blk_done(&disk->blk, request, request->status);
}

/* Where the data of a piece lies, in the data area or a region. */
static uint64_t data_offset(const struct ivmc_disk *disk, const void *buffer, uint32_t large)
{
    const struct ivmc_client *client = &disk->client;
    if (client->path == IVMC_COPY)
        return (uint64_t)large * IVMC_LARGE_SLOT_BYTES;
    if (ivmc_client_in_region(client, buffer, 0))
        return (uint64_t)((const uint8_t *)buffer - client->data);
    return ivmc_disk_region_offset(disk, buffer);
}

/* False when the channel broke meanwhile; then the piece was not sent. */
static bool send_piece(struct ivmc_disk *disk, struct blk_request *request, uint64_t done,
                       uint32_t length)
{
    struct ivmc_client *client = &disk->client;
    uint32_t large = NO_SLOT, block_bytes = disk->blk.block_bytes;
    unsigned slot = ivmc_client_take(client, IVMC_SMALL_FREE);
    if (slot == NO_SLOT)
        return false;
    struct flight *flight = &client->flights[slot];
    flight->state = HELD;
    if (has_data(request->op) && client->path == IVMC_COPY) {
        large = ivmc_client_take(client, IVMC_LARGE_FREE);
        if (large == NO_SLOT)
            return false;
        client->large_used[large] = true;
        if (request->op == BLK_WRITE)
            memcpy(client->data + (uint64_t)large * IVMC_LARGE_SLOT_BYTES,
                   (char *)request->buffer + done, length);
    }
    flight->owner = request;
    flight->large = large;
    flight->buffer = (char *)request->buffer + done;
    flight->message = (struct ivmc_request){
        .op = (uint16_t)request->op,
        .flags = request->flags & BLK_FUA ? IVMC_FUA : 0,
        .block = block_bytes ? (request->offset + done) / block_bytes : 0,
        .length = length,
        .large = large,
        .data = has_data(request->op) ? data_offset(disk, flight->buffer, large) : 0,
    };
    PROBE(blk_submit, client->name, client->sequence + 1, request->op, flight->message.block,
          length, thread_current());
    ivmc_client_post(client, slot);
    return true;
}

static bool reaches(struct blk *blk, const void *buffer, size_t bytes)
{
    const struct ivmc_disk *disk = CONTAINER_OF(blk, struct ivmc_disk, blk);
    return disk->client.path != IVMC_DIRECT ||
           ((uintptr_t)buffer % 4 == 0 && (ivmc_client_in_region(&disk->client, buffer, bytes) ||
                                           ivmc_disk_in_region(disk, buffer, bytes)));
}

static void submit(struct blk *blk, struct blk_request *request)
{
    struct ivmc_disk *disk = CONTAINER_OF(blk, struct ivmc_disk, blk);
    bool data = has_data(request->op);
    uint64_t piece = data ? blk->max_transfer : (uint64_t)RANGE_BLOCKS * blk->block_bytes;
    uint64_t pieces = request->length ? (request->length + piece - 1) / piece : 1, done = 0;
    if (data && !reaches(blk, request->buffer, request->length)) {
        blk_done(blk, request, -XEN_EINVAL);
        return;
    }
    request->driver[0] = pieces;
    for (uint64_t i = 0; i < pieces; i++) {
        uint64_t left = request->length - done;
        uint32_t length = (uint32_t)(left < piece ? left : piece);
        if (!send_piece(disk, request, done, length)) {
            pieces_done(disk, request, pieces - i, -XEN_EIO);
            break;
        }
        done += length;
    }
    ivmc_client_notify(&disk->client);
}

/* The disk's geometry, which no later server may change. */
static int connected(struct ivmc_client *client, const struct ivmc_channel *page)
{
    struct blk *blk = &disk_of(client)->blk;
    uint64_t bytes = page->blocks * page->block_bytes;
    if (!page->block_bytes || page->block_bytes & (page->block_bytes - 1) ||
        page->block_bytes > IVMC_LARGE_SLOT_BYTES || page->max_transfer < page->block_bytes ||
        page->blocks > UINT64_MAX / page->block_bytes)
        return -XEN_EIO;
    if (blk->bytes && (blk->bytes != bytes || blk->block_bytes != page->block_bytes))
        return -XEN_EIO;
    blk->bytes = bytes;
    blk->block_bytes = page->block_bytes;
    blk->max_transfer = ALIGN_DOWN((uint64_t)page->max_transfer, (uint64_t)page->block_bytes);
    if (client->path == IVMC_COPY && blk->max_transfer > IVMC_LARGE_SLOT_BYTES)
        blk->max_transfer = IVMC_LARGE_SLOT_BYTES;
    blk->dma_domid = client->path == IVMC_DIRECT ? client->granted_to : 0;
    return 0;
}

static bool answered(struct ivmc_client *client, struct flight *flight,
                     const struct ivmc_response *response)
{
    const struct ivmc_request *message = &flight->message;
    if (has_data(message->op) && response->length != message->length)
        return false;
    if (message->op == IVMC_READ && client->path == IVMC_COPY)
        memcpy(flight->buffer, client->data + message->data, message->length);
    return true;
}

static void over(struct ivmc_client *client, const struct flight *flight, int status)
{
    disk_of(client)->blk.copied_there = client->statistics.server_copied;
    if (ivmc_is_region_op(flight->message.op)) {
        ivmc_disk_region_over(disk_of(client), flight, status);
        return;
    }
    PROBE(blk_complete, client->name, flight->message.sequence, status);
    pieces_done(disk_of(client), flight->owner, 1, status);
}

static const struct ivmc_use use = {
    .connected = connected,
    .answered = answered,
    .over = over,
    .resume = ivmc_disk_attach_again,
};

static void *buffer_alloc(struct blk *blk, size_t bytes)
{
    return ivmc_client_buffer(&CONTAINER_OF(blk, struct ivmc_disk, blk)->client, bytes);
}

static void buffer_free(struct blk *blk, void *buffer, size_t bytes)
{
    ivmc_client_buffer_free(&CONTAINER_OF(blk, struct ivmc_disk, blk)->client, buffer, bytes);
}

static void close(struct blk *blk)
{
    (void)blk;
}

static const struct blk_ops ops = {
    .submit = submit,
    .buffer_alloc = buffer_alloc,
    .buffer_free = buffer_free,
    .close = close,
    .reaches = reaches,
    .attach = ivmc_disk_attach,
    .detach = ivmc_disk_detach,
};

int blk_open_ivmc(const struct blk_ivmc_options *options, struct blk **blk)
{
    struct ivmc_disk *disk = kmalloc(sizeof(*disk));
    if (!disk)
        return -XEN_ENOMEM;
    disk->blk.ops = &ops;
    disk->client.use = &use;
    disk->client.service = options->service ? options->service : "storage";
    disk->client.path = options->path;
    disk->client.order = options->order;
    *blk = &disk->blk;
    return ivmc_client_open(&disk->client,
                            options->region_bytes ? options->region_bytes : DEFAULT_REGION);
}

const struct ivmc_statistics *ivmc_client_statistics(const struct blk *blk)
{
    return &CONTAINER_OF(blk, const struct ivmc_disk, blk)->client.statistics;
}
