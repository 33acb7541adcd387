package ringside.cpu.jvm.ops;

import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/**
 * What all vector instructions share: whether they may be executed at all, and their operands.
 *
 * <p>Invariant: the MMX registers are entered (TOP 0, all tags valid; Intel SDM volume 1, 9.5) only
 * when nothing of the instruction can fault any more.
 */
final class Simd {
  private static final long EM = 4;
  private static final long TS = 8;
  private static final long NE = 32;
  private static final long OSFXSR = 1 << 9;
  private static final int ERROR_SUMMARY = 0x80;
  private static final int TOP = 7 << 11;

  private Simd() {}

  /**
   * SSE instructions on XMM registers (Intel SDM volume 3, table 2-2).
   *
   * @throws ringside.cpu.jvm.CpuFault #UD, #NM
   */
  static void sse(Core c) {
    if ((c.cr0 & EM) != 0 || (c.cr4 & OSFXSR) == 0) {
      throw c.undefined();
    }
    if ((c.cr0 & TS) != 0) {
      throw c.fault(GuestException.NM);
    }
  }

  /**
   * Instructions on MMX registers.
   *
   * @throws ringside.cpu.jvm.CpuFault #UD, #NM; #MF for a pending exception of x87
   */
  static void mmx(Core c) {
    if ((c.cr0 & EM) != 0) {
      throw c.undefined();
    }
    if ((c.cr0 & TS) != 0) {
      throw c.fault(GuestException.NM);
    }
    pending(c);
  }

  /**
   * A waiting x87 instruction (Intel SDM volume 3, 2.5: EM and TS).
   *
   * @throws ringside.cpu.jvm.CpuFault #NM; #MF for a pending exception
   */
  static void x87(Core c) {
    x87NoWait(c);
    pending(c);
  }

  /** As {@link #x87}, for those that do not look at pending exceptions. */
  static void x87NoWait(Core c) {
    if ((c.cr0 & (EM | TS)) != 0) {
      throw c.fault(GuestException.NM);
    }
  }

  /** Without CR0.NE the exception would come as an interrupt of the board, which has none. */
  static void pending(Core c) {
    if ((c.fpuStatus & ERROR_SUMMARY) != 0 && (c.cr0 & NE) != 0) {
      throw c.fault(GuestException.MF);
    }
  }

  /** True when the first operand says that this is the form on MMX registers. */
  static boolean onMmx(Insn i) {
    return i.a.kind() == Arg.Kind.MMX || i.b != null && i.b.kind() == Arg.Kind.MMX;
  }

  static void enterMmx(Core c) {
    c.fpuStatus &= ~TOP;
    c.fpuTags = 0;
  }

  static void mmx(Core c, int number, long value) {
    enterMmx(c);
    c.fpuSignificand[number] = value;
    c.fpuSignExponent[number] = 0xffff;
  }

  static Xmm xmm(Core c, int number) {
    return new Xmm(c.xmm[2 * number], c.xmm[2 * number + 1]);
  }

  static void xmm(Core c, int number, Xmm value) {
    c.xmm[2 * number] = value.low();
    c.xmm[2 * number + 1] = value.high();
  }

  /**
   * Linear address of the memory operand.
   *
   * @param aligned to 16 bytes, else #GP
   */
  static long address(Core c, Insn i, int size, boolean write, boolean aligned) {
    long linear = Operands.linear(c, i.segment, Operands.address(c, i), size, write);
    if (aligned && (linear & 15) != 0) {
      throw c.protection();
    }
    return linear;
  }

  /** XMM register or 16 bytes of memory, which must be aligned. */
  static Xmm read(Core c, Insn i, Arg arg) {
    return arg.memory() ? load(c, i, true) : xmm(c, arg.number());
  }

  static Xmm load(Core c, Insn i, boolean aligned) {
    long linear = address(c, i, 16, false, aligned);
    long low = c.mmu.load(linear, 8);
    return new Xmm(low, c.mmu.load(linear + 8, 8));
  }

  static void store(Core c, Insn i, Xmm value, boolean aligned) {
    long linear = address(c, i, 16, true, aligned);
    if (!aligned) {
      c.mmu.checkStore(linear, 16);
    }
    c.mmu.store(linear, 8, value.low());
    c.mmu.store(linear + 8, 8, value.high());
  }

  /** The low {@code size} bytes (at most 8) of any register or of memory, zero-extended. */
  static long scalar(Core c, Insn i, Arg arg, int size) {
    return switch (arg.kind()) {
      case XMM -> c.xmm[2 * arg.number()] & Operands.mask(size);
      case MMX -> c.fpuSignificand[arg.number()] & Operands.mask(size);
      case GPR -> c.gpr[arg.number()] & Operands.mask(size);
      case MEMORY -> c.mmu.load(address(c, i, size, false, false), size);
      default -> throw new AssertionError(arg);
    };
  }

  /** To memory, or zero-extended to a whole general register. */
  static void scalar(Core c, Insn i, Arg arg, int size, long value) {
    if (arg.memory()) {
      c.mmu.store(address(c, i, size, true, false), size, value & Operands.mask(size));
    } else {
      c.gpr[arg.number()] = value & Operands.mask(size);
    }
  }
}
