package ringside.cpu.jvm.translate;

/** Where the locals of a region's method are; longs take two. */
final class Slots {
  static final int THIS = 0;
  static final int CORE = 1;

  /** Which entry, then the place that is to be reported. */
  static final int AT = 2;

  /** int: ticks that may still be spent. */
  static final int LEFT = 3;

  /** Ticks of the core at which {@link #LEFT} is 0. */
  static final int END = 4;

  static final int FLAGS_OP = 6;
  static final int FLAGS_X = 7;
  static final int FLAGS_Y = 9;

  /** Counts after INC and DEC only. */
  static final int FLAGS_Z = 11;

  /** Linear address of the access. */
  static final int ADDRESS = 13;

  /** What was loaded or is to be stored; int or long. */
  static final int VALUE = 15;

  static final int TEMP = 17;
  static final int TEMP2 = 19;

  /** Where indirect jumps go. */
  static final int TARGET = 21;

  /** Window: low and size, both less 2^63 so that one signed comparison does. */
  static final int LOW = 23;

  static final int SIZE = 25;
  static final int BASE = 27;
  static final int PAGES = 29;

  /** TLB for loads, for stores. */
  static final int TLB_LOAD = 31;

  static final int TLB_STORE = 33;
  static final int HOST = 35;

  /** int: CF, or a count. */
  static final int CARRY = 37;

  /** int: what of {@link #LEFT} remains when the region is to be entered anew. */
  static final int FRESH = 38;

  /** GPRs and halves of XMM registers that the region uses, from here on. */
  static final int REGISTERS = 39;

  private Slots() {}
}
