/*
 * Commands on their way: submitting, completing, giving up. done() is always called without the
 * lock, after the head doorbell.
 */
#include "driver.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside/errno.h>

/* No completion has it: status has 15 bits there. */
#define STATUS_PENDING 0xffffu
#define RUN_TIMEOUT_NS (10 * NS_PER_S)

int nvme_queue_new(struct nvme *nvme, unsigned qid, unsigned depth, uint64_t max_transfer,
                   struct nvme_queue **queue)
{
    struct nvme_queue *q = kmalloc(sizeof(*q));
    if (!q)
        return -XEN_ENOMEM;
    *q = (struct nvme_queue){.nvme = nvme, .usable = true};
    q->max_transfer = max_transfer;
    q->list_bytes = nvme_prp_list_bytes(max_transfer);
    q->list_pages = ALIGN_UP((depth - 1) * q->list_bytes, PAGE_SIZE) >> PAGE_SHIFT;
    q->lists = page_alloc(q->list_pages);
    q->commands = kmalloc((depth - 1) * sizeof(*q->commands));
    q->free_cids = kmalloc((depth - 1) * sizeof(*q->free_cids));
    int rc = nvme_pair_alloc(&q->pair, &nvme->controller, qid, depth);
    if (rc || !q->lists || !q->commands || !q->free_cids) {
        nvme_queue_free(q);
        return -XEN_ENOMEM;
    }
    for (unsigned cid = depth - 1; cid-- > 0;)
        q->free_cids[q->free_count++] = (uint16_t)cid;
    *queue = q;
    return 0;
}

void nvme_queue_free(struct nvme_queue *queue)
{
    nvme_pair_free(&queue->pair);
    if (queue->lists)
        page_free(queue->lists, queue->list_pages);
    kfree(queue->commands);
    kfree(queue->free_cids);
    kfree(queue);
}

uint64_t nvme_queue_max_transfer(const struct nvme_queue *queue)
{
    return queue->max_transfer;
}

unsigned nvme_queue_room(const struct nvme_queue *queue)
{
    return queue->pair.depth - 1;
}

static int check_runs(const struct nvme_queue *queue, const struct nvme_run *runs, unsigned count)
{
    uint64_t bytes = 0;
    for (unsigned i = 0; i < count; i++) {
        bytes += runs[i].bytes;
        if (bytes > queue->max_transfer)
            return -XEN_E2BIG;
    }
    return 0;
}

static int submit_locked(struct nvme_queue *queue, struct nvme_command *command,
                         const struct nvme_run *runs, unsigned count)
{
    if (!queue->usable)
        return -XEN_EIO;
    if (!queue->free_count)
        return -XEN_EBUSY;
    int rc = check_runs(queue, runs, count);
    if (rc)
        return rc;
    uint16_t cid = queue->free_cids[queue->free_count - 1];
    command->sqe.cid = cid;
    rc = nvme_prp_build(&command->sqe, runs, count,
                        (uint64_t *)(queue->lists + cid * queue->list_bytes), queue->list_bytes);
    if (rc)
        return rc;
    queue->free_count--;
    queue->commands[cid] = command;
    command->cid = cid;
    command->age = 0;
    command->status = STATUS_PENDING;
    nvme_pair_put(&queue->pair, &command->sqe);
    PROBE(nvme_submit, queue->pair.qid, cid, command->sequence, command->channel);
    return 0;
}

int nvme_submit(struct nvme_queue *queue, struct nvme_command *command,
                const struct nvme_run *runs, unsigned count)
{
    bool irq = spin_lock(&queue->lock);
    int rc = submit_locked(queue, command, runs, count);
    spin_unlock(&queue->lock, irq);
    return rc;
}

void nvme_doorbell(struct nvme_queue *queue)
{
    bool irq = spin_lock(&queue->lock);
    if (queue->usable && !queue->calling_back && queue->pair.sq_rung != queue->pair.sq_tail) {
        PROBE(nvme_doorbell, queue->pair.qid, queue->pair.sq_tail);
        nvme_pair_ring(&queue->pair);
    }
    spin_unlock(&queue->lock, irq);
}

/* Takes the command with this CID out; it goes to the end of the list. */
static struct nvme_command **finish(struct nvme_queue *queue, uint16_t cid, uint16_t status,
                                    uint32_t result, struct nvme_command **last)
{
    struct nvme_command *command = queue->commands[cid];
    queue->commands[cid] = NULL;
    queue->free_cids[queue->free_count++] = cid;
    command->result = result;
    command->next = NULL;
    WRITE_ONCE(command->status, status);
    PROBE(nvme_complete, queue->pair.qid, cid, status);
    *last = command;
    return &command->next;
}

static unsigned call_back(struct nvme_command *command)
{
    unsigned calls = 0;
    for (struct nvme_command *next; command; command = next, calls++) {
        next = command->next;
        if (command->done)
            command->done(command);
    }
    return calls;
}

unsigned nvme_poll(struct nvme_queue *queue)
{
    struct nvme_command *first = NULL, **last = &first;
    struct nvme_cqe cqe;
    bool wrong = false;
    bool irq = spin_lock(&queue->lock);
    unsigned taken = 0;
    while (queue->usable && taken < queue->pair.depth && nvme_pair_take(&queue->pair, &cqe)) {
        taken++;
        if (cqe.cid >= queue->pair.depth - 1 || !queue->commands[cqe.cid])
            wrong = true;
        else
            last = finish(queue, cqe.cid, cqe.status >> 1, cqe.result, last);
    }
    if (taken)
        nvme_pair_ack(&queue->pair);
    spin_unlock(&queue->lock, irq);
    if (!taken)
        return 0;
    queue->calling_back = true;
    unsigned calls = call_back(first);
    queue->calling_back = false;
    nvme_doorbell(queue);
    if (wrong) {
        printf("NVMe: queue %u answers commands nobody gave\n", queue->pair.qid);
        nvme_give_up(queue->nvme);
    }
    return calls;
}

void nvme_queue_cancel(struct nvme_queue *queue, uint16_t status)
{
    struct nvme_command *first = NULL, **last = &first;
    bool irq = spin_lock(&queue->lock);
    queue->usable = false;
    for (unsigned cid = 0; cid < queue->pair.depth - 1; cid++)
        if (queue->commands[cid])
            last = finish(queue, (uint16_t)cid, status, 0, last);
    spin_unlock(&queue->lock, irq);
    call_back(first);
}

int nvme_run(struct nvme_queue *queue, struct nvme_command *command, const struct nvme_run *runs,
             unsigned count)
{
    command->done = NULL;
    int rc = nvme_submit(queue, command, runs, count);
    if (rc)
        return rc;
    nvme_doorbell(queue);
    uint64_t deadline = clock_ns() + RUN_TIMEOUT_NS;
    while (READ_ONCE(command->status) == STATUS_PENDING) {
        if (!nvme_poll(queue) && clock_ns() > deadline) {
            nvme_give_up(queue->nvme);
            return -XEN_ETIMEDOUT;
        }
        cpu_relax();
    }
    return 0;
}

/* An Abort on its way; one at a time suffices, since the next call asks again. */
static void ask_abort(struct nvme *nvme, unsigned qid, uint16_t cid)
{
    struct nvme_sqe sqe = {.opcode = NVME_ADMIN_ABORT, .cdw10 = (uint32_t)cid << 16 | qid};
    nvme_admin_run(nvme, &sqe, NULL, NULL);
}

unsigned nvme_stalled(struct nvme_queue *queue, unsigned calls)
{
    unsigned old = 0;
    for (unsigned cid = 0; cid < queue->pair.depth - 1; cid++) {
        bool irq = spin_lock(&queue->lock);
        struct nvme_command *command = queue->commands[cid];
        bool stalled = command && command->age >= calls;
        if (command && command->age < UINT16_MAX)
            command->age++;
        spin_unlock(&queue->lock, irq);
        if (stalled && !nvme_lost(queue->nvme)) {
            ask_abort(queue->nvme, queue->pair.qid, (uint16_t)cid);
            old++;
        }
    }
    return old;
}
