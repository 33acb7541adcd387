/*
 * The lower half of the NVMe driver: registers, a pair of rings, PRP lists, each without any
 * knowledge of what commands mean. For the driver, and for programs that test controllers.
 *
 * Functions return 0 or -XEN_E... unless they say otherwise.
 */
#ifndef RINGSIDE_RT_NVME_CONTROLLER_H
#define RINGSIDE_RT_NVME_CONTROLLER_H

#include <ringside-rt/nvme.h>
#include <ringside-rt/pci.h>

/** A controller that was found: its registers are mapped, its memory and bus mastering are on. */
struct nvme_controller {
    struct pci_function pci;
    struct pci_bar bar;
    struct pci_msix msix;
    bool has_msix;
    uintptr_t registers;
    uint64_t cap;
    /** Bytes from one doorbell to the next: 4 << CAP.DSTRD. */
    unsigned stride;
    /** How long CSTS.RDY may take to follow CC.EN (CAP.TO). */
    uint64_t timeout_ns;
};

/** -XEN_ENODEV: there is none with this index; -XEN_EIO: it has no registers. */
int nvme_controller_find(unsigned index, struct nvme_controller *c);

uint32_t nvme_read32(const struct nvme_controller *c, unsigned offset);
uint64_t nvme_read64(const struct nvme_controller *c, unsigned offset);
void nvme_write32(const struct nvme_controller *c, unsigned offset, uint32_t value);

/** As two stores of 32 bits, the low half first: what every controller takes. */
void nvme_write64(const struct nvme_controller *c, unsigned offset, uint64_t value);

/** CC.EN to 0, then waits for CSTS.RDY to become 0. -XEN_ETIMEDOUT */
int nvme_controller_disable(const struct nvme_controller *c);

/** Waits until CSTS.RDY is as said. -XEN_ETIMEDOUT; -XEN_EIO: CSTS.CFS, or it is gone. */
int nvme_controller_wait(const struct nvme_controller *c, bool ready);

/** CC.SHN normal, then waits for CSTS.SHST. -XEN_ETIMEDOUT */
int nvme_controller_shutdown(const struct nvme_controller *c);

/** The value of CC that the driver enables controllers with. */
#define NVME_CC_USUAL (NVME_CC_EN | NVME_CC_MPS(0) | NVME_CC_IOSQES | NVME_CC_IOCQES)

/**
 * A submission queue and a completion queue of the same depth, as the host sees them. Invariant:
 * entries from sq_head to sq_tail - 1 are the controller's; phase is that of the entry at cq_head
 * once it is new.
 */
struct nvme_pair {
    const struct nvme_controller *c;
    unsigned qid;
    unsigned depth;
    struct nvme_sqe *sq;
    volatile struct nvme_cqe *cq;
    unsigned sq_head, sq_tail, sq_rung;
    unsigned cq_head;
    unsigned phase;
};

/** Memory for a pair; depth 2 to 4096. -XEN_ENOMEM */
int nvme_pair_alloc(struct nvme_pair *pair, const struct nvme_controller *c, unsigned qid,
                    unsigned depth);
void nvme_pair_free(struct nvme_pair *pair);

/** As after creation: empty, entries zero. */
void nvme_pair_reset(struct nvme_pair *pair);

/** True when as many commands as fit are not known to be fetched. */
bool nvme_pair_full(const struct nvme_pair *pair);

/** Stores an entry; the caller sees to it that the pair is not full. */
void nvme_pair_put(struct nvme_pair *pair, const struct nvme_sqe *sqe);

/** Writes the tail doorbell when entries were put since. */
void nvme_pair_ring(struct nvme_pair *pair);

/** Takes the next completion, if there is one. The controller hears of it by nvme_pair_ack. */
bool nvme_pair_take(struct nvme_pair *pair, struct nvme_cqe *cqe);

/** Writes the head doorbell. */
void nvme_pair_ack(const struct nvme_pair *pair);

/** Bytes of list that any transfer of at most max_transfer bytes needs; a power of two or pages. */
size_t nvme_prp_list_bytes(uint64_t max_transfer);

/**
 * Describes runs by PRPs (4.3): PRP1, and PRP2 or a list that PRP2 names.
 *
 * @param list memory for the list, which crosses a page only when it begins on one
 * @param list_bytes a multiple of 8
 * @return 0; -XEN_EINVAL: runs that PRPs cannot express; -XEN_E2BIG: list too short
 */
int nvme_prp_build(struct nvme_sqe *sqe, const struct nvme_run *runs, unsigned count,
                   uint64_t *list, size_t list_bytes);

#endif
