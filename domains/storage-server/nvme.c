/* Unit n is namespace n of the first NVMe controller. One I/O queue; data goes where it lies. */
#include "backends.h"
#include <ringside-rt/nvme.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>

#define UNITS 64
#define MOST_ZERO_BLOCKS 65536

static struct nvme *controller;
static struct nvme_queue *queue;
static struct nvme_namespace namespaces[UNITS + 1]; /* those that were asked for; no blocks: not */

static struct nvme_command *command_of(struct ivmc_work *work)
{
    return (struct nvme_command *)work->backend;
}

static int connect(struct ivmc_peer *peer)
{
    unsigned unit = peer->unit;
    struct nvme_namespace *ns = &namespaces[unit <= UNITS ? unit : 0];
    int rc = unit && unit <= UNITS ? nvme_namespace(controller, unit, ns) : -XEN_ENODEV;
    uint64_t most = nvme_queue_max_transfer(queue);
    if (!rc)
        peer->geometry = (struct ivmc_geometry){ns->blocks, ns->block_bytes, (uint32_t)most};
    return rc;
}

static void done(struct nvme_command *command)
{
    struct ivmc_work *work = command->arg;
    int status = nvme_status_errno(command->status);
    ivmc_server_done(work, status, status ? 0 : work->request.length);
}

static void prepare(struct nvme_command *command, unsigned nsid, const struct ivmc_work *work,
                    uint32_t block_bytes)
{
    uint32_t blocks = work->request.length / block_bytes;
    bool fua = work->request.flags & IVMC_FUA;
    switch (work->request.op) {
    case IVMC_READ:
        nvme_prepare_rw(command, NVME_READ, nsid, work->request.block, blocks, false);
        break;
    case IVMC_WRITE:
        nvme_prepare_rw(command, NVME_WRITE, nsid, work->request.block, blocks, fua);
        break;
    case IVMC_FLUSH:
        nvme_prepare_flush(command, nsid);
        break;
    case IVMC_DISCARD:
        nvme_prepare_deallocate(command, nsid, work->request.block, blocks);
        break;
    default:
        nvme_prepare_write_zeroes(command, nsid, work->request.block, blocks, fua);
    }
}

static int submit(struct ivmc_work *work)
{
    unsigned unit = work->peer->unit;
    struct nvme_command *command = command_of(work);
    struct nvme_run run = {work->address, work->request.length};
    uint32_t block_bytes = namespaces[unit].block_bytes;
    uint16_t op = work->request.op;
    if (op == IVMC_WRITE_ZEROES && work->request.length / block_bytes > MOST_ZERO_BLOCKS)
        return -XEN_EINVAL;
    prepare(command, unit, work, block_bytes);
    command->done = done;
    command->arg = work;
    command->sequence = work->request.sequence;
    command->channel = work->peer->channel;
    if (op == IVMC_DISCARD)
        run = nvme_range_run(command);
    bool data = op == IVMC_READ || op == IVMC_WRITE || op == IVMC_DISCARD;
    return nvme_submit(queue, command, &run, data ? 1 : 0);
}

static void kick(void)
{
    nvme_doorbell(queue);
}

static int open(void)
{
    const struct nvme_options options = {0};
    const struct nvme_queue_options queue_options = {0};
    int rc = nvme_open(&options, &controller);
    rc = rc ? rc : nvme_queue_open(controller, &queue_options, &queue);
    if (rc)
        printf("no NVMe controller: %s\n", errno_name(rc));
    return rc;
}

static void close(void)
{
    nvme_close(controller);
}

const struct ivmc_backend backend_nvme = {
    .work_bytes = sizeof(struct nvme_command),
    .regions = true,
    .open = open,
    .connect = connect,
    .check = ivmc_block_check,
    .submit = submit,
    .kick = kick,
    .close = close,
};
