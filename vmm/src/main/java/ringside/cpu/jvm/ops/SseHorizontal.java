package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.ops.FloatFormat.DOUBLE;
import static ringside.cpu.jvm.ops.FloatFormat.SINGLE;
import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Arithmetic between the elements of one vector: HADD, HSUB, ADDSUB and dot products. */
public final class SseHorizontal {
  /** Two whole values. */
  @FunctionalInterface
  private interface Wide {
    Xmm apply(FloatStatus s, FloatFormat f, Xmm x, Xmm y, int imm);
  }

  private SseHorizontal() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(HADDPS, wide(SINGLE, (s, f, x, y, n) -> pairs(s, f, x, y, SseArithmetic.ADD)));
    into.put(HADDPD, wide(DOUBLE, (s, f, x, y, n) -> pairs(s, f, x, y, SseArithmetic.ADD)));
    into.put(HSUBPS, wide(SINGLE, (s, f, x, y, n) -> pairs(s, f, x, y, SseArithmetic.SUBTRACT)));
    into.put(HSUBPD, wide(DOUBLE, (s, f, x, y, n) -> pairs(s, f, x, y, SseArithmetic.SUBTRACT)));
    into.put(ADDSUBPS, wide(SINGLE, SseHorizontal::alternate));
    into.put(ADDSUBPD, wide(DOUBLE, SseHorizontal::alternate));
    into.put(DPPS, (c, i) -> dotProduct(c, i, SINGLE));
    into.put(DPPD, (c, i) -> dotProduct(c, i, DOUBLE));
  }

  private static Op wide(FloatFormat f, Wide function) {
    return (c, i) -> {
      Simd.sse(c);
      Xmm y = Simd.read(c, i, i.b);
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      Xmm r = function.apply(s, f, Simd.xmm(c, i.a.number()), y, (int) i.imm & 0xff);
      SseMath.finish(c, s);
      Simd.xmm(c, i.a.number(), r);
    };
  }

  private static Xmm pairs(FloatStatus s, FloatFormat f, Xmm x, Xmm y, SseMath.Function function) {
    int size = f.bytes();
    int half = 8 / size;
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < 2 * half; k++) {
      Xmm from = k < half ? x : y;
      int n = 2 * (k % half);
      r =
          r.with(
              k, size, function.apply(s, f, from.element(n, size), from.element(n + 1, size), 0));
    }
    return r;
  }

  private static Xmm alternate(FloatStatus s, FloatFormat f, Xmm x, Xmm y, int imm) {
    int size = f.bytes();
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < 16 / size; k++) {
      SseMath.Function function = k % 2 == 0 ? SseArithmetic.SUBTRACT : SseArithmetic.ADD;
      r = r.with(k, size, function.apply(s, f, x.element(k, size), y.element(k, size), 0));
    }
    return r;
  }

  /**
   * Products that the high half of imm names, summed pairwise, to where the low half says. Each
   * step has its exceptions before the next is begun.
   */
  private static void dotProduct(Core c, Insn i, FloatFormat f) {
    Simd.sse(c);
    Xmm y = Simd.read(c, i, i.b);
    FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
    long[] sums = products(s, f, Simd.xmm(c, i.a.number()), y, (int) i.imm >> 4);
    SseMath.finish(c, s);
    for (int n = sums.length; n > 1; n /= 2) {
      for (int k = 0; k < n / 2; k++) {
        sums[k] = SseArithmetic.ADD.apply(s, f, sums[2 * k], sums[2 * k + 1], 0);
      }
      SseMath.finish(c, s);
    }
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < sums.length; k++) {
      r = r.with(k, f.bytes(), (i.imm >> k & 1) != 0 ? sums[0] : 0);
    }
    Simd.xmm(c, i.a.number(), r);
  }

  private static long[] products(FloatStatus s, FloatFormat f, Xmm x, Xmm y, int which) {
    int size = f.bytes();
    long[] products = new long[16 / size];
    for (int k = 0; k < products.length; k++) {
      if ((which >> k & 1) != 0) {
        products[k] = SseArithmetic.MULTIPLY.apply(s, f, x.element(k, size), y.element(k, size), 0);
      }
    }
    return products;
  }
}
