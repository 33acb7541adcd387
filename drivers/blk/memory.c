/*
 * A block device in this domain's memory. Invariant: a request is over when it was submitted, so a
 * flush has nothing to do, and what was written is gone with the domain.
 */
#include <ringside-rt/blk.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

#define BLOCK_BYTES 512u
#define MAX_TRANSFER (1ul << 20)

struct memory_blk {
    struct blk blk;
    char *bytes;
};

static void submit(struct blk *blk, struct blk_request *request)
{
    char *at = CONTAINER_OF(blk, struct memory_blk, blk)->bytes + request->offset;
    if (request->op == BLK_READ)
        memcpy(request->buffer, at, request->length);
    else if (request->op == BLK_WRITE)
        memcpy(at, request->buffer, request->length);
    else if (request->op == BLK_WRITE_ZEROES)
        memset(at, 0, request->length);
    blk_done(blk, request, 0);
}

static void *buffer_alloc(struct blk *blk, size_t bytes)
{
    (void)blk;
    return page_alloc(ALIGN_UP(bytes, PAGE_SIZE) / PAGE_SIZE);
}

static void buffer_free(struct blk *blk, void *buffer, size_t bytes)
{
    (void)blk;
    page_free(buffer, ALIGN_UP(bytes, PAGE_SIZE) / PAGE_SIZE);
}

static void close(struct blk *blk)
{
    struct memory_blk *memory = CONTAINER_OF(blk, struct memory_blk, blk);
    page_free(memory->bytes, blk->bytes / PAGE_SIZE);
    kfree(memory);
}

static const struct blk_ops ops = {
    .submit = submit,
    .buffer_alloc = buffer_alloc,
    .buffer_free = buffer_free,
    .close = close,
};

int blk_open_memory(uint64_t bytes, struct blk **blk)
{
    struct memory_blk *memory = kmalloc(sizeof(*memory));
    uint64_t pages = bytes / PAGE_SIZE;
    if (!memory)
        return -XEN_ENOMEM;
    memory->bytes = pages ? page_alloc(pages) : NULL;
    if (!memory->bytes) {
        kfree(memory);
        return pages ? -XEN_ENOMEM : -XEN_EINVAL;
    }
    memory->blk = (struct blk){
        .ops = &ops,
        .bytes = pages * PAGE_SIZE,
        .block_bytes = BLOCK_BYTES,
        .max_transfer = MAX_TRANSFER,
    };
    *blk = &memory->blk;
    return 0;
}
