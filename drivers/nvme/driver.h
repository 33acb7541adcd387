/* What the files of the driver share. */
#ifndef DRIVERS_NVME_DRIVER_H
#define DRIVERS_NVME_DRIVER_H

#include <ringside-rt/nvme_controller.h>
#include <ringside-rt/spinlock.h>

/** Pairs of queues, the admin pair included. */
#define NVME_QUEUES_MAX 16

/**
 * Invariant: commands[cid] is the command in flight with this CID, or NULL; then the CID is one of
 * free_cids[0 .. free_count - 1]. A pair of depth n has n - 1 CIDs, so neither ring overflows.
 */
struct nvme_queue {
    struct nvme *nvme;
    struct nvme_pair pair;
    struct spinlock lock;
    bool usable;
    bool calling_back; /* what is submitted meanwhile is told with one doorbell afterwards */
    int vector; /* of the IDT; 0: polled */
    uint64_t max_transfer;
    size_t list_bytes; /* of one CID */
    char *lists;
    size_t list_pages;
    struct nvme_command **commands;
    uint16_t *free_cids;
    unsigned free_count;
};

struct nvme {
    struct nvme_controller controller;
    struct nvme_info info;
    bool lost;
    struct nvme_queue *queues[NVME_QUEUES_MAX]; /* by qid; 0: admin */
};

/** A pair with memory for its commands; the controller does not know of it yet. */
int nvme_queue_new(struct nvme *nvme, unsigned qid, unsigned depth, uint64_t max_transfer,
                   struct nvme_queue **queue);
void nvme_queue_free(struct nvme_queue *queue);

/** All that is in flight is done with this status. */
void nvme_queue_cancel(struct nvme_queue *queue, uint16_t status);

/** Runs an admin command; its status as an errno. */
int nvme_admin_run(struct nvme *nvme, const struct nvme_sqe *sqe, void *page, uint32_t *result);

#endif
