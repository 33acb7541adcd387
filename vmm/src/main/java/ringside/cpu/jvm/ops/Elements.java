package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Mnemonic;

/** Single elements of vectors: insertion, extraction; and the widening of elements. */
public final class Elements {
  private Elements() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(PINSRB, insert(1));
    into.put(PINSRW, insert(2));
    into.put(PINSRD, insert(4));
    into.put(PINSRQ, insert(8));
    into.put(PEXTRB, extract(1));
    into.put(PEXTRW, extract(2));
    into.put(PEXTRD, extract(4));
    into.put(PEXTRQ, extract(8));
    into.put(EXTRACTPS, extract(4));
    into.put(INSERTPS, insertSingle());
    widening(into);
  }

  private static Op insert(int size) {
    return (c, i) -> {
      int n = i.a.number();
      if (Simd.onMmx(i)) {
        Simd.mmx(c);
        long value = Simd.scalar(c, i, i.b, size);
        Xmm old = new Xmm(c.fpuSignificand[n], 0);
        Simd.mmx(c, n, old.with((int) i.imm & 8 / size - 1, size, value).low());
      } else {
        Simd.sse(c);
        long value = Simd.scalar(c, i, i.b, size);
        Simd.xmm(c, n, Simd.xmm(c, n).with((int) i.imm & 16 / size - 1, size, value));
      }
    };
  }

  private static Op extract(int size) {
    return (c, i) -> {
      int n = i.b.number();
      if (Simd.onMmx(i)) {
        Simd.mmx(c);
        Xmm from = new Xmm(c.fpuSignificand[n], 0);
        Simd.scalar(c, i, i.a, size, from.element((int) i.imm & 8 / size - 1, size));
        Simd.enterMmx(c);
      } else {
        Simd.sse(c);
        long value = Simd.xmm(c, n).element((int) i.imm & 16 / size - 1, size);
        Simd.scalar(c, i, i.a, size, value);
      }
    };
  }

  private static Op insertSingle() {
    return (c, i) -> {
      Simd.sse(c);
      int imm = (int) i.imm;
      long value =
          i.b.memory()
              ? Simd.scalar(c, i, i.b, 4)
              : Simd.xmm(c, i.b.number()).element(imm >> 6 & 3, 4);
      Xmm r = Simd.xmm(c, i.a.number()).with(imm >> 4 & 3, 4, value);
      for (int k = 0; k < 4; k++) {
        if ((imm >> k & 1) != 0) {
          r = r.with(k, 4, 0);
        }
      }
      Simd.xmm(c, i.a.number(), r);
    };
  }

  private static void widening(Map<Mnemonic, Op> into) {
    into.put(PMOVSXBW, widen(1, 2, true));
    into.put(PMOVSXBD, widen(1, 4, true));
    into.put(PMOVSXBQ, widen(1, 8, true));
    into.put(PMOVSXWD, widen(2, 4, true));
    into.put(PMOVSXWQ, widen(2, 8, true));
    into.put(PMOVSXDQ, widen(4, 8, true));
    into.put(PMOVZXBW, widen(1, 2, false));
    into.put(PMOVZXBD, widen(1, 4, false));
    into.put(PMOVZXBQ, widen(1, 8, false));
    into.put(PMOVZXWD, widen(2, 4, false));
    into.put(PMOVZXWQ, widen(2, 8, false));
    into.put(PMOVZXDQ, widen(4, 8, false));
  }

  private static Op widen(int from, int to, boolean signed) {
    return (c, i) -> {
      Simd.sse(c);
      Xmm narrow = new Xmm(Simd.scalar(c, i, i.b, 16 / to * from), 0);
      Xmm r = Xmm.ZERO;
      for (int k = 0; k < 16 / to; k++) {
        long element = narrow.element(k, from);
        r = r.with(k, to, signed ? Operands.signExtend(element, from) : element);
      }
      Simd.xmm(c, i.a.number(), r);
    };
  }
}
