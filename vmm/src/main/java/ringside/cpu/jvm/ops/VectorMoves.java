package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Moves of 16, 8 and 4 bytes between XMM, MMX and general registers and memory. Non-temporal forms
 * are ordinary stores here: there is no cache to go around.
 */
public final class VectorMoves {
  private VectorMoves() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    for (Mnemonic m :
        new Mnemonic[] {MOVAPS, MOVAPD, MOVDQA, MOVNTDQ, MOVNTPS, MOVNTPD, MOVNTDQA}) {
      into.put(m, (c, i) -> whole(c, i, true));
    }
    for (Mnemonic m : new Mnemonic[] {MOVUPS, MOVUPD, MOVDQU, LDDQU}) {
      into.put(m, (c, i) -> whole(c, i, false));
    }
    into.put(
        MOVD,
        (c, i) -> low(c, i, i.a.kind() == Arg.Kind.GPR || i.a.memory() ? i.a.size() : i.b.size()));
    into.put(MOVQ, (c, i) -> low(c, i, 8));
    into.put(MOVNTQ, (c, i) -> low(c, i, 8));
    into.put(MOVQ2DQ, (c, i) -> low(c, i, 8));
    into.put(MOVDQ2Q, (c, i) -> low(c, i, 8));
    into.put(MOVSS, (c, i) -> lowest(c, i, 4));
    into.put(MOVSD, (c, i) -> lowest(c, i, 8));
    into.put(MOVLPS, (c, i) -> half(c, i, 0));
    into.put(MOVLPD, (c, i) -> half(c, i, 0));
    into.put(MOVHPS, (c, i) -> half(c, i, 1));
    into.put(MOVHPD, (c, i) -> half(c, i, 1));
    into.put(MOVHLPS, (c, i) -> cross(c, i, 1, 0));
    into.put(MOVLHPS, (c, i) -> cross(c, i, 0, 1));
    into.put(MOVDDUP, VectorMoves::duplicateLow);
    into.put(MOVSLDUP, (c, i) -> duplicate(c, i, 0));
    into.put(MOVSHDUP, (c, i) -> duplicate(c, i, 1));
    into.put(MOVMSKPS, (c, i) -> signs(c, i, 4));
    into.put(MOVMSKPD, (c, i) -> signs(c, i, 8));
    into.put(PMOVMSKB, VectorMoves::byteSigns);
    into.put(MASKMOVDQU, VectorMoves::masked);
    into.put(MASKMOVQ, VectorMoves::masked);
  }

  private static void whole(Core c, Insn i, boolean aligned) {
    Simd.sse(c);
    if (i.a.memory()) {
      Simd.store(c, i, Simd.xmm(c, i.b.number()), aligned);
    } else if (i.b.memory()) {
      Simd.xmm(c, i.a.number(), Simd.load(c, i, aligned));
    } else {
      Simd.xmm(c, i.a.number(), Simd.xmm(c, i.b.number()));
    }
  }

  /** MOVD, MOVQ and their like: what is above the value becomes zero. */
  private static void low(Core c, Insn i, int size) {
    boolean xmm = i.a.kind() == Arg.Kind.XMM || i.b.kind() == Arg.Kind.XMM;
    boolean mmx = Simd.onMmx(i);
    if (xmm) {
      Simd.sse(c);
    }
    if (mmx) {
      Simd.mmx(c);
    }
    long value = Simd.scalar(c, i, i.b, size);
    switch (i.a.kind()) {
      case XMM -> Simd.xmm(c, i.a.number(), new Xmm(value, 0));
      case MMX -> Simd.mmx(c, i.a.number(), value);
      default -> Simd.scalar(c, i, i.a, size, value);
    }
    if (mmx) {
      Simd.enterMmx(c);
    }
  }

  /** MOVSS, MOVSD: register to register leaves the rest, a load clears it. */
  private static void lowest(Core c, Insn i, int size) {
    Simd.sse(c);
    long value = Simd.scalar(c, i, i.b, size);
    if (i.a.memory()) {
      Simd.scalar(c, i, i.a, size, value);
    } else if (i.b.memory()) {
      Simd.xmm(c, i.a.number(), new Xmm(value, 0));
    } else {
      Simd.xmm(c, i.a.number(), Simd.xmm(c, i.a.number()).with(0, size, value));
    }
  }

  private static void half(Core c, Insn i, int which) {
    Simd.sse(c);
    if (i.a.memory()) {
      Simd.scalar(c, i, i.a, 8, c.xmm[2 * i.b.number() + which]);
    } else {
      c.xmm[2 * i.a.number() + which] = Simd.scalar(c, i, i.b, 8);
    }
  }

  private static void cross(Core c, Insn i, int from, int to) {
    Simd.sse(c);
    c.xmm[2 * i.a.number() + to] = c.xmm[2 * i.b.number() + from];
  }

  private static void duplicateLow(Core c, Insn i) {
    Simd.sse(c);
    long value = Simd.scalar(c, i, i.b, 8);
    Simd.xmm(c, i.a.number(), new Xmm(value, value));
  }

  private static void duplicate(Core c, Insn i, int odd) {
    Simd.sse(c);
    Xmm v = Simd.read(c, i, i.b);
    long low = v.element(odd, 4);
    long high = v.element(2 + odd, 4);
    Simd.xmm(c, i.a.number(), new Xmm(low << 32 | low, high << 32 | high));
  }

  private static void signs(Core c, Insn i, int size) {
    Simd.sse(c);
    c.gpr[i.a.number()] = signs(Simd.xmm(c, i.b.number()), size);
  }

  private static void byteSigns(Core c, Insn i) {
    if (Simd.onMmx(i)) {
      Simd.mmx(c);
      Simd.enterMmx(c);
      c.gpr[i.a.number()] = signs(new Xmm(c.fpuSignificand[i.b.number()], 0), 1);
    } else {
      signs(c, i, 1);
    }
  }

  private static long signs(Xmm v, int size) {
    long bits = 0;
    for (int k = 0; k < 16 / size; k++) {
      bits |= (v.element(k, size) >>> 8 * size - 1) << k;
    }
    return bits;
  }

  /** Stores the bytes whose mask has its sign set, to DS:rDI; nothing is touched for the others. */
  private static void masked(Core c, Insn i) {
    boolean mmx = Simd.onMmx(i);
    if (mmx) {
      Simd.mmx(c);
    } else {
      Simd.sse(c);
    }
    int bytes = mmx ? 8 : 16;
    Xmm data = value(c, i.a);
    Xmm mask = value(c, i.b);
    for (int k = 0; k < bytes; k++) {
      if (mask.element(k, 1) >= 0x80) {
        c.mmu.checkStore(target(c, i, k), 1);
      }
    }
    for (int k = 0; k < bytes; k++) {
      if (mask.element(k, 1) >= 0x80) {
        c.mmu.store(target(c, i, k), 1, data.element(k, 1));
      }
    }
    if (mmx) {
      Simd.enterMmx(c);
    }
  }

  private static Xmm value(Core c, Arg arg) {
    return arg.kind() == Arg.Kind.MMX
        ? new Xmm(c.fpuSignificand[arg.number()], 0)
        : Simd.xmm(c, arg.number());
  }

  private static long target(Core c, Insn i, int index) {
    long offset = c.gpr[7] + index & Operands.mask(i.addressSize);
    return Operands.linear(c, i.segment, offset, 1, true);
  }
}
