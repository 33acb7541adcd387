/* Blocks in the server's own memory: the channel alone, without a device. */
#include "backends.h"
#include <ringside-rt/cmdline.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define BLOCK_BYTES 512u
#define DEFAULT_BLOCKS 8192
#define MAX_TRANSFER (1u << 20)

static uint8_t *memory;
static uint64_t blocks;

static int connect(struct ivmc_peer *peer)
{
    peer->geometry = (struct ivmc_geometry){blocks, BLOCK_BYTES, MAX_TRANSFER};
    return peer->unit == 1 ? 0 : -XEN_ENODEV;
}

static int submit(struct ivmc_work *work)
{
    uint8_t *at = memory + work->request.block * BLOCK_BYTES;
    if (work->request.op == IVMC_READ)
        memcpy((void *)work->address, at, work->request.length);
    else if (work->request.op == IVMC_WRITE)
        memcpy(at, (void *)work->address, work->request.length);
    else if (work->request.op == IVMC_WRITE_ZEROES)
        memset(at, 0, work->request.length);
    bool irq = irq_save();
    ivmc_server_done(work, 0, work->request.length);
    irq_restore(irq);
    return 0;
}

static void kick(void)
{
}

static int open(void)
{
    blocks = cmdline_u64("blocks", DEFAULT_BLOCKS);
    memory = page_alloc((size_t)ALIGN_UP(blocks * BLOCK_BYTES, PAGE_SIZE) / PAGE_SIZE);
    if (!memory)
        printf("no memory for %lu blocks\n", blocks);
    return memory ? 0 : -XEN_ENOMEM;
}

const struct ivmc_backend backend_ram = {
    .regions = true,
    .open = open,
    .connect = connect,
    .check = ivmc_block_check,
    .submit = submit,
    .kick = kick,
};
