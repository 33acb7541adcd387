package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * FXSAVE and FXRSTOR (Intel SDM volume 1, 10.5) and the control register of SSE.
 *
 * <p>The code and data selectors of the x87 pointers are stored as zero and not looked at when they
 * are loaded. The SSE part of the area is touched only with CR4.OSFXSR, registers 8 to 15 only in
 * 64-bit mode.
 */
public final class FxState {
  /** Bits that MXCSR has: DAZ among them, 31:16 reserved. */
  static final int MXCSR_MASK = 0xffff;

  private static final int SIZE = 512;
  private static final int REGISTERS = 32;
  private static final int XMM = 160;
  private static final long OSFXSR = 1 << 9;

  private FxState() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(FXSAVE, FxState::save);
    into.put(FXRSTOR, FxState::restore);
    into.put(LDMXCSR, FxState::loadControl);
    into.put(
        STMXCSR,
        (c, i) -> {
          Simd.sse(c);
          Simd.scalar(c, i, i.a, 4, c.mxcsr);
        });
  }

  private static void loadControl(Core c, Insn i) {
    Simd.sse(c);
    c.mxcsr = checked(c, Simd.scalar(c, i, i.a, 4));
  }

  private static int checked(Core c, long mxcsr) {
    if ((mxcsr & ~MXCSR_MASK) != 0) {
      throw c.protection();
    }
    return (int) mxcsr;
  }

  private static void save(Core c, Insn i) {
    Simd.x87NoWait(c);
    long at = Simd.address(c, i, SIZE, true, true);
    c.mmu.checkStore(at, SIZE);
    boolean wide = i.operandSize == 8;
    c.mmu.store(at, 4, c.fpuControl | (long) c.fpuStatus << 16);
    c.mmu.store(at + 4, 4, abridged(c.fpuTags) | (long) c.fpuOpcode << 16);
    c.mmu.store(at + 8, 8, wide ? c.fpuIp : c.fpuIp & 0xffff_ffffL);
    c.mmu.store(at + 16, 8, wide ? c.fpuDp : c.fpuDp & 0xffff_ffffL);
    boolean sse = (c.cr4 & OSFXSR) != 0;
    if (sse) {
      c.mmu.store(at + 24, 8, c.mxcsr | (long) MXCSR_MASK << 32);
    }
    for (int k = 0; k < 8; k++) {
      int n = X87.physical(c, k);
      c.mmu.store(at + REGISTERS + 16 * k, 8, c.fpuSignificand[n]);
      c.mmu.store(at + REGISTERS + 16 * k + 8, 8, c.fpuSignExponent[n]);
    }
    for (int k = 0; sse && k < halves(c); k++) {
      c.mmu.store(at + XMM + 8 * k, 8, c.xmm[k]);
    }
  }

  private static void restore(Core c, Insn i) {
    Simd.x87NoWait(c);
    long at = Simd.address(c, i, SIZE, false, true);
    c.mmu.checkLoad(at, SIZE);
    boolean sse = (c.cr4 & OSFXSR) != 0;
    if (sse) {
      c.mxcsr = checked(c, c.mmu.load(at + 24, 4));
    }
    boolean wide = i.operandSize == 8;
    long control = c.mmu.load(at, 8);
    X87.setControl(c, (int) control & 0xffff);
    c.fpuStatus = (int) (control >>> 16) & 0xffff;
    c.fpuTags = full((int) (control >>> 32) & 0xff);
    c.fpuOpcode = (int) (control >>> 48) & 0x7ff;
    c.fpuIp = c.mmu.load(at + 8, wide ? 8 : 4);
    c.fpuDp = c.mmu.load(at + 16, wide ? 8 : 4);
    for (int k = 0; k < 8; k++) {
      int n = X87.physical(c, k);
      c.fpuSignificand[n] = c.mmu.load(at + REGISTERS + 16 * k, 8);
      c.fpuSignExponent[n] = (int) c.mmu.load(at + REGISTERS + 16 * k + 8, 2);
    }
    for (int k = 0; sse && k < halves(c); k++) {
      c.xmm[k] = c.mmu.load(at + XMM + 8 * k, 8);
    }
    X87.summarise(c);
  }

  private static int halves(Core c) {
    return c.long64() ? 32 : 16;
  }

  /** One bit a register, 1 for what is not empty. */
  private static int abridged(int tags) {
    int bits = 0;
    for (int n = 0; n < 8; n++) {
      bits |= (tags >> 2 * n & 3) == 3 ? 0 : 1 << n;
    }
    return bits;
  }

  private static int full(int abridged) {
    int tags = 0;
    for (int n = 0; n < 8; n++) {
      tags |= (abridged >> n & 1) != 0 ? 0 : 3 << 2 * n;
    }
    return tags;
  }
}
