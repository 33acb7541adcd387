package ringside.cpu.jvm.ops;

import java.util.function.LongBinaryOperator;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;

/**
 * The shapes of packed instructions: how a function of values becomes an operation on registers of
 * both kinds.
 */
final class Packed {
  /** A function of two whole values. */
  @FunctionalInterface
  interface Wide {
    Xmm apply(Xmm x, Xmm y, int imm);
  }

  private Packed() {}

  /** Destination, source: each 64 bits on their own, in XMM or MMX registers. */
  static Op halves(LongBinaryOperator f) {
    return (c, i) -> {
      if (Simd.onMmx(i)) {
        Simd.mmx(c);
        long y = Simd.scalar(c, i, i.b, 8);
        Simd.mmx(c, i.a.number(), f.applyAsLong(c.fpuSignificand[i.a.number()], y));
        return;
      }
      Simd.sse(c);
      int a = 2 * i.a.number();
      if (i.b.memory()) {
        long linear = Simd.address(c, i, 16, false, true);
        long low = c.mmu.load(linear, 8);
        long high = c.mmu.load(linear + 8, 8);
        c.xmm[a] = f.applyAsLong(c.xmm[a], low);
        c.xmm[a + 1] = f.applyAsLong(c.xmm[a + 1], high);
      } else {
        int b = 2 * i.b.number();
        c.xmm[a] = f.applyAsLong(c.xmm[a], c.xmm[b]);
        c.xmm[a + 1] = f.applyAsLong(c.xmm[a + 1], c.xmm[b + 1]);
      }
    };
  }

  /** Element by element, operands sign-extended from {@code size} bytes. */
  static Op signed(int size, LongBinaryOperator f) {
    int gap = 64 - 8 * size;
    long mask = Operands.mask(size);
    return halves(
        (x, y) -> {
          long r = 0;
          for (int s = 0; s < 64; s += 8 * size) {
            r |= (f.applyAsLong(x << gap - s >> gap, y << gap - s >> gap) & mask) << s;
          }
          return r;
        });
  }

  /** Element by element, operands zero-extended. */
  static Op unsigned(int size, LongBinaryOperator f) {
    int gap = 64 - 8 * size;
    long mask = Operands.mask(size);
    return halves(
        (x, y) -> {
          long r = 0;
          for (int s = 0; s < 64; s += 8 * size) {
            r |= (f.applyAsLong(x << gap - s >>> gap, y << gap - s >>> gap) & mask) << s;
          }
          return r;
        });
  }

  /** XMM only: destination, source of 16 aligned bytes, immediate if there is one. */
  static Op wide(Wide f) {
    return (c, i) -> {
      Simd.sse(c);
      Xmm y = Simd.read(c, i, i.b);
      Simd.xmm(c, i.a.number(), f.apply(Simd.xmm(c, i.a.number()), y, (int) i.imm & 0xff));
    };
  }

  /**
   * Destination, source, immediate: one function for XMM, another for MMX registers, whose values
   * stand in the low half.
   */
  static Op both(Wide xmm, Wide mmx) {
    Op wide = wide(xmm);
    return (c, i) -> {
      if (Simd.onMmx(i)) {
        narrow(c, i, mmx);
      } else {
        wide.run(c, i);
      }
    };
  }

  private static void narrow(Core c, Insn i, Wide f) {
    Simd.mmx(c);
    Xmm y = new Xmm(Simd.scalar(c, i, i.b, 8), 0);
    Xmm x = new Xmm(c.fpuSignificand[i.a.number()], 0);
    Simd.mmx(c, i.a.number(), f.apply(x, y, (int) i.imm & 0xff).low());
  }

  /** {@code value} clamped to a signed number of {@code size} bytes. */
  static long clamp(long value, int size) {
    long top = (1L << 8 * size - 1) - 1;
    return Math.clamp(value, -top - 1, top);
  }

  /** {@code value} clamped to an unsigned number of {@code size} bytes. */
  static long clampUnsigned(long value, int size) {
    return Math.clamp(value, 0L, (1L << 8 * size) - 1);
  }
}
