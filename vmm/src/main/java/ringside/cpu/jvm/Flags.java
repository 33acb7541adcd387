package ringside.cpu.jvm;

/**
 * The arithmetic flags, kept lazily: an operation stores what it was ({@link Core#ccOp}), its
 * result and one source; a reader computes what it wants to know.
 *
 * <p>An op is a kind times 4 plus the logarithm of the size in bytes. Invariant: result and source
 * are zero-extended from the size.
 */
public final class Flags {
  public static final int CF = 1;
  public static final int PF = 4;
  public static final int AF = 16;
  public static final int ZF = 64;
  public static final int SF = 128;
  public static final int OF = 2048;
  public static final int ALL = CF | PF | AF | ZF | SF | OF;

  public static final int TF = 1 << 8;
  public static final int IF = 1 << 9;
  public static final int DF = 1 << 10;
  public static final int IOPL = 3 << 12;
  public static final int NT = 1 << 14;
  public static final int RF = 1 << 16;
  public static final int VM = 1 << 17;
  public static final int AC = 1 << 18;
  public static final int ID = 1 << 21;

  /** The flags themselves are in ccSource. */
  public static final int EFLAGS = 0;

  /** result = x + source. */
  public static final int ADD = 4;

  /** result = x - source; also CMP, and NEG with x = 0. */
  public static final int SUB = 8;

  /** CF, OF and AF are 0. */
  public static final int LOGIC = 12;

  /** result = x + 1; source is the CF of before. */
  public static final int INC = 16;

  /** result = x - 1; source is the CF of before. */
  public static final int DEC = 20;

  private Flags() {}

  /** Records the flags of an operation; {@code size} in bytes. */
  public static void set(Core c, int kind, int size, long result, long source) {
    c.ccOp = kind + log2(size);
    c.ccResult = result;
    c.ccSource = source;
  }

  /** Records known flags: CF PF AF ZF SF OF of {@code bits}. */
  public static void set(Core c, long bits) {
    c.ccOp = EFLAGS;
    c.ccSource = bits & ALL;
  }

  public static int log2(int size) {
    return 31 - Integer.numberOfLeadingZeros(size);
  }

  /** RFLAGS, complete. */
  public static long rflags(Core c) {
    return c.flags | arithmetic(c.ccOp, c.ccResult, c.ccSource);
  }

  /** Sets RFLAGS whole; bit 1 stays set. */
  public static void rflags(Core c, long value) {
    c.flags = value & ~(long) ALL | 2;
    set(c, value);
  }

  public static int arithmetic(Core c) {
    return arithmetic(c.ccOp, c.ccResult, c.ccSource);
  }

  /** CF PF AF ZF SF OF. */
  public static int arithmetic(int op, long result, long source) {
    if (op < ADD) {
      return (int) source;
    }
    int shift = 64 - (8 << (op & 3));
    long sign = result << shift;
    int common = sign == 0 ? ZF : sign < 0 ? SF : 0;
    common |= parity(result);
    return common
        | switch (op & ~3) {
          case ADD -> {
            long x = result - source;
            yield carry(Long.compareUnsigned(sign, source << shift) < 0)
                | (int) (result ^ x ^ source) & AF
                | overflow(((result ^ x) & (result ^ source)) << shift);
          }
          case SUB -> {
            long x = result + source;
            yield carry(Long.compareUnsigned(x << shift, source << shift) < 0)
                | (int) (result ^ x ^ source) & AF
                | overflow(((x ^ source) & (x ^ result)) << shift);
          }
          case INC -> (int) source | ((result & 15) == 0 ? AF : 0) | edge(sign, Long.MIN_VALUE);
          case DEC ->
              (int) source
                  | ((result & 15) == 15 ? AF : 0)
                  | edge(sign, Long.MAX_VALUE & -1L << shift);
          default -> 0;
        };
  }

  /** ZF SF PF of a result. */
  public static int ofResult(long result, int size) {
    long sign = result << 64 - 8 * size;
    return (sign == 0 ? ZF : sign < 0 ? SF : 0) | parity(result);
  }

  private static int parity(long result) {
    return (Integer.bitCount((int) result & 0xff) & 1) == 0 ? PF : 0;
  }

  private static int carry(boolean carry) {
    return carry ? CF : 0;
  }

  private static int overflow(long sign) {
    return sign < 0 ? OF : 0;
  }

  private static int edge(long sign, long value) {
    return sign == value ? OF : 0;
  }

  public static boolean carry(Core c) {
    int op = c.ccOp;
    int shift = 64 - (8 << (op & 3));
    long result = c.ccResult;
    long source = c.ccSource;
    return switch (op & ~3) {
      case ADD -> Long.compareUnsigned(result << shift, source << shift) < 0;
      case SUB -> Long.compareUnsigned(result + source << shift, source << shift) < 0;
      case LOGIC -> false;
      default -> (source & CF) != 0;
    };
  }

  private static boolean zero(Core c) {
    int op = c.ccOp;
    return op < ADD ? (c.ccSource & ZF) != 0 : c.ccResult << 64 - (8 << (op & 3)) == 0;
  }

  private static boolean sign(Core c) {
    int op = c.ccOp;
    return op < ADD ? (c.ccSource & SF) != 0 : c.ccResult << 64 - (8 << (op & 3)) < 0;
  }

  /** Condition 0 to 15: O NO B AE E NE BE A S NS P NP L GE LE G (Intel SDM volume 1, B.1). */
  public static boolean holds(Core c, int condition) {
    return switch (condition) {
      case 2 -> carry(c);
      case 3 -> !carry(c);
      case 4 -> zero(c);
      case 5 -> !zero(c);
      case 6 -> zero(c) || carry(c);
      case 7 -> !(zero(c) || carry(c));
      case 8 -> sign(c);
      case 9 -> !sign(c);
      default -> holds(arithmetic(c), condition);
    };
  }

  /** As {@link #holds(Core, int)}, of known flags. */
  public static boolean holds(int f, int condition) {
    boolean met =
        switch (condition >> 1) {
          case 0 -> (f & OF) != 0;
          case 1 -> (f & CF) != 0;
          case 2 -> (f & ZF) != 0;
          case 3 -> (f & (CF | ZF)) != 0;
          case 4 -> (f & SF) != 0;
          case 5 -> (f & PF) != 0;
          case 6 -> (f & SF) != 0 != ((f & OF) != 0);
          default -> (f & ZF) != 0 || (f & SF) != 0 != ((f & OF) != 0);
        };
    return met ^ (condition & 1) != 0;
  }
}
