/* The driver itself: open, an interrupt-driven queue, many commands at once, close. */
#include "check.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define COMMANDS 24
#define ANSWERS_NS (5 * NS_PER_S)

static struct nvme_command commands[COMMANDS];
static unsigned answered, failed;

static void done(struct nvme_command *command)
{
    failed += command->status != NVME_SUCCESS;
    answered++;
}

/* One command for each page of the data, at consecutive places, told with one doorbell. */
static bool all_at_once(struct nvme_queue *queue, enum nvme_io_opcode opcode, uint8_t *data)
{
    uint32_t blocks = PAGE_SIZE / space.block_bytes;
    answered = failed = 0;
    for (unsigned i = 0; i < COMMANDS; i++) {
        struct nvme_run run = {(uintptr_t)data + i * PAGE_SIZE, PAGE_SIZE};
        commands[i] = (struct nvme_command){.done = done, .sequence = i};
        nvme_prepare_rw(&commands[i], opcode, 1, i * blocks, blocks, false);
        if (nvme_submit(queue, &commands[i], &run, 1))
            return false;
    }
    nvme_doorbell(queue);
    uint64_t deadline = clock_ns() + ANSWERS_NS;
    while (READ_ONCE(answered) < COMMANDS && clock_ns() < deadline)
        cpu_relax();
    return answered == COMMANDS && !failed;
}

static void check_queue(struct nvme *nvme)
{
    struct nvme_queue *queue;
    struct nvme_command one = {0};
    if (!check(!nvme_queue_open(nvme, &(struct nvme_queue_options){.depth = COMMANDS + 1}, &queue),
               "the driver opens a queue with interrupts"))
        return;
    fill(data_out, COMMANDS * PAGE_SIZE, 1);
    memset(data_in, 0, COMMANDS * PAGE_SIZE);
    check(all_at_once(queue, NVME_WRITE, data_out), "as many writes as fit, answered by interrupt");
    check(all_at_once(queue, NVME_READ, data_in), "as many reads as fit, answered by interrupt");
    check(!memcmp(data_in, data_out, COMMANDS * PAGE_SIZE), "what was written is read");
    nvme_prepare_flush(&one, 1);
    check(!nvme_run(queue, &one, NULL, 0) && !one.status, "a flush");
    nvme_prepare_deallocate(&one, 1, 0, 1);
    struct nvme_run range = nvme_range_run(&one);
    check(!nvme_run(queue, &one, &range, 1) && !one.status, "a deallocation");
    check(!nvme_stalled(queue, 1), "nothing is left unanswered");
    nvme_queue_close(queue);
}

void check_driver(void)
{
    struct nvme *nvme;
    check_group("driver");
    int rc = nvme_open(NULL, &nvme);
    if (!check(!rc, "the driver brings the controller up"))
        panic("nvme_open: %d", rc);
    check(!nvme_namespace(nvme, 1, &space), "namespace 1 has blocks");
    max_transfer = nvme_info(nvme)->max_transfer;
    check(nvme_namespace(nvme, 0xfffffffe, &(struct nvme_namespace){0}) != 0,
          "a namespace that is not there has none");
    check_queue(nvme);
    check(!nvme_lost(nvme), "the controller is well");
    nvme_close(nvme);
    check(!(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_RDY), "the driver switches it off");
}
