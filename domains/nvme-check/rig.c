/* Driving the controller by hand: one command at a time, polled. */
#include "check.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>

/* Long, for a computer that emulates this one may be busy with other things. */
#define ANSWER_NS (20 * NS_PER_S)
/* How often the queue is looked at before it counts as silent. */
#define SILENCE_LOOKS 20000

struct nvme_controller controller;
struct nvme_pair admin;
struct nvme_namespace space;
uint64_t max_transfer;
uint8_t *data_out, *data_in;

static uint16_t next_cid = 1;
static uint64_t *list;

void rig_find(void)
{
    if (nvme_controller_find(0, &controller))
        panic("no NVMe controller");
    data_out = page_alloc(DATA_BYTES / PAGE_SIZE);
    data_in = page_alloc(DATA_BYTES / PAGE_SIZE);
    list = page_alloc(2);
    panic_unless(data_out && data_in && list);
}

void rig_start(unsigned depth)
{
    panic_unless(!nvme_controller_disable(&controller));
    if (admin.sq)
        nvme_pair_free(&admin);
    panic_unless(!nvme_pair_alloc(&admin, &controller, 0, depth));
    nvme_write32(&controller, NVME_AQA, (depth - 1) << 16 | (depth - 1));
    nvme_write64(&controller, NVME_ASQ, (uintptr_t)admin.sq);
    nvme_write64(&controller, NVME_ACQ, (uintptr_t)admin.cq);
    nvme_write32(&controller, NVME_CC, NVME_CC_USUAL);
    panic_unless(!nvme_controller_wait(&controller, true));
}

uint64_t answer_deadline(void)
{
    return clock_ns() + ANSWER_NS;
}

bool wait_completion(struct nvme_pair *pair, struct nvme_cqe *cqe)
{
    uint64_t deadline = answer_deadline();
    while (!nvme_pair_take(pair, cqe)) {
        if (clock_ns() > deadline)
            return false;
        cpu_relax();
    }
    nvme_pair_ack(pair);
    return true;
}

bool stays_silent(struct nvme_pair *pair)
{
    struct nvme_cqe cqe;
    for (unsigned i = 0; i < SILENCE_LOOKS; i++) {
        nvme_read32(pair->c, NVME_CSTS); /* lets an emulator work */
        if (nvme_pair_take(pair, &cqe))
            return false;
    }
    return true;
}

uint16_t run(struct nvme_pair *pair, struct nvme_sqe sqe, struct nvme_cqe *cqe)
{
    struct nvme_cqe own;
    cqe = cqe ? cqe : &own;
    sqe.cid = next_cid++ & 0x7fff;
    nvme_pair_put(pair, &sqe);
    nvme_pair_ring(pair);
    if (!wait_completion(pair, cqe) || cqe->cid != sqe.cid)
        return NO_ANSWER;
    return cqe->status >> 1;
}

uint16_t admin_run(struct nvme_sqe sqe, uint32_t *result)
{
    struct nvme_cqe cqe = {0};
    uint16_t status = run(&admin, sqe, &cqe);
    if (result)
        *result = cqe.result;
    return status;
}

uint16_t identify(unsigned cns, uint32_t nsid, void *page)
{
    return admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_IDENTIFY,
                                       .nsid = nsid,
                                       .prp1 = (uintptr_t)page,
                                       .cdw10 = cns},
                     NULL);
}

uint16_t create_cq(const struct nvme_pair *pair, unsigned entries, unsigned vector, bool interrupts)
{
    uint32_t how = NVME_QUEUE_CONTIGUOUS | (interrupts ? NVME_CQ_INTERRUPTS : 0);
    return admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_CREATE_CQ,
                                       .prp1 = (uintptr_t)pair->cq,
                                       .cdw10 = (entries - 1) << 16 | pair->qid,
                                       .cdw11 = vector << 16 | how},
                     NULL);
}

uint16_t create_sq(const struct nvme_pair *pair, unsigned entries, unsigned cqid)
{
    return admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_CREATE_SQ,
                                       .prp1 = (uintptr_t)pair->sq,
                                       .cdw10 = (entries - 1) << 16 | pair->qid,
                                       .cdw11 = cqid << 16 | NVME_QUEUE_CONTIGUOUS},
                     NULL);
}

uint16_t delete_queue(enum nvme_admin_opcode opcode, unsigned qid)
{
    return admin_run((struct nvme_sqe){.opcode = opcode, .cdw10 = qid}, NULL);
}

void pair_open(struct nvme_pair *pair, unsigned qid, unsigned depth)
{
    panic_unless(!nvme_pair_alloc(pair, &controller, qid, depth));
    panic_unless(!NVME_STATUS_CODE(create_cq(pair, depth, 0, false)));
    panic_unless(!NVME_STATUS_CODE(create_sq(pair, depth, qid)));
}

void pair_close(struct nvme_pair *pair)
{
    panic_unless(!NVME_STATUS_CODE(delete_queue(NVME_ADMIN_DELETE_SQ, pair->qid)));
    panic_unless(!NVME_STATUS_CODE(delete_queue(NVME_ADMIN_DELETE_CQ, pair->qid)));
    nvme_pair_free(pair);
}

struct nvme_sqe transfer(enum nvme_io_opcode opcode, uint64_t lba, void *data, uint64_t bytes)
{
    struct nvme_command command = {0};
    struct nvme_run run = {(uintptr_t)data, bytes};
    nvme_prepare_rw(&command, opcode, 1, lba, (uint32_t)(bytes / space.block_bytes), false);
    panic_unless(!nvme_prp_build(&command.sqe, &run, 1, list, 2 * PAGE_SIZE));
    return command.sqe;
}

void fill(uint8_t *data, uint64_t bytes, unsigned seed)
{
    uint32_t x = seed * 2654435761u + 1;
    for (uint64_t i = 0; i < bytes; i++) {
        x = x * 1664525 + 1013904223;
        data[i] = (uint8_t)(x >> 24);
    }
}
