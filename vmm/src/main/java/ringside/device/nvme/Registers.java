package ringside.device.nvme;

/** Controller registers (NVM Express 1.4, section 3.1): offsets in BAR0, fields. */
final class Registers {
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

  /** Most entries of a queue, minus 1. */
  static final int MQES = 1023;

  /** Queues are contiguous; ready within 5 s; NVM command set; pages of 4 KiB only. */
  static final long CAPABILITIES = MQES | 1L << 16 | 10L << 24 | 1L << 37;

  static final int VERSION = 0x0001_0400;

  static final int RDY = 1;
  static final int CFS = 2;
  static final int SHST_COMPLETE = 2 << 2;

  /** Shutdown notification: power will go soon. */
  static final int ABRUPT = 2;

  private Registers() {}

  static boolean enabled(int cc) {
    return (cc & 1) != 0;
  }

  /** Shutdown notification: 0 none, 1 normal, 2 abrupt. */
  static int shutdown(int cc) {
    return cc >>> 14 & 3;
  }

  /** Whether CC.IOSQES says 64 bytes, which it must before there is an I/O submission queue. */
  static boolean sqEntrySize(int cc) {
    return (cc >>> 16 & 0xf) == 6;
  }

  /** Whether CC.IOCQES says 16 bytes, which it must before there is an I/O completion queue. */
  static boolean cqEntrySize(int cc) {
    return (cc >>> 20 & 0xf) == 4;
  }

  /** Whether a controller can be enabled so: the NVM command set, 4 KiB pages, round robin. */
  static boolean usable(int cc) {
    int entrySizes = cc >>> 16 & 0xff;
    return (cc & 0x3ff0) == 0 && (entrySizes == 0 || entrySizes == 0x46);
  }
}
