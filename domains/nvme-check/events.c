/* Asynchronous events (NVMe 1.4, 5.2), interrupts by MSI-X, resets, shutdown (7.3, 7.6). */
#include "check.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/interrupt.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define EVENT_CID 0x4000
#define EVENTS_MAX 64
#define CTRL_AERL 259
#define EVENT_ERROR 0u
#define INFO_DOORBELL_REGISTER 0u
#define INFO_DOORBELL_VALUE 1u
#define NO_QUEUE 9
#define VECTOR 1
#define IN_FLIGHT 15

static void ask_for_event(uint16_t cid)
{
    struct nvme_sqe sqe = {.opcode = NVME_ADMIN_ASYNC_EVENT, .cid = cid};
    nvme_pair_put(&admin, &sqe);
    nvme_pair_ring(&admin);
}

/* A controller takes commands in their order: when the second is answered, it has the first. */
static void have_event_asked_for(void)
{
    ask_for_event(EVENT_CID);
    identify(NVME_CNS_CONTROLLER, 0, data_in);
}

static bool is_doorbell_event(uint32_t info)
{
    struct nvme_cqe cqe;
    return wait_completion(&admin, &cqe) && cqe.cid == EVENT_CID && cqe.status >> 1 == 0 &&
           cqe.result == (NVME_LOG_ERROR << 16 | info << 8 | EVENT_ERROR);
}

static void read_error_log(void)
{
    admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_GET_LOG_PAGE,
                                .nsid = NVME_NSID_ALL,
                                .prp1 = (uintptr_t)data_in,
                                .cdw10 = 15u << 16 | NVME_LOG_ERROR},
              NULL);
}

static void ring(unsigned qid, unsigned tail)
{
    nvme_write32(&controller, NVME_DOORBELLS + 2 * qid * controller.stride, tail);
}

/* One more than may be outstanding: the last is refused at once. */
static void check_event_limit(void)
{
    struct nvme_cqe cqe = {0};
    identify(NVME_CNS_CONTROLLER, 0, data_in);
    unsigned limit = data_in[CTRL_AERL] + 1u;
    if (limit >= EVENTS_MAX)
        limit = EVENTS_MAX - 1;
    rig_start(EVENTS_MAX + 8);
    for (unsigned i = 0; i < limit; i++)
        ask_for_event((uint16_t)(EVENT_CID + i));
    check(stays_silent(&admin), "requests wait as long as there is no event");
    ask_for_event((uint16_t)(EVENT_CID + limit));
    check(wait_completion(&admin, &cqe) && cqe.cid == EVENT_CID + limit &&
              NVME_STATUS_CODE(cqe.status >> 1) == NVME_ASYNC_EVENT_LIMIT,
          "one more than the controller keeps is refused");
    rig_start(32);
}

void check_events(void)
{
    struct nvme_pair pair;
    check_group("asynchronous events");
    pair_open(&pair, 1, 4);
    have_event_asked_for();
    check(stays_silent(&admin), "none without a reason");
    ring(1, 4);
    check(is_doorbell_event(INFO_DOORBELL_VALUE), "a doorbell past its queue's end makes one");
    read_error_log();
    have_event_asked_for();
    ring(NO_QUEUE, 1);
    check(is_doorbell_event(INFO_DOORBELL_REGISTER), "the doorbell of no queue makes another");
    read_error_log();
    check(run(&pair, transfer(NVME_READ, 0, data_in, space.block_bytes), NULL) == NVME_SUCCESS,
          "the queue works on");
    pair_close(&pair);
    check_event_limit();
}

static unsigned interrupts;

static void count(void *arg)
{
    (void)arg;
    interrupts++;
}

static bool interrupted(unsigned times)
{
    uint64_t deadline = answer_deadline();
    while (READ_ONCE(interrupts) < times && clock_ns() < deadline)
        cpu_relax();
    return interrupts == times;
}

/* Leaves the completion unacknowledged: what is acknowledged need not interrupt any more. */
static bool answered(struct nvme_pair *pair)
{
    struct nvme_sqe flush = {.opcode = NVME_FLUSH, .nsid = 1};
    struct nvme_cqe cqe;
    nvme_pair_put(pair, &flush);
    nvme_pair_ring(pair);
    for (uint64_t deadline = answer_deadline(); clock_ns() < deadline; cpu_relax())
        if (nvme_pair_take(pair, &cqe))
            return cqe.status >> 1 == NVME_SUCCESS;
    return false;
}

void check_interrupts(void)
{
    struct nvme_pair pair;
    struct pci_msix *msix = &controller.msix;
    int vector = interrupt_open(count, NULL);
    check_group("interrupts");
    panic_unless(vector > 0 && pci_msix_open(controller.pci, msix));
    pci_msix_set(msix, VECTOR, vector);
    panic_unless(!nvme_pair_alloc(&pair, &controller, 1, 8));
    panic_unless(!NVME_STATUS_CODE(create_cq(&pair, 8, VECTOR, true)));
    panic_unless(!NVME_STATUS_CODE(create_sq(&pair, 8, 1)));
    pci_msix_mask(msix, VECTOR, false);
    interrupts = 0;
    check(answered(&pair) && interrupted(1), "a completion interrupts");
    pci_msix_mask(msix, VECTOR, true);
    check(answered(&pair) && stays_silent(&pair) && interrupted(1), "not with its vector masked");
    check(pci_msix_pending(msix, VECTOR), "then it is pending");
    pci_msix_mask(msix, VECTOR, false);
    check(interrupted(2), "unmasking sends it");
    nvme_pair_ack(&pair);
    check(!pci_msix_pending(msix, VECTOR), "and nothing is pending any more");
    pci_msix_mask_function(msix, true);
    check(answered(&pair) && stays_silent(&pair) && interrupted(2), "not while all are masked");
    check(pci_msix_pending(msix, VECTOR), "then it is pending as well");
    pci_msix_mask_function(msix, false);
    check(interrupted(3), "unmasking all sends it");
    nvme_pair_ack(&pair);
    pair_close(&pair);
    pci_msix_mask(msix, VECTOR, true);
    interrupt_close(vector);
}

static void check_reset_in_flight(void)
{
    struct nvme_pair pair;
    pair_open(&pair, 1, IN_FLIGHT + 1);
    fill(data_out, PAGE_SIZE, 3);
    for (uint16_t i = 0; i < IN_FLIGHT; i++) {
        struct nvme_sqe sqe = transfer(NVME_WRITE, 64, data_out, PAGE_SIZE);
        sqe.cid = i;
        nvme_pair_put(&pair, &sqe);
    }
    ask_for_event(EVENT_CID);
    nvme_pair_ring(&pair);
    check(!nvme_controller_disable(&controller), "with commands in flight it comes to rest");
    struct nvme_cqe before[IN_FLIGHT + 1];
    memcpy(before, (void *)pair.cq, sizeof(before));
    rig_start(32);
    check(!NVME_STATUS_CODE(identify(NVME_CNS_CONTROLLER, 0, data_in)), "and works again");
    check(!memcmp(before, (void *)pair.cq, sizeof(before)), "nothing came after the reset");
    check_status(delete_queue(NVME_ADMIN_DELETE_SQ, 1), NVME_QID_INVALID, "its queues are gone");
    nvme_pair_free(&pair);
}

static void check_shutdown(void)
{
    struct nvme_pair pair;
    pair_open(&pair, 1, 4);
    memset(data_in, 0, PAGE_SIZE);
    run(&pair, transfer(NVME_WRITE, 64, data_out, PAGE_SIZE), NULL);
    pair_close(&pair);
    check(!nvme_controller_shutdown(&controller), "a shutdown completes");
    check(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_SHST_COMPLETE, "and says so");
    rig_start(32);
    check(!(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_SHST_MASK), "until enabled again");
    pair_open(&pair, 1, 4);
    run(&pair, transfer(NVME_READ, 64, data_in, PAGE_SIZE), NULL);
    check(!memcmp(data_in, data_out, PAGE_SIZE), "what was written before is there");
    pair_close(&pair);
}

void check_resets(void)
{
    check_group("reset and shutdown");
    check_reset_in_flight();
    check_shutdown();
    nvme_controller_disable(&controller);
}
