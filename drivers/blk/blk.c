/*
 * What all block devices have in common: checks, order, waiting.
 *
 * Invariant: no two requests are with a driver at once that overlap and of which one is not a read.
 * The later one waits in blk_submit, so each sees what all before it did, also when a driver sends
 * some of them anew after its server was killed.
 */
#include <ringside-rt/blk.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread_queue.h>

static bool has_data(const struct blk_request *request)
{
    return request->op == BLK_READ || request->op == BLK_WRITE;
}

static bool valid(const struct blk *blk, const struct blk_request *request)
{
    if (request->op > BLK_WRITE_ZEROES || request->flags & ~BLK_FUA)
        return false;
    if (request->op == BLK_FLUSH)
        return !request->length && !request->offset;
    return request->length && request->length % blk->block_bytes == 0 &&
           request->offset % blk->block_bytes == 0 && request->offset <= blk->bytes &&
           request->length <= blk->bytes - request->offset &&
           (!has_data(request) || request->buffer);
}

int blk_submit(struct blk *blk, struct blk_request *request)
{
    if (!valid(blk, request))
        return -XEN_EINVAL;
    request->status = 0;
    bool irq = spin_lock(&blk->lock);
    for (bool first = true; blk_order_must_wait(&blk->order, request); first = false) {
        blk->overlaps += first;
        thread_queue_add(&blk->held_back, thread_current());
        thread_block_unlocking(&blk->lock);
        spin_lock(&blk->lock);
    }
    blk_order_add(&blk->order, request);
    spin_unlock(&blk->lock, irq);
    blk->ops->submit(blk, request);
    return 0;
}

void blk_done(struct blk *blk, struct blk_request *request, int status)
{
    struct thread *waiter;
    bool irq = spin_lock(&blk->lock);
    request->status = status;
    blk_order_remove(&blk->order, request);
    struct thread_queue woken = blk->held_back;
    blk->held_back = (struct thread_queue){0};
    spin_unlock(&blk->lock, irq);
    while ((waiter = thread_queue_take(&woken)))
        thread_wake(waiter);
    if (request->done) {
        irq = irq_save();
        request->done(request);
        irq_restore(irq);
    }
}

static void wake_runner(struct blk_request *request)
{
    semaphore_up(request->arg);
}

int blk_run(struct blk *blk, struct blk_request *request)
{
    struct semaphore finished = {0};
    request->done = wake_runner;
    request->arg = &finished;
    int rc = blk_submit(blk, request);
    if (rc)
        return rc;
    semaphore_down(&finished);
    return request->status;
}

int blk_read(struct blk *blk, uint64_t offset, void *buffer, uint64_t length)
{
    struct blk_request request = {
        .op = BLK_READ, .offset = offset, .buffer = buffer, .length = length};
    return blk_run(blk, &request);
}

int blk_write(struct blk *blk, uint64_t offset, void *buffer, uint64_t length)
{
    struct blk_request request = {
        .op = BLK_WRITE, .offset = offset, .buffer = buffer, .length = length};
    return blk_run(blk, &request);
}

int blk_flush(struct blk *blk)
{
    struct blk_request request = {.op = BLK_FLUSH};
    return blk_run(blk, &request);
}

void *blk_buffer_alloc(struct blk *blk, size_t bytes)
{
    return blk->ops->buffer_alloc(blk, bytes);
}

void blk_buffer_free(struct blk *blk, void *buffer, size_t bytes)
{
    blk->ops->buffer_free(blk, buffer, bytes);
}

bool blk_reaches(struct blk *blk, const void *buffer, size_t bytes)
{
    if (blk->ops->reaches)
        return blk->ops->reaches(blk, buffer, bytes);
    return (uintptr_t)buffer % 4 == 0;
}

int blk_attach(struct blk *blk, const struct blk_area *area)
{
    return blk->ops->attach ? blk->ops->attach(blk, area) : -XEN_EOPNOTSUPP;
}

void blk_detach(struct blk *blk, const void *start)
{
    if (blk->ops->detach)
        blk->ops->detach(blk, start);
}

void blk_close(struct blk *blk)
{
    panic_unless(!blk->order.first);
    blk->ops->close(blk);
}
