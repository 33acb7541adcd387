package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Loads of ES, SS, DS, FS and GS (Intel SDM volume 2, MOV and LDS; volume 3, 5.6 and 5.7).
 *
 * <p>Invariant: all checks come before the accessed bit is set and the register changes.
 */
public final class SegmentLoads {
  private static final int ES = 0;
  private static final int SS = 2;
  private static final int DS = 3;
  private static final int FS = 4;
  private static final int GS = 5;
  private static final int REAL_ATTRIBUTES = 0x93;
  private static final SegmentRegister[] REGISTERS = SegmentRegister.values();

  private SegmentLoads() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.LES, (c, i) -> far(c, i, ES));
    into.put(Mnemonic.LSS, (c, i) -> far(c, i, SS));
    into.put(Mnemonic.LDS, (c, i) -> far(c, i, DS));
    into.put(Mnemonic.LFS, (c, i) -> far(c, i, FS));
    into.put(Mnemonic.LGS, (c, i) -> far(c, i, GS));
  }

  private static void far(Core c, Insn i, int register) {
    int size = i.operandSize;
    long at = Operands.address(c, i);
    long mask = Operands.mask(i.addressSize);
    long pointer = Operands.load(c, i.segment, at, size);
    int selector = (int) Operands.load(c, i.segment, at + size & mask, 2);
    load(c, register, selector);
    Operands.setGpr(c, i.a.number(), size, pointer);
  }

  /** MOV and POP: behind a load of SS no interrupt comes before the next instruction. */
  public static void move(Core c, int register, int selector) {
    load(c, register, selector);
    c.shadow = register == SS;
  }

  /**
   * Loads a register other than CS.
   *
   * @throws ringside.cpu.jvm.CpuFault #GP, #SS or #NP
   */
  static void load(Core c, int register, int selector) {
    if (!c.protectedMode()) {
      Segment old = c.state.segment(REGISTERS[register]);
      set(c, register, new Segment(selector, selector << 4, old.limit(), REAL_ATTRIBUTES));
    } else if (register == SS) {
      set(c, SS, stack(c, selector, c.cpl, GuestException.GP));
    } else {
      set(c, register, data(c, selector));
    }
  }

  private static void set(Core c, int register, Segment segment) {
    c.state.segment(REGISTERS[register], segment);
  }

  private static Segment data(Core c, int selector) {
    if (Descriptors.isNull(selector)) {
      return Segment.nullSegment(selector);
    }
    Segment s = Descriptors.read(c, selector, GuestException.GP);
    boolean readable = s.codeOrData() && (!s.code() || (s.type() & 2) != 0);
    boolean privileged = !s.conforming() && Math.max(selector & 3, c.cpl) > s.dpl();
    if (!readable || privileged) {
      throw Descriptors.protection(c, selector);
    }
    if (!s.present()) {
      throw Descriptors.fault(c, GuestException.NP, selector);
    }
    return Descriptors.accessed(c, s);
  }

  /**
   * A stack segment for a level, checked, its accessed bit set.
   *
   * @param vector of the fault when it is not one: #GP, or #TS when a TSS names it
   */
  static Segment stack(Core c, int selector, int level, int vector) {
    if (Descriptors.isNull(selector)) {
      if (c.long64() && level < 3 && (selector & 3) == level) {
        return nullStack(level);
      }
      throw c.fault(vector, 0);
    }
    Segment s = Descriptors.read(c, selector, vector);
    if ((selector & 3) != level || s.dpl() != level || !s.writableData()) {
      throw Descriptors.fault(c, vector, selector);
    }
    if (!s.present()) {
      throw Descriptors.fault(c, GuestException.SS, selector);
    }
    return Descriptors.accessed(c, s);
  }

  /** What SS is for a level of 64-bit mode that has no descriptor for it. */
  static Segment nullStack(int level) {
    return Segment.nullSegment(level);
  }

  /** Data segments that a level less privileged may not keep become null (volume 2, RET). */
  static void dropPrivileged(Core c) {
    for (int register : new int[] {ES, DS, FS, GS}) {
      Segment s = c.state.segment(REGISTERS[register]);
      boolean usable = (s.attributes() & Segment.UNUSABLE) == 0;
      if (usable && !s.conforming() && s.dpl() < c.cpl) {
        set(c, register, Segment.nullSegment(0));
      }
    }
  }
}
