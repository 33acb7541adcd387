/* Bringing a controller up, what it says of itself, and bringing it down. */
#include "driver.h"
#include <ringside-rt/memory.h>
#include <ringside/errno.h>

#define ADMIN_DEPTH 32
#define ASKED_QUEUES (NVME_QUEUES_MAX - 2) /* 0's based, without the admin pair */

/* Identify Controller (5.15.2.2), Identify Namespace (5.15.2.1): offsets in bytes. */
#define CTRL_MDTS 77
#define CTRL_NN 516
#define CTRL_ONCS 520
#define CTRL_VWC 525
#define ONCS_DSM 4u
#define ONCS_WRITE_ZEROES 8u
#define NS_NSZE 0
#define NS_FLBAS 26
#define NS_LBAF 128
#define LBADS(format) ((format) >> 16 & 0xff)

int nvme_status_errno(uint16_t status)
{
    switch (NVME_STATUS_CODE(status)) {
    case NVME_SUCCESS:
        return 0;
    case NVME_INVALID_OPCODE:
        return -XEN_EOPNOTSUPP;
    case NVME_INVALID_FIELD:
    case NVME_LBA_OUT_OF_RANGE:
        return -XEN_EINVAL;
    case NVME_INVALID_NAMESPACE:
        return -XEN_ENODEV;
    case NVME_CAPACITY_EXCEEDED:
        return -XEN_ENOSPC;
    default:
        return -XEN_EIO;
    }
}

int nvme_admin_run(struct nvme *nvme, const struct nvme_sqe *sqe, void *page, uint32_t *result)
{
    struct nvme_command command = {.sqe = *sqe};
    struct nvme_run run = {(uintptr_t)page, PAGE_SIZE};
    int rc = nvme_run(nvme->queues[0], &command, &run, page ? 1 : 0);
    if (!rc && result)
        *result = command.result;
    return rc ? rc : nvme_status_errno(command.status);
}

static int identify(struct nvme *nvme, unsigned cns, uint32_t nsid, uint8_t *page)
{
    struct nvme_sqe sqe = {.opcode = NVME_ADMIN_IDENTIFY, .nsid = nsid, .cdw10 = cns};
    return nvme_admin_run(nvme, &sqe, page, NULL);
}

static uint32_t field32(const uint8_t *page, unsigned offset)
{
    return *(const uint32_t *)(page + offset);
}

static int read_info(struct nvme *nvme)
{
    struct nvme_info *info = &nvme->info;
    uint32_t granted = 0;
    uint8_t *page = page_alloc(1);
    if (!page)
        return -XEN_ENOMEM;
    int rc = identify(nvme, NVME_CNS_CONTROLLER, 0, page);
    info->max_transfer = page[CTRL_MDTS] ? PAGE_SIZE << page[CTRL_MDTS] : UINT64_MAX;
    info->namespaces = field32(page, CTRL_NN);
    info->volatile_cache = page[CTRL_VWC] & 1;
    info->has_write_zeroes = page[CTRL_ONCS] & ONCS_WRITE_ZEROES;
    info->has_deallocate = page[CTRL_ONCS] & ONCS_DSM;
    page_free(page, 1);
    struct nvme_sqe sqe = {
        .opcode = NVME_ADMIN_SET_FEATURES,
        .cdw10 = NVME_FEATURE_QUEUES,
        .cdw11 = ASKED_QUEUES << 16 | ASKED_QUEUES,
    };
    if (!rc)
        rc = nvme_admin_run(nvme, &sqe, NULL, &granted);
    unsigned sqs = (granted & 0xffff) + 1, cqs = (granted >> 16) + 1;
    info->max_queues = sqs < cqs ? sqs : cqs;
    if (info->max_queues > NVME_QUEUES_MAX - 1)
        info->max_queues = NVME_QUEUES_MAX - 1;
    return rc;
}

/* Controller registers (7.6.1): queues first, then CC.EN, then wait. */
static int bring_up(struct nvme *nvme, unsigned depth)
{
    struct nvme_controller *c = &nvme->controller;
    if (NVME_CAP_MPSMIN(c->cap) > 0)
        return -XEN_EOPNOTSUPP;
    int rc = nvme_controller_disable(c);
    if (!rc)
        rc = nvme_queue_new(nvme, 0, depth, PAGE_SIZE, &nvme->queues[0]);
    if (rc)
        return rc;
    const struct nvme_pair *admin = &nvme->queues[0]->pair;
    nvme_write32(c, NVME_AQA, (depth - 1) << 16 | (depth - 1));
    nvme_write64(c, NVME_ASQ, (uintptr_t)admin->sq);
    nvme_write64(c, NVME_ACQ, (uintptr_t)admin->cq);
    nvme_write32(c, NVME_CC, NVME_CC_USUAL);
    nvme->info.max_depth = NVME_CAP_MQES(c->cap) + 1;
    rc = nvme_controller_wait(c, true);
    return rc ? rc : read_info(nvme);
}

static void forget(struct nvme *nvme)
{
    for (unsigned qid = 0; qid < NVME_QUEUES_MAX; qid++)
        if (nvme->queues[qid])
            nvme_queue_free(nvme->queues[qid]);
    if (nvme->controller.has_msix)
        pci_msix_close(&nvme->controller.msix);
    kfree(nvme);
}

int nvme_open(const struct nvme_options *options, struct nvme **nvme)
{
    unsigned depth = options && options->admin_depth ? options->admin_depth : ADMIN_DEPTH;
    struct nvme *n = kmalloc(sizeof(*n));
    if (!n)
        return -XEN_ENOMEM;
    int rc = nvme_controller_find(options ? options->index : 0, &n->controller);
    if (!rc)
        rc = bring_up(n, depth);
    if (rc) {
        if (n->controller.registers)
            nvme_controller_disable(&n->controller);
        forget(n);
        return rc;
    }
    *nvme = n;
    return 0;
}

void nvme_close(struct nvme *nvme)
{
    for (unsigned qid = 1; qid < NVME_QUEUES_MAX; qid++)
        if (nvme->queues[qid])
            nvme_queue_close(nvme->queues[qid]);
    if (!nvme->lost)
        nvme_controller_shutdown(&nvme->controller);
    nvme_controller_disable(&nvme->controller);
    forget(nvme);
}

const struct nvme_info *nvme_info(const struct nvme *nvme)
{
    return &nvme->info;
}

struct nvme_queue *nvme_admin(struct nvme *nvme)
{
    return nvme->queues[0];
}

int nvme_namespace(struct nvme *nvme, uint32_t nsid, struct nvme_namespace *ns)
{
    uint8_t *page = page_alloc(1);
    if (!page)
        return -XEN_ENOMEM;
    int rc = identify(nvme, NVME_CNS_NAMESPACE, nsid, page);
    uint32_t format = field32(page, NS_LBAF + 4 * (page[NS_FLBAS] & 0xf));
    ns->blocks = *(uint64_t *)(page + NS_NSZE);
    ns->block_bytes = LBADS(format) < 32 ? 1u << LBADS(format) : 0;
    page_free(page, 1);
    if (!rc && (!ns->blocks || ns->block_bytes < 512))
        rc = -XEN_ENODEV;
    return rc;
}

bool nvme_lost(const struct nvme *nvme)
{
    uint32_t csts = nvme_read32(&nvme->controller, NVME_CSTS);
    return nvme->lost || csts == 0xffffffff || csts & NVME_CSTS_CFS;
}

void nvme_give_up(struct nvme *nvme)
{
    if (nvme->lost)
        return;
    nvme->lost = true;
    nvme_controller_disable(&nvme->controller);
    for (unsigned qid = 0; qid < NVME_QUEUES_MAX; qid++)
        if (nvme->queues[qid])
            nvme_queue_cancel(nvme->queues[qid], NVME_DRIVER_LOST);
}
