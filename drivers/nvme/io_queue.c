/*
 * I/O queue pairs: creating and deleting them, and their interrupts. Queue n has MSI-X vector n for
 * itself.
 */
#include "driver.h"
#include <ringside-rt/interrupt.h>
#include <ringside/errno.h>

#define IO_DEPTH 256
#define MAX_TRANSFER (1ul << 20)

static int create(struct nvme_queue *queue, bool interrupt)
{
    const struct nvme_pair *pair = &queue->pair;
    uint32_t size = (pair->depth - 1) << 16 | pair->qid;
    struct nvme_sqe cq = {
        .opcode = NVME_ADMIN_CREATE_CQ,
        .prp1 = (uintptr_t)pair->cq,
        .cdw10 = size,
        .cdw11 = NVME_QUEUE_CONTIGUOUS | (interrupt ? NVME_CQ_INTERRUPTS | pair->qid << 16 : 0),
    };
    struct nvme_sqe sq = {
        .opcode = NVME_ADMIN_CREATE_SQ,
        .prp1 = (uintptr_t)pair->sq,
        .cdw10 = size,
        .cdw11 = NVME_QUEUE_CONTIGUOUS | pair->qid << 16,
    };
    int rc = nvme_admin_run(queue->nvme, &cq, NULL, NULL);
    if (rc)
        return rc;
    rc = nvme_admin_run(queue->nvme, &sq, NULL, NULL);
    if (rc) {
        struct nvme_sqe undo = {.opcode = NVME_ADMIN_DELETE_CQ, .cdw10 = pair->qid};
        nvme_admin_run(queue->nvme, &undo, NULL, NULL);
    }
    return rc;
}

static void interrupted(void *queue)
{
    nvme_poll(queue);
}

static int interrupt_on(struct nvme_queue *queue)
{
    struct nvme_controller *c = &queue->nvme->controller;
    if (!c->has_msix || queue->pair.qid >= c->msix.vectors)
        return -XEN_ENOSPC;
    int vector = interrupt_open(interrupted, queue);
    if (vector < 0)
        return vector;
    queue->vector = vector;
    pci_msix_set(&c->msix, queue->pair.qid, vector);
    pci_msix_mask(&c->msix, queue->pair.qid, false);
    return 0;
}

static void interrupt_off(struct nvme_queue *queue)
{
    if (!queue->vector)
        return;
    pci_msix_mask(&queue->nvme->controller.msix, queue->pair.qid, true);
    interrupt_close(queue->vector);
    queue->vector = 0;
}

static unsigned free_qid(const struct nvme *nvme)
{
    unsigned qid = 1;
    while (qid <= nvme->info.max_queues && nvme->queues[qid])
        qid++;
    return qid;
}

int nvme_queue_open(struct nvme *nvme, const struct nvme_queue_options *options,
                    struct nvme_queue **queue)
{
    struct nvme_queue_options o = options ? *options : (struct nvme_queue_options){0};
    unsigned qid = free_qid(nvme), depth = o.depth ? o.depth : IO_DEPTH;
    uint64_t most = o.max_transfer ? ALIGN_UP(o.max_transfer, PAGE_SIZE) : MAX_TRANSFER;
    if (most > nvme->info.max_transfer)
        most = nvme->info.max_transfer;
    if (!o.depth && depth > nvme->info.max_depth)
        depth = nvme->info.max_depth;
    if (depth < 2 || depth > nvme->info.max_depth)
        return -XEN_EINVAL;
    if (qid > nvme->info.max_queues)
        return -XEN_ENOSPC;
    struct nvme_queue *q;
    int rc = nvme_queue_new(nvme, qid, depth, most, &q);
    if (rc)
        return rc;
    if (!o.polled)
        rc = interrupt_on(q);
    if (!rc)
        rc = create(q, !o.polled);
    if (rc) {
        interrupt_off(q);
        nvme_queue_free(q);
        return rc;
    }
    nvme->queues[qid] = q;
    *queue = q;
    return 0;
}

void nvme_queue_close(struct nvme_queue *queue)
{
    struct nvme *nvme = queue->nvme;
    struct nvme_sqe sq = {.opcode = NVME_ADMIN_DELETE_SQ, .cdw10 = queue->pair.qid};
    struct nvme_sqe cq = {.opcode = NVME_ADMIN_DELETE_CQ, .cdw10 = queue->pair.qid};
    if (!nvme->lost) {
        nvme_admin_run(nvme, &sq, NULL, NULL);
        nvme_poll(queue);
        nvme_admin_run(nvme, &cq, NULL, NULL);
    }
    nvme_queue_cancel(queue, NVME_DRIVER_LOST);
    interrupt_off(queue);
    nvme->queues[queue->pair.qid] = NULL;
    nvme_queue_free(queue);
}
