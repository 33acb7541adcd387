/* The two rings of a queue pair (NVMe 1.4, 4.1). */
#include <ringside-rt/memory.h>
#include <ringside-rt/nvme_controller.h>
#include <ringside-rt/string.h>
#include <ringside/errno.h>

static size_t pages(unsigned depth, size_t entry)
{
    return ALIGN_UP(depth * entry, PAGE_SIZE) >> PAGE_SHIFT;
}

int nvme_pair_alloc(struct nvme_pair *pair, const struct nvme_controller *c, unsigned qid,
                    unsigned depth)
{
    *pair = (struct nvme_pair){.c = c, .qid = qid, .depth = depth, .phase = 1};
    pair->sq = page_alloc(pages(depth, sizeof(struct nvme_sqe)));
    pair->cq = page_alloc(pages(depth, sizeof(struct nvme_cqe)));
    if (pair->sq && pair->cq)
        return 0;
    nvme_pair_free(pair);
    return -XEN_ENOMEM;
}

void nvme_pair_free(struct nvme_pair *pair)
{
    if (pair->sq)
        page_free(pair->sq, pages(pair->depth, sizeof(struct nvme_sqe)));
    if (pair->cq)
        page_free((void *)pair->cq, pages(pair->depth, sizeof(struct nvme_cqe)));
    pair->sq = NULL;
    pair->cq = NULL;
}

void nvme_pair_reset(struct nvme_pair *pair)
{
    memset(pair->sq, 0, pair->depth * sizeof(struct nvme_sqe));
    memset((void *)pair->cq, 0, pair->depth * sizeof(struct nvme_cqe));
    pair->sq_head = pair->sq_tail = pair->sq_rung = pair->cq_head = 0;
    pair->phase = 1;
}

static unsigned next(const struct nvme_pair *pair, unsigned index)
{
    return index + 1 == pair->depth ? 0 : index + 1;
}

bool nvme_pair_full(const struct nvme_pair *pair)
{
    return next(pair, pair->sq_tail) == pair->sq_head;
}

void nvme_pair_put(struct nvme_pair *pair, const struct nvme_sqe *sqe)
{
    pair->sq[pair->sq_tail] = *sqe;
    pair->sq_tail = next(pair, pair->sq_tail);
}

void nvme_pair_ring(struct nvme_pair *pair)
{
    if (pair->sq_rung == pair->sq_tail)
        return;
    pair->sq_rung = pair->sq_tail;
    nvme_write32(pair->c, NVME_DOORBELLS + 2 * pair->qid * pair->c->stride, pair->sq_tail);
}

bool nvme_pair_take(struct nvme_pair *pair, struct nvme_cqe *cqe)
{
    volatile struct nvme_cqe *entry = &pair->cq[pair->cq_head];
    uint16_t status = entry->status;
    if ((status & 1) != pair->phase)
        return false;
    read_barrier();
    *cqe = *entry;
    pair->sq_head = cqe->sq_head;
    pair->cq_head = next(pair, pair->cq_head);
    if (pair->cq_head == 0)
        pair->phase ^= 1;
    return true;
}

void nvme_pair_ack(const struct nvme_pair *pair)
{
    nvme_write32(pair->c, NVME_DOORBELLS + (2 * pair->qid + 1) * pair->c->stride, pair->cq_head);
}
