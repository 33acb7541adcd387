/*
 * What the groups of checks share: the report, and a rig that drives the controller by hand, below
 * the driver's queues.
 *
 * The report is the same on every correct controller: one line a check, no numbers that differ.
 * Left out are things that QEMU 7.2 does otherwise than the specification says: identifiers of
 * commands in flight given twice (not noticed), Abort (never aborts), the status for unknown log
 * pages (Invalid Field) and for deleting a completion queue that is not there (Completion Queue
 * Invalid), reading after deallocate (what was there), namespaces without any identifier.
 */
#ifndef NVME_CHECK_H
#define NVME_CHECK_H

#include <ringside-rt/nvme_controller.h>

/** One line of the report. @return ok */
bool check(bool ok, const char *what);

/** The same for a status; says which one came instead. */
bool check_status(uint16_t got, uint16_t expected, const char *what);

/** A title above checks. */
void check_group(const char *title);

/** 0 when all checks passed. */
int check_verdict(void);

/* The rig. */

/** Status of a command that got no answer. */
#define NO_ANSWER 0xffffu

extern struct nvme_controller controller;
extern struct nvme_pair admin;

/** What the checks of blocks work on. */
extern struct nvme_namespace space;
extern uint64_t max_transfer;

/** Two megabytes of data, one after the other, zero at first. */
#define DATA_BYTES (2ul << 20)
extern uint8_t *data_out, *data_in;

/** Resets and enables the controller with an admin pair of this depth; panics when it cannot. */
void rig_start(unsigned depth);

/** Finds the controller, memory, and what it says of itself. */
void rig_find(void);

/** Puts the entry into the pair, rings, waits for its completion, which *cqe receives. */
uint16_t run(struct nvme_pair *pair, struct nvme_sqe sqe, struct nvme_cqe *cqe);

/** When what has not come by then is not going to come. */
uint64_t answer_deadline(void);

/** Waits for a completion without submitting. False: none came. */
bool wait_completion(struct nvme_pair *pair, struct nvme_cqe *cqe);

/** True when no completion comes for a while. */
bool stays_silent(struct nvme_pair *pair);

/** An admin command; result may be NULL. */
uint16_t admin_run(struct nvme_sqe sqe, uint32_t *result);

uint16_t identify(unsigned cns, uint32_t nsid, void *page);

uint16_t create_cq(const struct nvme_pair *pair, unsigned entries, unsigned vector,
                   bool interrupts);
uint16_t create_sq(const struct nvme_pair *pair, unsigned entries, unsigned cqid);
uint16_t delete_queue(enum nvme_admin_opcode opcode, unsigned qid);

/** Allocates and creates a polled pair; panics when it cannot. */
void pair_open(struct nvme_pair *pair, unsigned qid, unsigned depth);
void pair_close(struct nvme_pair *pair);

/** A read, write or compare of whole blocks at an address, one PRP list if need be. */
struct nvme_sqe transfer(enum nvme_io_opcode opcode, uint64_t lba, void *data, uint64_t bytes);

/** Bytes that depend on place and seed. */
void fill(uint8_t *data, uint64_t bytes, unsigned seed);

/* The groups, in order. */
void check_driver(void);
void check_block_device(void);
void check_registers(void);
void check_identify(void);
void check_features(void);
void check_logs(void);
void check_queues(void);
void check_queue_errors(void);
void check_prps(void);
void check_blocks(void);
void check_errors(void);
void check_events(void);
void check_interrupts(void);
void check_resets(void);

#endif
