package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;
import static ringside.cpu.jvm.Operands.signExtend;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * SHL, SHR, SAR, SHLD, SHRD (Intel SDM volume 2).
 *
 * <p>What the manual leaves undefined: AF is 0; OF of a shift by more than one is that of its last
 * step; bits beyond the operand that were shifted out count as zero (SAR: as the sign); a 16-bit
 * double shift by more than 16 goes on with the first operand's own bits.
 */
public final class Shifts {
  private Shifts() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.SHL, Shifts::shl);
    into.put(Mnemonic.SHR, Shifts::shr);
    into.put(Mnemonic.SAR, Shifts::sar);
    into.put(Mnemonic.SHLD, Shifts::shld);
    into.put(Mnemonic.SHRD, Shifts::shrd);
  }

  /** The count that counts: five bits of it, six for 64-bit operands. */
  static int count(Core c, Insn i, long count) {
    return (int) count & (i.a.size() == 8 ? 63 : 31);
  }

  private static void shl(Core c, Insn i) {
    int size = i.a.size();
    int count = count(c, i, Operands.read(c, i, i.b));
    long x = Destination.change(c, i, (old, n) -> old << n, count);
    if (count != 0) {
      long before = x << count - 1;
      flags(c, size, before << 1, before >>> 8 * size - 1, before);
    }
  }

  private static void shr(Core c, Insn i) {
    int count = count(c, i, Operands.read(c, i, i.b));
    long x = Destination.change(c, i, (old, n) -> old >>> n, count);
    if (count != 0) {
      long before = x >>> count - 1;
      flags(c, i.a.size(), before >>> 1, before, before);
    }
  }

  private static void sar(Core c, Insn i) {
    int size = i.a.size();
    int count = count(c, i, Operands.read(c, i, i.b));
    long operand = count | (long) size << 8;
    long x =
        Destination.change(c, i, (old, n) -> signExtend(old, (int) (n >> 8)) >> (n & 63), operand);
    if (count != 0) {
      long before = signExtend(x, size) >> count - 1;
      flags(c, size, before >> 1, before, before);
    }
  }

  /** Left by n: the low bits of the second come in from below. */
  private static void shld(Core c, Insn i) {
    int size = i.a.size();
    int count = count(c, i, Operands.read(c, i, i.c));
    long source = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, y) -> left(size, old, y, count), source);
    if (count != 0) {
      long before = left(size, x, source, count - 1);
      flags(c, size, left(size, x, source, count), before >>> 8 * size - 1, before);
    }
  }

  private static void shrd(Core c, Insn i) {
    int size = i.a.size();
    int count = count(c, i, Operands.read(c, i, i.c));
    long source = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, y) -> right(size, old, y, count), source);
    if (count != 0) {
      long before = right(size, x, source, count - 1);
      flags(c, size, right(size, x, source, count), before, before);
    }
  }

  private static long left(int size, long x, long y, int count) {
    if (count == 0) {
      return x;
    }
    return switch (size) {
      case 2 -> (x << 32 | y << 16 | x) << count >>> 32 & 0xffff;
      case 4 -> (x << 32 | y) << count >>> 32;
      default -> x << count | y >>> 64 - count;
    };
  }

  private static long right(int size, long x, long y, int count) {
    if (count == 0) {
      return x;
    }
    return switch (size) {
      case 2 -> (x << 32 | y << 16 | x) >>> count & 0xffff;
      case 4 -> (y << 32 | x) >>> count & 0xffff_ffffL;
      default -> x >>> count | y << 64 - count;
    };
  }

  /** Bit 0 of {@code carry} is CF; OF says whether the last step changed the sign. */
  private static void flags(Core c, int size, long result, long carry, long before) {
    long sign = 1L << 8 * size - 1;
    boolean overflow = ((before ^ result) & sign) != 0;
    Flags.set(
        c,
        Flags.ofResult(result & mask(size), size) | carry & Flags.CF | (overflow ? Flags.OF : 0));
  }
}
