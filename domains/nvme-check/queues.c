/* Queues: wrap and phase, full and shared completion queues, creation, deletion (5.3 to 5.6). */
#include "check.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define ROUNDS 9
#define FAR_QID 0xfff0
#define FAR_VECTOR 0x7fff

static struct nvme_sqe flush(uint16_t cid)
{
    return (struct nvme_sqe){.opcode = NVME_FLUSH, .nsid = 1, .cid = cid};
}

static void check_depth_two(void)
{
    struct nvme_pair pair;
    struct nvme_cqe cqe;
    bool answered = true, heads = true;
    rig_start(2);
    for (unsigned i = 0; i < ROUNDS; i++)
        answered &= !NVME_STATUS_CODE(identify(NVME_CNS_CONTROLLER, 0, data_in));
    check(answered, "admin queues of two entries wrap");
    pair_open(&pair, 1, 2);
    for (unsigned i = 0; i < ROUNDS; i++) {
        answered &= run(&pair, flush(0), &cqe) == NVME_SUCCESS;
        heads &= cqe.sq_head == (i + 1) % 2 && cqe.sq_id == 1;
    }
    check(answered, "I/O queues of two entries wrap");
    check(heads, "each completion names the head and the queue");
    pair_close(&pair);
    rig_start(32);
}

/* A completion queue with one place: the rest waits in the controller until it is acknowledged. */
static void check_full_completion_queue(void)
{
    struct nvme_pair pair;
    struct nvme_cqe cqe;
    unsigned answered = 0, sum = 0;
    panic_unless(!nvme_pair_alloc(&pair, &controller, 1, 8));
    struct nvme_pair narrow = pair;
    narrow.depth = 2;
    panic_unless(!NVME_STATUS_CODE(create_cq(&pair, 2, 0, false)));
    panic_unless(!NVME_STATUS_CODE(create_sq(&pair, 8, 1)));
    for (uint16_t cid = 1; cid <= 5; cid++) {
        struct nvme_sqe sqe = flush(cid);
        nvme_pair_put(&pair, &sqe);
    }
    nvme_pair_ring(&pair);
    bool first = false;
    for (uint64_t i = 0; i < 1000000 && !first; i++)
        first = nvme_pair_take(&narrow, &cqe);
    sum += cqe.cid;
    check(first && stays_silent(&narrow), "a full completion queue takes no more");
    nvme_pair_ack(&narrow);
    for (answered = 1; answered < 5 && wait_completion(&narrow, &cqe); answered++)
        sum += cqe.cid;
    check(answered == 5 && sum == 15, "what it had no room for comes later, once each");
    pair_close(&pair);
}

static void check_shared_completion_queue(void)
{
    struct nvme_pair one, two;
    struct nvme_cqe cqe;
    pair_open(&one, 1, 8);
    panic_unless(!nvme_pair_alloc(&two, &controller, 2, 8));
    check_status(create_sq(&two, 8, 1), NVME_SUCCESS, "a second queue uses the same completions");
    struct nvme_sqe sqe = flush(77);
    nvme_pair_put(&two, &sqe);
    nvme_pair_ring(&two);
    check(wait_completion(&one, &cqe) && cqe.cid == 77 && cqe.sq_id == 2,
          "its completions say whose they are");
    check_status(delete_queue(NVME_ADMIN_DELETE_CQ, 1), NVME_QUEUE_DELETION_INVALID,
                 "completions that are used are not deleted");
    check_status(delete_queue(NVME_ADMIN_DELETE_SQ, 2), NVME_SUCCESS, "the second queue is");
    pair_close(&one);
    nvme_pair_free(&two);
}

void check_queues(void)
{
    check_group("queues");
    check_depth_two();
    check_full_completion_queue();
    check_shared_completion_queue();
}

static void check_bad_completion_queues(struct nvme_pair *pair)
{
    struct nvme_pair wrong = *pair;
    unsigned most = NVME_CAP_MQES(controller.cap) + 1;
    check_status(create_cq(pair, 1, 0, false), NVME_QSIZE_INVALID, "one entry is too few");
    if (most < 65536)
        check_status(create_cq(pair, most + 1, 0, false), NVME_QSIZE_INVALID,
                     "more than CAP.MQES is too many");
    wrong.qid = 0;
    check_status(create_cq(&wrong, 8, 0, false), NVME_QID_INVALID, "queue 0 is there already");
    wrong.qid = FAR_QID;
    check_status(create_cq(&wrong, 8, 0, false), NVME_QID_INVALID, "there are not so many queues");
    check_status(create_cq(pair, 8, FAR_VECTOR, true), NVME_VECTOR_INVALID,
                 "there are not so many vectors");
    struct nvme_sqe scattered = {.opcode = NVME_ADMIN_CREATE_CQ,
                                 .prp1 = (uintptr_t)pair->cq,
                                 .cdw10 = 7u << 16 | pair->qid};
    check_status(admin_run(scattered, NULL), NVME_INVALID_FIELD, "it must be contiguous");
    wrong = *pair;
    wrong.cq = (void *)((uintptr_t)pair->cq + 16);
    check_status(create_cq(&wrong, 8, 0, false), NVME_INVALID_PRP_OFFSET, "it begins on a page");
}

static void check_bad_submission_queues(struct nvme_pair *pair)
{
    struct nvme_pair wrong = *pair;
    check_status(create_sq(pair, 8, 1), NVME_CQ_INVALID, "no completion queue, no submissions");
    check_status(create_cq(pair, 8, 0, false), NVME_SUCCESS, "with a completion queue");
    check_status(create_cq(pair, 8, 0, false), NVME_QID_INVALID, "which is there only once");
    check_status(create_sq(pair, 8, 0), NVME_CQ_INVALID, "the admin queue's does not do");
    check_status(create_sq(pair, 1, 1), NVME_QSIZE_INVALID, "one entry is too few here too");
    wrong.qid = 0;
    check_status(create_sq(&wrong, 8, 1), NVME_QID_INVALID, "queue 0 is there already here too");
    check_status(create_sq(pair, 8, 1), NVME_SUCCESS, "a submission queue");
    check_status(create_sq(pair, 8, 1), NVME_QID_INVALID, "which is there only once, too");
    uint32_t ask = 1u << 16 | 1;
    check(NVME_STATUS_CODE(admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_SET_FEATURES,
                                                       .cdw10 = NVME_FEATURE_QUEUES,
                                                       .cdw11 = ask},
                                     NULL)) == NVME_SEQUENCE_ERROR,
          "the number of queues is settled now");
}

static void check_deletion(struct nvme_pair *pair)
{
    check_status(delete_queue(NVME_ADMIN_DELETE_SQ, 0), NVME_QID_INVALID, "queue 0 stays");
    check_status(delete_queue(NVME_ADMIN_DELETE_SQ, 2), NVME_QID_INVALID, "none is not deleted");
    check_status(delete_queue(NVME_ADMIN_DELETE_SQ, pair->qid), NVME_SUCCESS, "one that is, is");
    check_status(delete_queue(NVME_ADMIN_DELETE_SQ, pair->qid), NVME_QID_INVALID, "but not twice");
    check_status(delete_queue(NVME_ADMIN_DELETE_CQ, pair->qid), NVME_SUCCESS,
                 "then its completion queue");
}

void check_queue_errors(void)
{
    struct nvme_pair pair;
    check_group("creation and deletion");
    panic_unless(!nvme_pair_alloc(&pair, &controller, 1, 8));
    check_bad_completion_queues(&pair);
    check_bad_submission_queues(&pair);
    check_deletion(&pair);
    nvme_pair_free(&pair);
}
