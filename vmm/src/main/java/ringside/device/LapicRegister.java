package ringside.device;

/** Offsets of the local APIC's registers (Intel SDM volume 3, table 12-1). */
final class LapicRegister {
  static final int ID = 0x20;
  static final int VERSION = 0x30;
  static final int TPR = 0x80;
  static final int PPR = 0xa0;
  static final int EOI = 0xb0;
  static final int LDR = 0xd0;
  static final int DFR = 0xe0;
  static final int SVR = 0xf0;
  static final int ISR = 0x100;
  static final int IRR = 0x200;
  static final int ESR = 0x280;
  static final int ICR_LOW = 0x300;
  static final int ICR_HIGH = 0x310;
  static final int LVT_TIMER = 0x320;
  static final int LVT_ERROR = 0x370;
  static final int INITIAL_COUNT = 0x380;
  static final int CURRENT_COUNT = 0x390;
  static final int DIVIDE = 0x3e0;

  /** Of the timer among the entries of the local vector table. */
  static final int LVT_TIMER_INDEX = 0;

  private static final int ARRAY_LENGTH = 0x80;

  private LapicRegister() {}

  /** True for a register of the 8 that begin at {@code start}. */
  static boolean inArray(int offset, int start) {
    return offset >= start && offset < start + ARRAY_LENGTH;
  }

  /** Which entry of the local vector table it is, or -1. */
  static int lvtIndex(int offset) {
    return offset >= LVT_TIMER && offset <= LVT_ERROR ? offset - LVT_TIMER >>> 4 : -1;
  }
}
