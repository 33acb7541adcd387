package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Instructions on the state of x87: initialisation, control and status words, environment, whole
 * state (Intel SDM volume 1, 8.1.10 and 8.3.11).
 *
 * <p>Selectors of the pointers are stored as zero; the opcode field is kept for programs that load
 * it, and never set by an instruction.
 */
public final class X87Control {
  private static final long MP_AND_TS = 2 | 8;

  private X87Control() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(
        FNINIT,
        (c, i) -> {
          Simd.x87NoWait(c);
          X87.initialise(c);
        });
    into.put(
        FNCLEX,
        (c, i) -> {
          Simd.x87NoWait(c);
          c.fpuStatus &= 0x7f00;
        });
    into.put(
        FNSTCW,
        (c, i) -> {
          Simd.x87NoWait(c);
          Operands.write(c, i, i.a, c.fpuControl);
        });
    into.put(
        FNSTSW,
        (c, i) -> {
          Simd.x87NoWait(c);
          Operands.write(c, i, i.a, c.fpuStatus);
        });
    into.put(FLDCW, X87Control::loadControl);
    into.put(FNSTENV, X87Control::storeEnvironment);
    into.put(FLDENV, X87Control::loadEnvironment);
    into.put(FNSAVE, X87Control::save);
    into.put(FRSTOR, X87Control::restore);
    into.put(WAIT, X87Control::await);
    into.put(FNOP, (c, i) -> Simd.x87(c));
    into.put(FNENI, (c, i) -> Simd.x87NoWait(c)); // of the 8087, without effect since then
    into.put(FNDISI, (c, i) -> Simd.x87NoWait(c));
    into.put(FNSETPM, (c, i) -> Simd.x87NoWait(c)); // of the 80287
    into.put(
        EMMS,
        (c, i) -> {
          Simd.mmx(c);
          X87.top(c, 0);
          c.fpuTags = 0xffff;
        });
    into.put(
        FFREE,
        (c, i) -> {
          Simd.x87(c);
          X87.remember(c, i);
          X87.clearC1(c);
          X87.free(c, i.a.number());
        });
    into.put(
        FFREEP,
        (c, i) -> {
          Simd.x87(c);
          X87.remember(c, i);
          X87.clearC1(c);
          X87.free(c, i.a.number());
          X87.pop(c);
        });
    into.put(FINCSTP, (c, i) -> turn(c, i, 1));
    into.put(FDECSTP, (c, i) -> turn(c, i, -1));
  }

  private static void turn(Core c, Insn i, int by) {
    Simd.x87(c);
    X87.remember(c, i);
    X87.top(c, X87.top(c) + by);
    X87.clearC1(c);
  }

  private static void loadControl(Core c, Insn i) {
    Simd.x87(c);
    X87.setControl(c, (int) Operands.read(c, i, i.a));
    X87.summarise(c);
  }

  private static void await(Core c, Insn i) {
    if ((c.cr0 & MP_AND_TS) == MP_AND_TS) {
      throw c.fault(GuestException.NM);
    }
    Simd.pending(c);
  }

  private static void storeEnvironment(Core c, Insn i) {
    Simd.x87NoWait(c);
    int size = field(i);
    long at = Simd.address(c, i, 7 * size, true, false);
    c.mmu.checkStore(at, 7 * size);
    storeEnvironment(c, at, size);
    c.fpuControl |= 0x3f;
    X87.summarise(c);
  }

  private static void save(Core c, Insn i) {
    Simd.x87NoWait(c);
    int size = field(i);
    long at = Simd.address(c, i, 7 * size + 80, true, false);
    c.mmu.checkStore(at, 7 * size + 80);
    storeEnvironment(c, at, size);
    for (int k = 0; k < 8; k++) {
      int n = X87.physical(c, k);
      c.mmu.store(at + 7 * size + 10 * k, 8, c.fpuSignificand[n]);
      c.mmu.store(at + 7 * size + 10 * k + 8, 2, c.fpuSignExponent[n]);
    }
    X87.initialise(c);
  }

  private static void loadEnvironment(Core c, Insn i) {
    Simd.x87(c);
    int size = field(i);
    long at = Simd.address(c, i, 7 * size, false, false);
    c.mmu.checkLoad(at, 7 * size);
    loadEnvironment(c, at, size);
    X87.summarise(c);
  }

  private static void restore(Core c, Insn i) {
    Simd.x87(c);
    int size = field(i);
    long at = Simd.address(c, i, 7 * size + 80, false, false);
    c.mmu.checkLoad(at, 7 * size + 80);
    loadEnvironment(c, at, size);
    for (int k = 0; k < 8; k++) {
      int n = X87.physical(c, k);
      c.fpuSignificand[n] = c.mmu.load(at + 7 * size + 10 * k, 8);
      c.fpuSignExponent[n] = (int) c.mmu.load(at + 7 * size + 10 * k + 8, 2);
    }
    X87.summarise(c);
  }

  /** Bytes of a field of the environment. */
  private static int field(Insn i) {
    return i.operandSize == 2 ? 2 : 4;
  }

  /** Real mode and virtual-8086 mode keep pointers as linear addresses with the opcode on top. */
  private static boolean linearPointers(Core c) {
    return !c.protectedMode() || (c.flags & 1 << 17) != 0;
  }

  private static void storeEnvironment(Core c, long at, int size) {
    long fill = size == 4 ? 0xffff_0000L : 0;
    c.mmu.store(at, size, c.fpuControl | fill);
    c.mmu.store(at + size, size, c.fpuStatus | fill);
    c.mmu.store(at + 2 * size, size, X87.tags(c) | fill);
    long ip = c.fpuIp & 0xffff_ffffL;
    long dp = c.fpuDp & 0xffff_ffffL;
    if (linearPointers(c)) {
      c.mmu.store(at + 3 * size, size, ip & 0xffff | fill);
      c.mmu.store(at + 4 * size, size, ip >> 16 << 12 & topMask(size) | c.fpuOpcode);
      c.mmu.store(at + 5 * size, size, dp & 0xffff | fill);
      c.mmu.store(at + 6 * size, size, dp >> 16 << 12 & topMask(size));
    } else {
      c.mmu.store(at + 3 * size, size, ip & Operands.mask(size));
      c.mmu.store(at + 4 * size, size, size == 4 ? (long) c.fpuOpcode << 16 : 0);
      c.mmu.store(at + 5 * size, size, dp & Operands.mask(size));
      c.mmu.store(at + 6 * size, size, fill);
    }
  }

  private static long topMask(int size) {
    return size == 4 ? 0xfff_f000L : 0xf000;
  }

  private static void loadEnvironment(Core c, long at, int size) {
    X87.setControl(c, (int) c.mmu.load(at, 2));
    c.fpuStatus = (int) c.mmu.load(at + size, 2);
    X87.tags(c, (int) c.mmu.load(at + 2 * size, 2));
    long ip = c.mmu.load(at + 3 * size, size);
    long ipTop = c.mmu.load(at + 4 * size, size);
    long dp = c.mmu.load(at + 5 * size, size);
    long dpTop = c.mmu.load(at + 6 * size, size);
    if (linearPointers(c)) {
      c.fpuIp = ip & 0xffff | (ipTop & topMask(size)) >> 12 << 16;
      c.fpuDp = dp & 0xffff | (dpTop & topMask(size)) >> 12 << 16;
      c.fpuOpcode = (int) ipTop & 0x7ff;
    } else {
      c.fpuIp = ip;
      c.fpuDp = dp;
      c.fpuOpcode = size == 4 ? (int) (ipTop >> 16) & 0x7ff : 0;
    }
  }
}
