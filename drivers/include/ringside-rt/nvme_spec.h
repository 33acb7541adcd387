/*
 * What the NVM Express Base Specification 1.4 fixes: registers (3.1), queue entries (4.2, 4.6),
 * opcodes (5, 6), status codes (4.6.1.2). Names and numbers only, no code.
 */
#ifndef RINGSIDE_RT_NVME_SPEC_H
#define RINGSIDE_RT_NVME_SPEC_H

#include <ringside-rt/compiler.h>

/* Registers, as offsets in BAR 0. */
#define NVME_CAP 0x00
#define NVME_VS 0x08
#define NVME_INTMS 0x0c
#define NVME_INTMC 0x10
#define NVME_CC 0x14
#define NVME_CSTS 0x1c
#define NVME_AQA 0x24
#define NVME_ASQ 0x28
#define NVME_ACQ 0x30
#define NVME_DOORBELLS 0x1000

/* Fields of CAP. */
#define NVME_CAP_MQES(cap) ((unsigned)((cap)&0xffff)) /* 0's based */
#define NVME_CAP_CQR(cap) ((unsigned)((cap) >> 16 & 1))
#define NVME_CAP_TO(cap) ((unsigned)((cap) >> 24 & 0xff)) /* in 500 ms */
#define NVME_CAP_DSTRD(cap) ((unsigned)((cap) >> 32 & 0xf))
#define NVME_CAP_CSS(cap) ((unsigned)((cap) >> 37 & 0xff))
#define NVME_CAP_MPSMIN(cap) ((unsigned)((cap) >> 48 & 0xf)) /* 2^(12 + it) bytes */
#define NVME_CAP_MPSMAX(cap) ((unsigned)((cap) >> 52 & 0xf))

/* Fields of CC. */
#define NVME_CC_EN 1u
#define NVME_CC_MPS(shift) ((uint32_t)(shift) << 7)
#define NVME_CC_SHN_NONE 0u
#define NVME_CC_SHN_NORMAL (1u << 14)
#define NVME_CC_SHN_ABRUPT (2u << 14)
#define NVME_CC_SHN_MASK (3u << 14)
#define NVME_CC_IOSQES (6u << 16) /* 64 bytes */
#define NVME_CC_IOCQES (4u << 20) /* 16 bytes */

/* Fields of CSTS. */
#define NVME_CSTS_RDY 1u
#define NVME_CSTS_CFS 2u
#define NVME_CSTS_SHST_MASK 0xcu
#define NVME_CSTS_SHST_NORMAL 0x0u
#define NVME_CSTS_SHST_OCCURRING 0x4u
#define NVME_CSTS_SHST_COMPLETE 0x8u

/** A submission queue entry. PRP addresses only, no SGL. */
struct nvme_sqe {
    uint8_t opcode;
    uint8_t flags; /* FUSE in 1:0, PSDT in 7:6 */
    uint16_t cid;
    uint32_t nsid;
    uint32_t cdw2, cdw3;
    uint64_t mptr;
    uint64_t prp1, prp2;
    uint32_t cdw10, cdw11, cdw12, cdw13, cdw14, cdw15;
};
_Static_assert(sizeof(struct nvme_sqe) == 64, "size of struct nvme_sqe");

/** A completion queue entry. */
struct nvme_cqe {
    uint32_t result; /* DW0 */
    uint32_t reserved;
    uint16_t sq_head;
    uint16_t sq_id;
    uint16_t cid;
    uint16_t status; /* phase tag in bit 0 */
};
_Static_assert(sizeof(struct nvme_cqe) == 16, "size of struct nvme_cqe");

/** A range of Dataset Management (6.7). */
struct nvme_dsm_range {
    uint32_t attributes;
    uint32_t blocks;
    uint64_t lba;
};

/** Largest page of PRPs that all controllers know: CC.MPS = 0. */
#define NVME_PAGE 4096ul

#define NVME_NSID_ALL 0xffffffffu

enum nvme_admin_opcode {
    NVME_ADMIN_DELETE_SQ = 0x00,
    NVME_ADMIN_CREATE_SQ = 0x01,
    NVME_ADMIN_GET_LOG_PAGE = 0x02,
    NVME_ADMIN_DELETE_CQ = 0x04,
    NVME_ADMIN_CREATE_CQ = 0x05,
    NVME_ADMIN_IDENTIFY = 0x06,
    NVME_ADMIN_ABORT = 0x08,
    NVME_ADMIN_SET_FEATURES = 0x09,
    NVME_ADMIN_GET_FEATURES = 0x0a,
    NVME_ADMIN_ASYNC_EVENT = 0x0c,
};

enum nvme_io_opcode {
    NVME_FLUSH = 0x00,
    NVME_WRITE = 0x01,
    NVME_READ = 0x02,
    NVME_COMPARE = 0x05,
    NVME_WRITE_ZEROES = 0x08,
    NVME_DSM = 0x09,
};

/* Dword 12 of read, write, write zeroes. */
#define NVME_RW_FUA (1u << 30)
#define NVME_WZ_DEAC (1u << 25)
/* Dword 11 of Dataset Management. */
#define NVME_DSM_DEALLOCATE 4u

/* Create I/O completion queue and submission queue, dword 11. */
#define NVME_QUEUE_CONTIGUOUS 1u
#define NVME_CQ_INTERRUPTS 2u

/* Identify (5.15), CNS. */
#define NVME_CNS_NAMESPACE 0x00
#define NVME_CNS_CONTROLLER 0x01
#define NVME_CNS_ACTIVE_LIST 0x02
#define NVME_CNS_DESCRIPTORS 0x03

enum nvme_feature {
    NVME_FEATURE_ARBITRATION = 0x01,
    NVME_FEATURE_POWER = 0x02,
    NVME_FEATURE_TEMPERATURE = 0x04,
    NVME_FEATURE_ERROR_RECOVERY = 0x05,
    NVME_FEATURE_WRITE_CACHE = 0x06,
    NVME_FEATURE_QUEUES = 0x07,
    NVME_FEATURE_COALESCING = 0x08,
    NVME_FEATURE_VECTOR = 0x09,
    NVME_FEATURE_ATOMICITY = 0x0a,
    NVME_FEATURE_ASYNC_EVENT = 0x0b,
    NVME_FEATURE_TIMESTAMP = 0x0e,
};

enum nvme_log {
    NVME_LOG_ERROR = 0x01,
    NVME_LOG_HEALTH = 0x02,
    NVME_LOG_FIRMWARE = 0x03,
    NVME_LOG_EFFECTS = 0x05,
};

/*
 * Status: code type in bits 10:8, code in 7:0, as in an entry's status shifted right by one
 * (without phase). Bits above are to be masked away before comparing.
 */
#define NVME_STATUS_CODE(status) ((status)&0x7ffu)
#define NVME_STATUS_MORE 0x2000u
#define NVME_STATUS_DNR 0x4000u

enum nvme_status {
    NVME_SUCCESS = 0x000,
    NVME_INVALID_OPCODE = 0x001,
    NVME_INVALID_FIELD = 0x002,
    NVME_CID_CONFLICT = 0x003,
    NVME_DATA_TRANSFER_ERROR = 0x004,
    NVME_INTERNAL_ERROR = 0x006,
    NVME_ABORT_REQUESTED = 0x007,
    NVME_ABORTED_SQ_DELETION = 0x008,
    NVME_INVALID_NAMESPACE = 0x00b,
    NVME_SEQUENCE_ERROR = 0x00c,
    NVME_INVALID_PRP_OFFSET = 0x013,
    NVME_LBA_OUT_OF_RANGE = 0x080,
    NVME_CAPACITY_EXCEEDED = 0x081,
    NVME_CQ_INVALID = 0x100,
    NVME_QID_INVALID = 0x101,
    NVME_QSIZE_INVALID = 0x102,
    NVME_ABORT_LIMIT = 0x103,
    NVME_ASYNC_EVENT_LIMIT = 0x105,
    NVME_VECTOR_INVALID = 0x108,
    NVME_LOG_PAGE_INVALID = 0x109,
    NVME_QUEUE_DELETION_INVALID = 0x10c,
    NVME_FEATURE_NOT_SAVEABLE = 0x10d,
    NVME_FEATURE_NOT_CHANGEABLE = 0x10e,
    NVME_FEATURE_NOT_NAMESPACE = 0x10f,
    NVME_WRITE_FAULT = 0x280,
    NVME_UNRECOVERED_READ = 0x281,
    NVME_COMPARE_FAILURE = 0x285,
    /* Never sent by a controller: the driver's own, when a command can have no answer any more. */
    NVME_DRIVER_LOST = 0x7ff,
};

#endif
