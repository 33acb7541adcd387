package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import java.util.function.LongBinaryOperator;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Mnemonic;

/** Instructions that move elements about: shuffles, interleaving, alignment, packing, blends. */
public final class Shuffles {
  private static final Packed.Wide NONE =
      (x, y, imm) -> {
        throw new AssertionError("no such form on MMX registers");
      };

  private Shuffles() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    shuffles(into);
    interleaving(into);
    packing(into);
    horizontal(into);
    blends(into);
    into.put(PALIGNR, Packed.both((x, y, n) -> align(x, y, n, 16), (x, y, n) -> align(x, y, n, 8)));
    into.put(
        PTEST,
        (c, i) -> {
          Simd.sse(c);
          Xmm y = Simd.read(c, i, i.b);
          Xmm x = Simd.xmm(c, i.a.number());
          boolean zero = ((x.low() & y.low()) | (x.high() & y.high())) == 0;
          boolean covered = ((~x.low() & y.low()) | (~x.high() & y.high())) == 0;
          Flags.set(c, (zero ? Flags.ZF : 0) | (covered ? Flags.CF : 0));
        });
  }

  private static void shuffles(Map<Mnemonic, Op> into) {
    into.put(PSHUFB, Packed.both((x, y, n) -> bytes(x, y, 16), (x, y, n) -> bytes(x, y, 8)));
    into.put(PSHUFD, Packed.wide((x, y, n) -> select(y, y, n, 4)));
    into.put(SHUFPS, Packed.wide((x, y, n) -> select(x, y, n, 4)));
    into.put(
        SHUFPD, Packed.wide((x, y, n) -> new Xmm(x.element(n & 1, 8), y.element(n >> 1 & 1, 8))));
    into.put(PSHUFLW, Packed.wide((x, y, n) -> new Xmm(words(y.low(), n), y.high())));
    into.put(PSHUFHW, Packed.wide((x, y, n) -> new Xmm(y.low(), words(y.high(), n))));
    into.put(PSHUFW, Packed.both(NONE, (x, y, n) -> new Xmm(words(y.low(), n), 0)));
  }

  private static Xmm bytes(Xmm x, Xmm y, int count) {
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < count; k++) {
      int from = (int) y.element(k, 1);
      if (from < 0x80) {
        r = r.with(k, 1, x.element(from & count - 1, 1));
      }
    }
    return r;
  }

  /** Two low elements out of x, two high ones out of y. */
  private static Xmm select(Xmm x, Xmm y, int order, int size) {
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < 4; k++) {
      r = r.with(k, size, (k < 2 ? x : y).element(order >> 2 * k & 3, size));
    }
    return r;
  }

  private static long words(long x, int order) {
    long r = 0;
    for (int k = 0; k < 4; k++) {
      r |= (x >>> 16 * (order >> 2 * k & 3) & 0xffff) << 16 * k;
    }
    return r;
  }

  private static void interleaving(Map<Mnemonic, Op> into) {
    into.put(PUNPCKLBW, interleave(1, false));
    into.put(PUNPCKLWD, interleave(2, false));
    into.put(PUNPCKLDQ, interleave(4, false));
    into.put(PUNPCKLQDQ, interleave(8, false));
    into.put(PUNPCKHBW, interleave(1, true));
    into.put(PUNPCKHWD, interleave(2, true));
    into.put(PUNPCKHDQ, interleave(4, true));
    into.put(PUNPCKHQDQ, interleave(8, true));
    into.put(UNPCKLPS, interleave(4, false));
    into.put(UNPCKLPD, interleave(8, false));
    into.put(UNPCKHPS, interleave(4, true));
    into.put(UNPCKHPD, interleave(8, true));
  }

  private static Op interleave(int size, boolean high) {
    Packed.Wide xmm = (x, y, n) -> interleave(x, y, size, high ? 8 / size : 0, 16);
    Packed.Wide mmx = (x, y, n) -> interleave(x, y, size, high ? 4 / size : 0, 8);
    return Packed.both(xmm, mmx);
  }

  private static Xmm interleave(Xmm x, Xmm y, int size, int first, int bytes) {
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < bytes / size / 2; k++) {
      r = r.with(2 * k, size, x.element(first + k, size));
      r = r.with(2 * k + 1, size, y.element(first + k, size));
    }
    return r;
  }

  private static void packing(Map<Mnemonic, Op> into) {
    into.put(PACKSSWB, pack(2, true));
    into.put(PACKSSDW, pack(4, true));
    into.put(PACKUSWB, pack(2, false));
    into.put(PACKUSDW, pack(4, false));
  }

  private static Op pack(int size, boolean signed) {
    return Packed.both(
        (x, y, n) -> pack(x, y, size, signed, 16), (x, y, n) -> pack(x, y, size, signed, 8));
  }

  private static Xmm pack(Xmm x, Xmm y, int size, boolean signed, int bytes) {
    Xmm r = Xmm.ZERO;
    int half = bytes / size;
    for (int k = 0; k < 2 * half; k++) {
      long element = (k < half ? x : y).element(k % half, size);
      long value = Operands.signExtend(element, size);
      long clamped = signed ? Packed.clamp(value, size / 2) : Packed.clampUnsigned(value, size / 2);
      r = r.with(k, size / 2, clamped);
    }
    return r;
  }

  private static void horizontal(Map<Mnemonic, Op> into) {
    into.put(PHADDW, horizontal(2, Long::sum));
    into.put(PHADDD, horizontal(4, Long::sum));
    into.put(PHADDSW, horizontal(2, (x, y) -> Packed.clamp(x + y, 2)));
    into.put(PHSUBW, horizontal(2, (x, y) -> x - y));
    into.put(PHSUBD, horizontal(4, (x, y) -> x - y));
    into.put(PHSUBSW, horizontal(2, (x, y) -> Packed.clamp(x - y, 2)));
  }

  private static Op horizontal(int size, LongBinaryOperator f) {
    return Packed.both(
        (x, y, n) -> horizontal(x, y, size, f, 16), (x, y, n) -> horizontal(x, y, size, f, 8));
  }

  private static Xmm horizontal(Xmm x, Xmm y, int size, LongBinaryOperator f, int bytes) {
    Xmm r = Xmm.ZERO;
    int half = bytes / size / 2;
    for (int k = 0; k < 2 * half; k++) {
      Xmm from = k < half ? x : y;
      long even = Operands.signExtend(from.element(2 * (k % half), size), size);
      long odd = Operands.signExtend(from.element(2 * (k % half) + 1, size), size);
      r = r.with(k, size, f.applyAsLong(even, odd));
    }
    return r;
  }

  private static Xmm align(Xmm x, Xmm y, int count, int bytes) {
    if (bytes == 8) {
      return new Xmm(y.low(), x.low()).bytesRight(count);
    }
    Xmm low = y.bytesRight(count);
    Xmm high = count >= 16 ? x.bytesRight(count - 16) : x.bytesLeft(16 - count);
    return new Xmm(low.low() | high.low(), low.high() | high.high());
  }

  private static void blends(Map<Mnemonic, Op> into) {
    into.put(PBLENDW, Packed.wide((x, y, n) -> blend(x, y, n, 2)));
    into.put(BLENDPS, Packed.wide((x, y, n) -> blend(x, y, n, 4)));
    into.put(BLENDPD, Packed.wide((x, y, n) -> blend(x, y, n, 8)));
    into.put(PBLENDVB, variableBlend(1));
    into.put(BLENDVPS, variableBlend(4));
    into.put(BLENDVPD, variableBlend(8));
  }

  private static Xmm blend(Xmm x, Xmm y, int which, int size) {
    Xmm r = x;
    for (int k = 0; k < 16 / size; k++) {
      if ((which >> k & 1) != 0) {
        r = r.with(k, size, y.element(k, size));
      }
    }
    return r;
  }

  /** By the signs of the elements of XMM0. */
  private static Op variableBlend(int size) {
    return (c, i) -> {
      Simd.sse(c);
      Xmm y = Simd.read(c, i, i.b);
      Simd.xmm(c, i.a.number(), blend(Simd.xmm(c, i.a.number()), y, signs(c, size), size));
    };
  }

  private static int signs(Core c, int size) {
    int bits = 0;
    for (int k = 0; k < 16 / size; k++) {
      bits |= (int) (Simd.xmm(c, 0).element(k, size) >>> 8 * size - 1) << k;
    }
    return bits;
  }
}
