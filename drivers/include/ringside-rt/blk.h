/*
 * Block devices, whoever drives them: the IVMC client driver, or an NVMe driver in this domain.
 *
 * Requests to overlapping blocks, one of them not a read, take effect in the order in which they
 * were submitted; others in any order. An answered write is seen by every later read, and is
 * durable after a flush that was submitted later and answered, or when it had BLK_FUA.
 *
 * Functions return 0 or -XEN_E... unless they say otherwise.
 */
#ifndef RINGSIDE_RT_BLK_H
#define RINGSIDE_RT_BLK_H

#include <ringside-rt/blk_order.h>
#include <ringside-rt/thread.h>
#include <ringside/abi.h>

enum blk_op { BLK_READ, BLK_WRITE, BLK_FLUSH, BLK_DISCARD, BLK_WRITE_ZEROES };

/** A write is answered only when it is durable. */
#define BLK_FUA 1u

struct blk;

/** One request; the caller keeps it in place, as it is, until it is done. Zeroes are a start. */
struct blk_request {
    enum blk_op op;
    unsigned flags;
    /** In bytes, multiples of the block size; length 0 for a flush. */
    uint64_t offset;
    uint64_t length;
    /** What blk_reaches allows, as blk_buffer_alloc's is; not for flush, discard, zeroes. */
    void *buffer;
    /** Called once, in any context, interrupts off: must not wait. May be NULL. */
    void (*done)(struct blk_request *request);
    void *arg;
    /** 0 or -XEN_E..., valid when done. */
    int status;
    /** The driver's, until done. */
    uint64_t driver[4];
    /** The core's: the device's requests that are under way. */
    struct blk_request *next, *previous;
};

/** Memory of another domain, mapped here, that its owner has granted to blk.dma_domid too. */
struct blk_area {
    void *start;
    size_t bytes; /* whole pages */
    domid_t owner;
    grant_ref_t first_ref; /* of the grants to dma_domid; the others follow */
};

/** What a driver provides; the functions below call it. */
struct blk_ops {
    /** May wait for room, so only from threads. Ends in blk_done, now or later. */
    void (*submit)(struct blk *blk, struct blk_request *request);
    void *(*buffer_alloc)(struct blk *blk, size_t bytes);
    void (*buffer_free)(struct blk *blk, void *buffer, size_t bytes);
    void (*close)(struct blk *blk);
    /** Whether a request may have this memory as its buffer. NULL: whatever is aligned to 4. */
    bool (*reaches)(struct blk *blk, const void *buffer, size_t bytes);
    /** NULL: not for this driver. */
    int (*attach)(struct blk *blk, const struct blk_area *area);
    void (*detach)(struct blk *blk, const void *start);
};

/** A device; drivers have it as the first member of their own structure. */
struct blk {
    const struct blk_ops *ops;
    uint64_t bytes;
    unsigned block_bytes;
    /** Longest read or write that the driver takes as one piece; longer ones it splits itself. */
    uint64_t max_transfer;
    /** The domain that reads and writes buffers for the device, when it is not this one; or 0. */
    domid_t dma_domid;
    /** Bytes that its CPUs copied for whomever, as it says. */
    uint64_t copied_there;
    /** The core's: requests under way, in the order of their submission, and who waits for them. */
    struct spinlock lock;
    struct blk_order order;
    struct thread_queue held_back;
    /** Requests that had to wait for an overlapping one. */
    uint64_t overlaps;
};

/** How to open a device through IVMC. All zero but service: the usual. */
struct blk_ivmc_options {
    const char *service;  /* as in the system description; NULL: "storage" */
    unsigned path;        /* IVMC_COPY or IVMC_DIRECT */
    unsigned order;       /* log2 of ring entries; 0: IVMC_DEFAULT_ORDER */
    size_t region_bytes;  /* IVMC_DIRECT: size of the I/O region; 0: 16 MiB */
};

/** Connects to a storage server, waiting until it is there. */
int blk_open_ivmc(const struct blk_ivmc_options *options, struct blk **blk);

/** The first NVMe controller of this domain, namespace nsid: no server in between. */
int blk_open_nvme(unsigned nsid, struct blk **blk);

/** Zeroes in this domain's memory, of whole pages; -XEN_ENOMEM, or -XEN_EINVAL: less than one. */
int blk_open_memory(uint64_t bytes, struct blk **blk);

/** All requests must be done. */
void blk_close(struct blk *blk);

/** Memory for I/O, aligned to pages; NULL when there is none. */
void *blk_buffer_alloc(struct blk *blk, size_t bytes);
void blk_buffer_free(struct blk *blk, void *buffer, size_t bytes);

/** Whether a request may have this memory as its buffer, as if from blk_buffer_alloc. */
bool blk_reaches(struct blk *blk, const void *buffer, size_t bytes);

/**
 * Lets requests have another domain's memory as their buffers; waits. For threads.
 *
 * @return 0; -XEN_EOPNOTSUPP: this device has no use for that; or why not, and nothing is changed
 */
int blk_attach(struct blk *blk, const struct blk_area *area);

/** Ends that for the area that begins there, if there is one. No request that uses it is under
 * way. For threads. */
void blk_detach(struct blk *blk, const void *start);

/**
 * Checks, waits until no earlier request is under way that must come first, then submits. For
 * threads.
 *
 * @return -XEN_EINVAL: not whole blocks, or outside the device; then it is not done
 */
int blk_submit(struct blk *blk, struct blk_request *request);

/** The same, and waits until it is done; its status. For threads. */
int blk_run(struct blk *blk, struct blk_request *request);

int blk_read(struct blk *blk, uint64_t offset, void *buffer, uint64_t length);
int blk_write(struct blk *blk, uint64_t offset, void *buffer, uint64_t length);
int blk_flush(struct blk *blk);

/** For drivers: a request that was submitted is over. Any context. */
void blk_done(struct blk *blk, struct blk_request *request, int status);

#endif
