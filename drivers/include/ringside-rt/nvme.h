/*
 * The NVMe driver: one controller, its admin queue, I/O queues. Makes no hypercall; needs the local
 * APIC when queues have interrupts.
 *
 * Invariant: a command belongs to the driver from nvme_submit until its done() is called, exactly
 * once, whatever the controller does; the driver allocates nothing between the two.
 *
 * Does not: SGLs, metadata, fused commands, several controllers' namespaces shared, hot removal.
 * Functions return 0 or -XEN_E... unless they say otherwise.
 */
#ifndef RINGSIDE_RT_NVME_H
#define RINGSIDE_RT_NVME_H

#include <ringside-rt/nvme_spec.h>

struct nvme;
struct nvme_queue;

/** How to open a controller. All zero: the usual. */
struct nvme_options {
    unsigned index;       /* which of the controllers that the domain sees, in bus order, from 0 */
    unsigned admin_depth; /* entries of the admin queues, 2 to 4096; 0: 32 */
};

/** What the controller says of itself, in the driver's units. */
struct nvme_info {
    uint64_t max_transfer;  /* of one command, in bytes (MDTS); UINT64_MAX: no limit */
    unsigned max_depth;     /* entries of an I/O queue (CAP.MQES + 1) */
    unsigned max_queues;    /* I/O queue pairs that the controller granted */
    uint32_t namespaces;    /* largest namespace id (NN) */
    bool volatile_cache;    /* without one, flushes do nothing (VWC) */
    bool has_write_zeroes;  /* ONCS */
    bool has_deallocate;
};

struct nvme_namespace {
    uint64_t blocks;
    uint32_t block_bytes;
};

/** Bytes that follow each other in guest-physical memory, RAM or a mapped grant. */
struct nvme_run {
    uint64_t address;
    uint64_t bytes;
};

/**
 * One command, kept in place by its owner until done. Lies in RAM that is mapped one to one (any
 * variable or allocation), since a controller reads `range` from it.
 */
struct nvme_command {
    /** Filled by an nvme_prepare_... or by hand; the driver adds CID and PRPs. */
    struct nvme_sqe sqe;
    /** Called once, in interrupt context or from nvme_poll: must not wait; may submit. */
    void (*done)(struct nvme_command *command);
    void *arg;
    /** Whatever the owner counts by, and among what; told to the probe nvme_submit. */
    uint64_t sequence;
    unsigned channel;
    /** When done: NVME_STATUS_CODE and the bits above it; 0 is success. */
    uint16_t status;
    /** When done: dword 0 of the completion. */
    uint32_t result;
    /** The driver's: next of the free, or of those to complete; its CID; calls of nvme_stalled. */
    struct nvme_command *next;
    uint16_t cid;
    uint16_t age;
    /** Data of nvme_prepare_deallocate. */
    struct nvme_dsm_range range __attribute__((aligned(16)));
};

/** Resets the controller, brings it up, reads what it is. -XEN_ENODEV: there is none. */
int nvme_open(const struct nvme_options *options, struct nvme **nvme);

/** Deletes the queues, shuts the controller down (CC.SHN), forgets it. Nothing may be in flight. */
void nvme_close(struct nvme *nvme);

const struct nvme_info *nvme_info(const struct nvme *nvme);

/** -XEN_ENODEV: no such namespace, or one without blocks. */
int nvme_namespace(struct nvme *nvme, uint32_t nsid, struct nvme_namespace *ns);

/** How to open an I/O queue pair. All zero: the usual. */
struct nvme_queue_options {
    unsigned depth;        /* entries, 2 to info.max_depth; depth - 1 commands; 0: 256 */
    bool polled;           /* no interrupt: completions are taken by nvme_poll alone */
    uint64_t max_transfer; /* of one command, in bytes; 0: 1 MiB, or what the controller takes */
};

/** A submission queue and a completion queue of its own, with the memory for all PRP lists. */
int nvme_queue_open(struct nvme *nvme, const struct nvme_queue_options *options,
                    struct nvme_queue **queue);

/** Deletes the pair; commands still in flight are done with an error. */
void nvme_queue_close(struct nvme_queue *queue);

/** As asked for, cut down to what the controller takes. */
uint64_t nvme_queue_max_transfer(const struct nvme_queue *queue);

/** Commands that can be in flight at once. */
unsigned nvme_queue_room(const struct nvme_queue *queue);

/**
 * Puts a command into the submission queue; the controller hears of it at the next nvme_doorbell.
 * Any context. The runs are not looked at after the call.
 *
 * @param runs the data; all but the first begin on a page, all but the last end on one; the first
 *     begins on a multiple of 4
 * @return 0; -XEN_EBUSY: the queue is full; -XEN_EINVAL: runs that PRPs cannot express;
 *     -XEN_E2BIG: longer than max_transfer; -XEN_EIO: the queue is closed or lost. When not 0 the
 *     command is not the driver's and done() is not called.
 */
int nvme_submit(struct nvme_queue *queue, struct nvme_command *command,
                const struct nvme_run *runs, unsigned count);

/** Tells the controller of all commands submitted since; one store, none when there are none. */
void nvme_doorbell(struct nvme_queue *queue);

/** Takes completions; done() of each is called. Any context. @return how many */
unsigned nvme_poll(struct nvme_queue *queue);

/**
 * Submits, rings, waits by polling; the command's done is not used. For bring-up and tools.
 *
 * @return 0: done, see status; -XEN_ETIMEDOUT: no answer, and the whole controller was given up
 *     (nvme_lost); or as nvme_submit
 */
int nvme_run(struct nvme_queue *queue, struct nvme_command *command, const struct nvme_run *runs,
             unsigned count);

/** The queue of admin commands, for nvme_run. */
struct nvme_queue *nvme_admin(struct nvme *nvme);

/**
 * Asks the controller to abort commands that saw `calls` calls of this function go by without an
 * answer; call it at equal intervals. @return how many commands are that old
 */
unsigned nvme_stalled(struct nvme_queue *queue, unsigned calls);

/** Whether the controller failed (CSTS.CFS), vanished, or gave no answer in time. */
bool nvme_lost(const struct nvme *nvme);

/** Controller reset without shutdown: all in flight is done with NVME_DRIVER_LOST. */
void nvme_give_up(struct nvme *nvme);

/** Number of blocks: 1 to 65536. */
static inline void nvme_prepare_rw(struct nvme_command *command, enum nvme_io_opcode opcode,
                                   uint32_t nsid, uint64_t lba, uint32_t blocks, bool fua)
{
    command->sqe = (struct nvme_sqe){
        .opcode = opcode,
        .nsid = nsid,
        .cdw10 = (uint32_t)lba,
        .cdw11 = (uint32_t)(lba >> 32),
        .cdw12 = (blocks - 1) | (fua ? NVME_RW_FUA : 0),
    };
}

static inline void nvme_prepare_flush(struct nvme_command *command, uint32_t nsid)
{
    command->sqe = (struct nvme_sqe){.opcode = NVME_FLUSH, .nsid = nsid};
}

/** Number of blocks: 1 to 65536. No data. */
static inline void nvme_prepare_write_zeroes(struct nvme_command *command, uint32_t nsid,
                                             uint64_t lba, uint32_t blocks, bool fua)
{
    nvme_prepare_rw(command, NVME_WRITE_ZEROES, nsid, lba, blocks, fua);
}

/**
 * Deallocates a range; at most what 32 bits count. The data is command->range: submit it with the
 * run that nvme_range_run gives.
 */
static inline void nvme_prepare_deallocate(struct nvme_command *command, uint32_t nsid,
                                           uint64_t lba, uint32_t blocks)
{
    command->range = (struct nvme_dsm_range){.blocks = blocks, .lba = lba};
    command->sqe = (struct nvme_sqe){
        .opcode = NVME_DSM,
        .nsid = nsid,
        .cdw10 = 0, /* one range */
        .cdw11 = NVME_DSM_DEALLOCATE,
    };
}

static inline struct nvme_run nvme_range_run(const struct nvme_command *command)
{
    return (struct nvme_run){(uintptr_t)&command->range, sizeof(command->range)};
}

/** 0, or the -XEN_E... that tells a user of blocks what the status means. */
int nvme_status_errno(uint16_t status);

#endif
