package ringside.cpu.jvm.ops;

import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.CpuFault;

/** Descriptors of GDT and LDT (Intel SDM volume 3, 3.4.5 and 3.5). Selectors have 16 bits. */
final class Descriptors {
  static final int TSS_16 = 1;
  static final int LDT = 2;
  static final int BUSY = 2;
  static final int CALL_GATE_16 = 4;
  static final int TSS_32 = 9;
  static final int CALL_GATE_32 = 12;

  private static final int TABLE_INDICATOR = 4;
  private static final int LDTR = SegmentRegister.LDTR.ordinal();
  private static final int PRESENT = 0x80;
  private static final int TYPE_BYTE = 5;

  private Descriptors() {}

  static boolean isNull(int selector) {
    return (selector & 0xfffc) == 0;
  }

  /** The fault that names a selector in its error code. */
  static CpuFault fault(Core c, int vector, int selector) {
    return c.fault(vector, selector & 0xfffc);
  }

  static CpuFault protection(Core c, int selector) {
    return fault(c, GuestException.GP, selector);
  }

  /** Linear address of a descriptor, or -1 when it is beyond its table's limit. */
  static long find(Core c, int selector) {
    long base = c.gdtrBase;
    long limit = c.gdtrLimit;
    if ((selector & TABLE_INDICATOR) != 0) {
      base = c.segmentBase[LDTR];
      limit = (c.segmentAttributes[LDTR] & PRESENT) != 0 ? c.segmentLimit[LDTR] : -1;
    }
    return (selector | 7) > limit ? -1 : linear(c, base + (selector & 0xfff8));
  }

  /**
   * As {@link #find}.
   *
   * @throws CpuFault {@code vector} with the selector, beyond the limit
   */
  static long slot(Core c, int selector, int vector) {
    long slot = find(c, selector);
    if (slot == -1) {
      throw fault(c, vector, selector);
    }
    return slot;
  }

  /** The 8 bytes at an address of {@link #find}. */
  static long raw(Core c, long slot) {
    return c.mmu.loadSystem(slot, 8);
  }

  static Segment segment(int selector, long raw) {
    return Segment.ofDescriptor(selector, (int) raw, (int) (raw >>> 32));
  }

  /** The descriptor behind a selector; see {@link #slot}. */
  static Segment read(Core c, int selector, int vector) {
    return segment(selector, raw(c, slot(c, selector, vector)));
  }

  /** Sets the accessed bit in memory; the segment as it is then. */
  static Segment accessed(Core c, Segment s) {
    if ((s.attributes() & 1) != 0) {
      return s;
    }
    long at = slot(c, s.selector(), GuestException.GP) + TYPE_BYTE;
    c.mmu.storeSystem(at, 1, c.mmu.loadSystem(at, 1) | 1);
    return new Segment(s.selector(), s.base(), s.limit(), s.attributes() | 1);
  }

  /** The busy bit of a TSS that is loaded. */
  static void markBusy(Core c, int selector) {
    long at = slot(c, selector, GuestException.GP) + TYPE_BYTE;
    c.mmu.storeSystem(at, 1, c.mmu.loadSystem(at, 1) | BUSY);
  }

  /** Outside long mode linear addresses wrap at 4 GiB. */
  static long linear(Core c, long address) {
    return c.longModeActive() ? address : address & 0xffff_ffffL;
  }
}
