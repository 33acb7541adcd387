/*
 * Namespaces of this domain's own NVMe controller as block devices. One controller, open while a
 * device is; each device has a queue pair, and as many commands as go into it.
 *
 * Invariant: `room` counts the commands in `free`, so whoever came through it finds one. Of a
 * request under way, parts(request) is how many commands it still waits for, and one more while it
 * is being submitted.
 */
#include <ringside-rt/blk.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/nvme.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>

/* Longest part of a discard or of zeroes: half of what NVMe's 16 bits count. */
#define RANGE_BLOCKS 32768u

struct nvme_blk {
    struct blk blk;
    unsigned number; /* of the device, for probes */
    uint64_t sequence;
    struct nvme_queue *queue;
    uint32_t nsid;
    struct semaphore room;
    struct spinlock lock;
    struct nvme_command *commands;
    struct nvme_command *free; /* through next */
};

static struct nvme *controller;
static unsigned opened, devices;

static uint64_t *parts(struct blk_request *request)
{
    return &request->driver[0];
}

static uint64_t *sequence(struct blk_request *request)
{
    return &request->driver[1];
}

/* The first error of a part; stays beside status, which is valid only when all is done. */
static uint64_t *error(struct blk_request *request)
{
    return &request->driver[2];
}

static void part_done(struct nvme_blk *n, struct blk_request *request, int status)
{
    if (status && !*error(request))
        *error(request) = (uint64_t)-status;
    if (__atomic_sub_fetch(parts(request), 1, __ATOMIC_ACQ_REL))
        return;
    status = -(int)*error(request);
    PROBE(blk_complete, n->number, *sequence(request), status);
    blk_done(&n->blk, request, status);
}

static struct nvme_command *take_command(struct nvme_blk *n)
{
    if (!semaphore_try_down(&n->room)) {
        nvme_doorbell(n->queue); /* nobody answers what was not told */
        semaphore_down(&n->room);
    }
    bool irq = spin_lock(&n->lock);
    struct nvme_command *command = n->free;
    n->free = command->next;
    spin_unlock(&n->lock, irq);
    return command;
}

static void give_back(struct nvme_blk *n, struct nvme_command *command)
{
    bool irq = spin_lock(&n->lock);
    command->next = n->free;
    n->free = command;
    spin_unlock(&n->lock, irq);
    semaphore_up(&n->room);
}

static void done(struct nvme_command *command)
{
    struct blk_request *request = command->arg;
    struct nvme_blk *n = (struct nvme_blk *)request->driver[3];
    int status = nvme_status_errno(command->status);
    give_back(n, command);
    part_done(n, request, status);
}

/* @return 0, or -XEN_EOPNOTSUPP: the controller has no such command */
static int prepare(const struct nvme_blk *n, struct nvme_command *command,
                   const struct blk_request *r, uint64_t at, uint64_t length)
{
    uint64_t lba = (r->offset + at) / n->blk.block_bytes;
    uint32_t blocks = (uint32_t)(length / n->blk.block_bytes);
    bool fua = r->flags & BLK_FUA;
    switch (r->op) {
    case BLK_READ:
        nvme_prepare_rw(command, NVME_READ, n->nsid, lba, blocks, fua);
        return 0;
    case BLK_WRITE:
        nvme_prepare_rw(command, NVME_WRITE, n->nsid, lba, blocks, fua);
        return 0;
    case BLK_FLUSH:
        nvme_prepare_flush(command, n->nsid);
        return 0;
    case BLK_DISCARD:
        nvme_prepare_deallocate(command, n->nsid, lba, blocks);
        return nvme_info(controller)->has_deallocate ? 0 : -XEN_EOPNOTSUPP;
    case BLK_WRITE_ZEROES:
        nvme_prepare_write_zeroes(command, n->nsid, lba, blocks, fua);
        return nvme_info(controller)->has_write_zeroes ? 0 : -XEN_EOPNOTSUPP;
    }
    return -XEN_EINVAL;
}

static bool has_data(const struct blk_request *request)
{
    return request->op == BLK_READ || request->op == BLK_WRITE;
}

static void submit_part(struct nvme_blk *n, struct blk_request *request, uint64_t at,
                        uint64_t length)
{
    struct nvme_command *command = take_command(n);
    int rc = prepare(n, command, request, at, length);
    if (!rc) {
        struct nvme_run run = {(uintptr_t)request->buffer + at, length};
        if (request->op == BLK_DISCARD)
            run = nvme_range_run(command);
        command->done = done;
        command->arg = request;
        command->sequence = *sequence(request);
        command->channel = n->number;
        bool data = has_data(request) || request->op == BLK_DISCARD;
        rc = nvme_submit(n->queue, command, &run, data ? 1 : 0);
    }
    if (rc) {
        give_back(n, command);
        part_done(n, request, rc);
    }
}

static void submit(struct blk *blk, struct blk_request *request)
{
    struct nvme_blk *n = CONTAINER_OF(blk, struct nvme_blk, blk);
    uint64_t most = has_data(request) ? blk->max_transfer
                                      : (uint64_t)RANGE_BLOCKS * blk->block_bytes;
    uint64_t count = request->length ? (request->length + most - 1) / most : 1;
    *parts(request) = count + 1;
    *sequence(request) = ++n->sequence;
    *error(request) = 0;
    request->driver[3] = (uintptr_t)n;
    PROBE(blk_submit, n->number, n->sequence, (unsigned)request->op,
          request->offset / blk->block_bytes, request->length, thread_current());
    uint64_t length = request->length;
    for (uint64_t at = 0, i = 0; i < count; i++, at += most)
        submit_part(n, request, at, length - at < most ? length - at : most);
    nvme_doorbell(n->queue);
    part_done(n, request, 0);
}

static void *buffer_alloc(struct blk *blk, size_t bytes)
{
    (void)blk;
    return page_alloc(ALIGN_UP(bytes, PAGE_SIZE) >> PAGE_SHIFT);
}

static void buffer_free(struct blk *blk, void *buffer, size_t bytes)
{
    (void)blk;
    page_free(buffer, ALIGN_UP(bytes, PAGE_SIZE) >> PAGE_SHIFT);
}

static void let_go(struct nvme_blk *n)
{
    kfree(n->commands);
    kfree(n);
    if (--opened == 0 && controller) {
        nvme_close(controller);
        controller = NULL;
    }
}

static void close(struct blk *blk)
{
    struct nvme_blk *n = CONTAINER_OF(blk, struct nvme_blk, blk);
    nvme_queue_close(n->queue);
    let_go(n);
}

static const struct blk_ops ops = {
    .submit = submit,
    .buffer_alloc = buffer_alloc,
    .buffer_free = buffer_free,
    .close = close,
};

static int set_up(struct nvme_blk *n)
{
    struct nvme_namespace ns;
    int rc = controller ? 0 : nvme_open(NULL, &controller);
    if (!rc)
        rc = nvme_namespace(controller, n->nsid, &ns);
    if (!rc)
        rc = nvme_queue_open(controller, NULL, &n->queue);
    if (rc)
        return rc;
    unsigned room = nvme_queue_room(n->queue);
    n->commands = kmalloc(room * sizeof(*n->commands));
    if (!n->commands) {
        nvme_queue_close(n->queue);
        return -XEN_ENOMEM;
    }
    for (unsigned i = 0; i < room; i++) {
        n->commands[i].next = n->free;
        n->free = &n->commands[i];
    }
    n->room.count = room;
    n->number = ++devices;
    n->blk = (struct blk){
        .ops = &ops,
        .bytes = ns.blocks * ns.block_bytes,
        .block_bytes = ns.block_bytes,
        .max_transfer = nvme_queue_max_transfer(n->queue),
    };
    return 0;
}

int blk_open_nvme(unsigned nsid, struct blk **blk)
{
    struct nvme_blk *n = kmalloc(sizeof(*n));
    if (!n)
        return -XEN_ENOMEM;
    n->nsid = nsid;
    opened++;
    int rc = set_up(n);
    if (rc) {
        let_go(n);
        return rc;
    }
    *blk = &n->blk;
    return 0;
}
