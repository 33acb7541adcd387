package ringside.fuzz.nvme;

/**
 * Numbers of NVM Express 1.4 and PCI, written down from the specifications a second time: a wrong
 * number in the controller shall not be right here.
 */
final class Spec {
  /** Registers, offsets in BAR0 (section 3.1). */
  static final int CAP = 0x00;

  static final int VS = 0x08;
  static final int INTMS = 0x0c;
  static final int INTMC = 0x10;
  static final int CC = 0x14;
  static final int CSTS = 0x1c;
  static final int AQA = 0x24;
  static final int ASQ = 0x28;
  static final int ACQ = 0x30;
  static final int DOORBELLS = 0x1000;

  static final int CSTS_RDY = 1;
  static final int CSTS_CFS = 2;
  static final int CSTS_SHST = 0xc;
  static final int SHUTDOWN_COMPLETE = 0x8;

  /** Status code type in bits 10:8, status code in bits 7:0 (section 4.6.1). */
  static final int SUCCESS = 0;

  static final int INVALID_OPCODE = 0x01;
  static final int INVALID_FIELD = 0x02;
  static final int DATA_TRANSFER_ERROR = 0x04;
  static final int ABORT_REQUESTED = 0x07;
  static final int ABORTED_SQ_DELETED = 0x08;
  static final int INVALID_NAMESPACE = 0x0b;
  static final int SEQUENCE_ERROR = 0x0c;
  static final int INVALID_PRP_OFFSET = 0x13;
  static final int LBA_OUT_OF_RANGE = 0x80;
  static final int CAPACITY_EXCEEDED = 0x81;
  static final int INVALID_CQ = 0x100;
  static final int INVALID_QID = 0x101;
  static final int INVALID_QUEUE_SIZE = 0x102;
  static final int ABORT_LIMIT = 0x103;
  static final int AER_LIMIT = 0x105;
  static final int INVALID_VECTOR = 0x108;
  static final int INVALID_LOG_PAGE = 0x109;
  static final int INVALID_QUEUE_DELETION = 0x10c;
  static final int NOT_SAVEABLE = 0x10d;
  static final int NOT_CHANGEABLE = 0x10e;
  static final int NOT_NS_SPECIFIC = 0x10f;
  static final int COMPARE_FAILURE = 0x285;

  /** Admin commands (section 5). */
  static final int DELETE_SQ = 0x00;

  static final int CREATE_SQ = 0x01;
  static final int GET_LOG_PAGE = 0x02;
  static final int DELETE_CQ = 0x04;
  static final int CREATE_CQ = 0x05;
  static final int IDENTIFY = 0x06;
  static final int ABORT = 0x08;
  static final int SET_FEATURES = 0x09;
  static final int GET_FEATURES = 0x0a;
  static final int AER = 0x0c;

  /** NVM commands (section 6). */
  static final int FLUSH = 0x00;

  static final int WRITE = 0x01;
  static final int READ = 0x02;
  static final int COMPARE = 0x05;
  static final int WRITE_ZEROES = 0x08;
  static final int DSM = 0x09;
  static final int VERIFY = 0x0c;

  static final int SQE = 64;
  static final int CQE = 16;
  static final int PAGE = 4096;

  /** PCI configuration space. */
  static final int PCI_COMMAND = 0x04;

  static final int PCI_MEMORY = 2;
  static final int PCI_MASTER = 4;
  static final int PCI_CAPABILITIES = 0x34;
  static final int CAP_MSIX = 0x11;

  private Spec() {}

  static String adminName(int opcode) {
    return switch (opcode) {
      case DELETE_SQ -> "delete SQ";
      case CREATE_SQ -> "create SQ";
      case GET_LOG_PAGE -> "get log page";
      case DELETE_CQ -> "delete CQ";
      case CREATE_CQ -> "create CQ";
      case IDENTIFY -> "identify";
      case ABORT -> "abort";
      case SET_FEATURES -> "set features";
      case GET_FEATURES -> "get features";
      case AER -> "asynchronous event";
      default -> "unknown";
    };
  }

  static String ioName(int opcode) {
    return switch (opcode) {
      case FLUSH -> "flush";
      case WRITE -> "write";
      case READ -> "read";
      case COMPARE -> "compare";
      case WRITE_ZEROES -> "write zeroes";
      case DSM -> "dataset management";
      case VERIFY -> "verify";
      default -> "unknown";
    };
  }

  static String statusName(int status) {
    return switch (status) {
      case SUCCESS -> "success";
      case INVALID_OPCODE -> "invalid opcode";
      case INVALID_FIELD -> "invalid field";
      case DATA_TRANSFER_ERROR -> "data transfer error";
      case ABORT_REQUESTED -> "aborted";
      case ABORTED_SQ_DELETED -> "aborted, SQ deleted";
      case INVALID_NAMESPACE -> "invalid namespace";
      case SEQUENCE_ERROR -> "sequence error";
      case INVALID_PRP_OFFSET -> "invalid PRP offset";
      case LBA_OUT_OF_RANGE -> "LBA out of range";
      case INVALID_CQ -> "invalid CQ";
      case INVALID_QID -> "invalid qid";
      case INVALID_QUEUE_SIZE -> "invalid queue size";
      case AER_LIMIT -> "AER limit";
      case INVALID_VECTOR -> "invalid vector";
      case INVALID_LOG_PAGE -> "invalid log page";
      case INVALID_QUEUE_DELETION -> "invalid queue deletion";
      case COMPARE_FAILURE -> "compare failure";
      default -> "0x%x".formatted(status);
    };
  }
}
