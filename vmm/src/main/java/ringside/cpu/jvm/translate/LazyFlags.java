package ringside.cpu.jvm.translate;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;

/**
 * The arithmetic flags as translated code keeps them in four locals: an op, and two values x and y
 * of which only the low bytes of the op's size count. Nothing is computed before it is asked for.
 * CF after INC and DEC is that of before: there it is whether z is below y, unsigned.
 *
 * <p>Ops below {@link #CMP} are those of {@link Flags}, with x the result and y the source. Those
 * above are for translated code alone and become known flags when registers are spilled.
 */
public final class LazyFlags {
  /** x - y. */
  static final int CMP = 24;

  /** x = a + y + 1. */
  static final int ADC = 28;

  /** x = a - y - 1. */
  static final int SBB = 32;

  /** x shifted by y, which is neither 0 nor above 63. */
  static final int SHL = 36;

  static final int SHR = 40;
  static final int SAR = 44;

  /** x is the low half of a product; y is 1 where the high half says something, else 0. */
  static final int MUL = 48;

  /** x * y; all bytes of both count, they are sign-extended. */
  static final int IMUL = 52;

  private LazyFlags() {}

  /** CF PF AF ZF SF OF. */
  public static int bits(int op, long x, long y, long z) {
    int size = 1 << (op & 3);
    long mask = size == 8 ? -1 : (1L << 8 * size) - 1;
    return switch (op & ~3) {
      case Flags.EFLAGS -> (int) y & Flags.ALL;
      case CMP -> Flags.arithmetic(Flags.SUB | op & 3, x - y & mask, y & mask);
      case ADC -> added(x & mask, y & mask, size);
      case SBB -> subtracted(x & mask, y & mask, size);
      case SHL, SHR, SAR -> shifted(op & ~3, x & mask, (int) y, size);
      case MUL -> Flags.ofResult(x & mask, size) | (y != 0 ? Flags.CF | Flags.OF : 0);
      case IMUL -> multiplied(x, y, mask, size);
      case Flags.INC, Flags.DEC -> Flags.arithmetic(op, x & mask, below(z, y));
      default -> Flags.arithmetic(op, x & mask, y & mask);
    };
  }

  /** 1 or 0, unsigned; no branch. */
  private static int below(long a, long b) {
    return Long.compareUnsigned(a, b) >>> 31;
  }

  private static int added(long result, long source, int size) {
    int shift = 64 - 8 * size;
    long a = result - source - 1;
    return Flags.ofResult(result, size)
        | (Long.compareUnsigned(result << shift, source << shift) <= 0 ? Flags.CF : 0)
        | (int) (result ^ a ^ source) & Flags.AF
        | (((result ^ a) & (result ^ source)) << shift < 0 ? Flags.OF : 0);
  }

  private static int subtracted(long result, long source, int size) {
    int shift = 64 - 8 * size;
    long a = result + source + 1;
    return Flags.ofResult(result, size)
        | (Long.compareUnsigned(a << shift, source << shift) <= 0 ? Flags.CF : 0)
        | (int) (result ^ a ^ source) & Flags.AF
        | (((a ^ source) & (a ^ result)) << shift < 0 ? Flags.OF : 0);
  }

  private static int multiplied(long x, long y, long mask, int size) {
    boolean overflow = Help.overflow(x, y, x * y, size) != 0;
    return Flags.ofResult(x * y & mask, size) | (overflow ? Flags.CF | Flags.OF : 0);
  }

  private static int shifted(int kind, long x, int count, int size) {
    int width = 8 * size;
    long mask = size == 8 ? -1 : (1L << width) - 1;
    long signed = x << 64 - width >> 64 - width;
    long result;
    boolean carry;
    boolean overflow;
    switch (kind) {
      case SHL -> {
        result = x << count & mask;
        carry = count <= width && (x >>> width - count & 1) != 0;
        overflow = (result >>> width - 1 & 1) != 0 != carry;
      }
      case SHR -> {
        result = x >>> count;
        carry = (x >>> count - 1 & 1) != 0;
        overflow = count == 1 && x >>> width - 1 != 0;
      }
      default -> {
        result = signed >> count & mask;
        carry = (signed >> count - 1 & 1) != 0;
        overflow = false;
      }
    }
    return Flags.ofResult(result, size) | (carry ? Flags.CF : 0) | (overflow ? Flags.OF : 0);
  }

  /** Puts the flags where the interpreter expects them. */
  public static void spill(Core c, int op, long x, long y, long z) {
    if (op >= CMP) {
      c.ccOp = Flags.EFLAGS;
      c.ccSource = bits(op, x, y, z);
      return;
    }
    int size = 1 << (op & 3);
    long mask = size == 8 || op < Flags.ADD ? -1 : (1L << 8 * size) - 1;
    c.ccOp = op;
    c.ccResult = x & mask;
    c.ccSource = op >= Flags.INC ? below(z, y) : y & mask;
  }

  /** CF, 0 or 1. */
  public static int carry(int op, long x, long y, long z) {
    int above = 64 - (8 << (op & 3));
    return switch (op & ~3) {
      case Flags.ADD, CMP -> below(x << above, y << above);
      case Flags.LOGIC -> 0;
      case Flags.INC, Flags.DEC -> below(z, y);
      default -> bits(op, x, y, z) & Flags.CF;
    };
  }

  /** Condition 0 to 15 of Jcc, SETcc, CMOVcc. */
  public static boolean holds(int op, long x, long y, long z, int condition) {
    return Flags.holds(bits(op, x, y, z), condition);
  }
}
