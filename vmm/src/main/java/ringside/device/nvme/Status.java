package ringside.device.nvme;

/**
 * How commands end: status code type in bits 10:8, status code in bits 7:0, do-not-retry in bit 14
 * (NVM Express 1.4, section 4.6.1).
 */
final class Status {
  static final int DNR = 1 << 14;

  static final int SUCCESS = 0;
  static final int INVALID_OPCODE = 0x01 | DNR;
  static final int INVALID_FIELD = 0x02 | DNR;
  static final int CID_CONFLICT = 0x03 | DNR;
  static final int DATA_TRANSFER_ERROR = 0x04;
  static final int INTERNAL_ERROR = 0x06;
  static final int ABORT_REQUESTED = 0x07;
  static final int ABORTED_SQ_DELETED = 0x08;
  static final int INVALID_NAMESPACE = 0x0b | DNR;
  static final int SEQUENCE_ERROR = 0x0c | DNR;
  static final int INVALID_PRP_OFFSET = 0x13 | DNR;
  static final int LBA_OUT_OF_RANGE = 0x80 | DNR;
  static final int INVALID_CQ = 0x100 | DNR;
  static final int INVALID_QID = 0x101 | DNR;
  static final int INVALID_QUEUE_SIZE = 0x102 | DNR;
  static final int AER_LIMIT = 0x105 | DNR;
  static final int INVALID_VECTOR = 0x108 | DNR;
  static final int INVALID_LOG_PAGE = 0x109 | DNR;
  static final int INVALID_QUEUE_DELETION = 0x10c | DNR;
  static final int NOT_SAVEABLE = 0x10d | DNR;
  static final int NOT_NS_SPECIFIC = 0x10f | DNR;
  static final int WRITE_FAULT = 0x280;
  static final int UNRECOVERED_READ = 0x281;
  static final int COMPARE_FAILURE = 0x285;

  private Status() {}
}
