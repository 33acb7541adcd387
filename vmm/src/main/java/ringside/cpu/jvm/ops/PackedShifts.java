package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import java.util.function.LongBinaryOperator;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Shifts of packed integers, all elements by the same count; counts too large shift all out. */
public final class PackedShifts {
  private PackedShifts() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    LongBinaryOperator left = (x, n) -> x << n;
    LongBinaryOperator right = (x, n) -> x >>> n;
    LongBinaryOperator arithmetic = (x, n) -> x >> n;
    into.put(PSLLW, shift(2, left, false));
    into.put(PSLLD, shift(4, left, false));
    into.put(PSLLQ, shift(8, left, false));
    into.put(PSRLW, shift(2, right, false));
    into.put(PSRLD, shift(4, right, false));
    into.put(PSRLQ, shift(8, right, false));
    into.put(PSRAW, shift(2, arithmetic, true));
    into.put(PSRAD, shift(4, arithmetic, true));
    into.put(PSLLDQ, (c, i) -> bytes(c, i, true));
    into.put(PSRLDQ, (c, i) -> bytes(c, i, false));
  }

  private static Op shift(int size, LongBinaryOperator f, boolean signed) {
    return (c, i) -> {
      boolean mmx = Simd.onMmx(i);
      if (mmx) {
        Simd.mmx(c);
      } else {
        Simd.sse(c);
      }
      long count = count(c, i, mmx);
      if (mmx) {
        int n = i.a.number();
        Simd.mmx(c, n, each(c.fpuSignificand[n], count, size, f, signed));
      } else {
        int n = 2 * i.a.number();
        c.xmm[n] = each(c.xmm[n], count, size, f, signed);
        c.xmm[n + 1] = each(c.xmm[n + 1], count, size, f, signed);
      }
    };
  }

  private static long count(Core c, Insn i, boolean mmx) {
    if (i.b.kind() == Arg.Kind.IMMEDIATE) {
      return i.imm & 0xff;
    }
    return mmx ? Simd.scalar(c, i, i.b, 8) : Simd.read(c, i, i.b).low();
  }

  private static long each(long x, long count, int size, LongBinaryOperator f, boolean signed) {
    int bits = 8 * size;
    long n = count;
    if (Long.compareUnsigned(count, bits - 1) > 0) {
      if (!signed) {
        return 0;
      }
      n = bits - 1;
    }
    long r = 0;
    for (int s = 0; s < 64; s += bits) {
      long element = x << 64 - bits - s;
      element = signed ? element >> 64 - bits : element >>> 64 - bits;
      r |= (f.applyAsLong(element, n) & Operands.mask(size)) << s;
    }
    return r;
  }

  private static void bytes(Core c, Insn i, boolean left) {
    Simd.sse(c);
    Xmm x = Simd.xmm(c, i.a.number());
    int count = (int) i.imm & 0xff;
    Simd.xmm(c, i.a.number(), left ? x.bytesLeft(count) : x.bytesRight(count));
  }
}
