package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;
import static ringside.cpu.jvm.Operands.signExtend;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * MUL, IMUL, DIV, IDIV (Intel SDM volume 2).
 *
 * <p>What the manual leaves undefined: of a product, SF, ZF and PF are those of its low half and AF
 * is 0; a division leaves all flags alone.
 */
public final class Multiplication {
  private static final int RAX = 0;
  private static final int RDX = 2;

  private Multiplication() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.MUL, Multiplication::mul);
    into.put(Mnemonic.IMUL, Multiplication::imul);
    into.put(Mnemonic.DIV, Multiplication::div);
    into.put(Mnemonic.IDIV, Multiplication::idiv);
  }

  private static void mul(Core c, Insn i) {
    int size = i.a.size();
    long x = c.gpr[RAX] & mask(size);
    long y = Operands.read(c, i, i.a);
    long low = x * y;
    long high = size == 8 ? Math.unsignedMultiplyHigh(x, y) : low >>> 8 * size;
    store(c, size, low, high);
    flags(c, size, low, (high & mask(size)) != 0);
  }

  private static void imul(Core c, Insn i) {
    int size = i.a.size();
    if (i.b == null) {
      long x = signExtend(c.gpr[RAX], size);
      long y = signExtend(Operands.read(c, i, i.a), size);
      long low = x * y;
      store(c, size, low, size == 8 ? Math.multiplyHigh(x, y) : low >> 8 * size);
      flags(c, size, low, overflows(size, x, y));
      return;
    }
    long x = signExtend(Operands.read(c, i, i.c == null ? i.a : i.b), size);
    long y = signExtend(Operands.read(c, i, i.c == null ? i.b : i.c), size);
    Operands.write(c, i, i.a, x * y);
    flags(c, size, x * y, overflows(size, x, y));
  }

  private static boolean overflows(int size, long x, long y) {
    long low = x * y;
    return size == 8 ? Math.multiplyHigh(x, y) != low >> 63 : signExtend(low, size) != low;
  }

  private static void flags(Core c, int size, long low, boolean significant) {
    Flags.set(c, Flags.ofResult(low & mask(size), size) | (significant ? Flags.CF | Flags.OF : 0));
  }

  /** Into AX, DX:AX, EDX:EAX or RDX:RAX. */
  private static void store(Core c, int size, long low, long high) {
    if (size == 1) {
      Operands.setGpr(c, RAX, 2, low);
      return;
    }
    Operands.setGpr(c, RAX, size, low);
    Operands.setGpr(c, RDX, size, high);
  }

  private static void div(Core c, Insn i) {
    int size = i.a.size();
    long divisor = Operands.read(c, i, i.a);
    if (divisor == 0) {
      throw c.fault(GuestException.DE);
    }
    if (size < 8) {
      long dividend = dividend(c, size);
      long quotient = Long.divideUnsigned(dividend, divisor);
      if (Long.compareUnsigned(quotient, mask(size)) > 0) {
        throw c.fault(GuestException.DE);
      }
      results(c, size, quotient, Long.remainderUnsigned(dividend, divisor));
      return;
    }
    long high = c.gpr[RDX];
    if (Long.compareUnsigned(high, divisor) >= 0) {
      throw c.fault(GuestException.DE);
    }
    long quotient = Wide.divide(high, c.gpr[RAX], divisor);
    results(c, 8, quotient, c.gpr[RAX] - quotient * divisor);
  }

  private static void idiv(Core c, Insn i) {
    int size = i.a.size();
    long divisor = signExtend(Operands.read(c, i, i.a), size);
    if (divisor == 0) {
      throw c.fault(GuestException.DE);
    }
    if (size == 8) {
      divideSigned(c, divisor);
      return;
    }
    long dividend = signExtend(dividend(c, size), 2 * size);
    long quotient = dividend / divisor;
    boolean overflow = dividend == Long.MIN_VALUE && divisor == -1;
    if (overflow || signExtend(quotient, size) != quotient) {
      throw c.fault(GuestException.DE);
    }
    results(c, size, quotient, dividend % divisor);
  }

  private static void divideSigned(Core c, long divisor) {
    long low = c.gpr[RAX];
    long high = c.gpr[RDX];
    boolean negative = high < 0;
    if (negative) {
      high = ~high + (low == 0 ? 1 : 0);
      low = -low;
    }
    long magnitude = Math.abs(divisor); // 2^63 of the least long, unsigned
    if (Long.compareUnsigned(high, magnitude) >= 0) {
      throw c.fault(GuestException.DE);
    }
    long quotient = Wide.divide(high, low, magnitude);
    long remainder = low - quotient * magnitude;
    boolean minus = negative ^ divisor < 0;
    if (Long.compareUnsigned(quotient, minus ? Long.MIN_VALUE : Long.MAX_VALUE) > 0) {
      throw c.fault(GuestException.DE);
    }
    results(c, 8, minus ? -quotient : quotient, negative ? -remainder : remainder);
  }

  private static long dividend(Core c, int size) {
    return size == 1
        ? c.gpr[RAX] & 0xffff
        : c.gpr[RAX] & mask(size) | (c.gpr[RDX] & mask(size)) << 8 * size;
  }

  private static void results(Core c, int size, long quotient, long remainder) {
    if (size == 1) {
      Operands.setGpr(c, RAX, 2, quotient & 0xff | (remainder & 0xff) << 8);
      return;
    }
    Operands.setGpr(c, RAX, size, quotient);
    Operands.setGpr(c, RDX, size, remainder);
  }
}
