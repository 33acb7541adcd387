package ringside.cpu.jvm.ops;

import java.util.ArrayList;
import java.util.List;
import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Operands;

/**
 * The stack that the TSS names for a more privileged level (Intel SDM volume 3, 5.8.5).
 *
 * <p>Invariant: nothing is written before {@link #write}, which writes all or raises.
 */
final class InnerStack {
  private static final int TR = SegmentRegister.TR.ordinal();
  private static final int WIDE = 8;

  private final Core c;
  private final Segment segment;
  private final long top;
  private final int slot;
  private final List<Long> values = new ArrayList<>();

  private InnerStack(Core c, Segment segment, long top, int slot) {
    this.c = c;
    this.segment = segment;
    this.top = top;
    this.slot = slot;
  }

  static InnerStack of(Core c, int level, int slot) {
    if (c.longModeActive()) {
      long pointer = fromTss(c, 4 + 8L * level, 8);
      if (pointer << 16 >> 16 != pointer) {
        throw c.fault(GuestException.SS, 0);
      }
      return new InnerStack(c, SegmentLoads.nullStack(level), pointer, slot);
    }
    boolean wide = (c.segmentAttributes[TR] & WIDE) != 0;
    long pointer = fromTss(c, wide ? 4 + 8L * level : 2 + 4L * level, wide ? 4 : 2);
    int selector = (int) fromTss(c, wide ? 8 + 8L * level : 4 + 4L * level, 2);
    Segment stack = SegmentLoads.stack(c, selector, level, GuestException.TS);
    return new InnerStack(c, stack, pointer, slot);
  }

  private static long fromTss(Core c, long offset, int size) {
    if (offset + size - 1 > c.segmentLimit[TR]) {
      throw Descriptors.fault(c, GuestException.TS, c.selector[TR]);
    }
    return c.mmu.loadSystem(Descriptors.linear(c, c.segmentBase[TR] + offset), size);
  }

  Segment segment() {
    return segment;
  }

  void push(long value) {
    values.add(value);
  }

  /** Below what was pushed. */
  long pointer() {
    return top - (long) values.size() * slot & mask();
  }

  private long mask() {
    return c.longModeActive() ? -1 : segment.big() ? 0xffff_ffffL : 0xffff;
  }

  void write() {
    for (int n = 0; n < values.size(); n++) {
      c.mmu.checkStoreSystem(address(n), slot);
    }
    for (int n = 0; n < values.size(); n++) {
      c.mmu.storeSystem(address(n), slot, values.get(n) & Operands.mask(slot));
    }
  }

  private long address(int index) {
    long offset = top - (index + 1L) * slot & mask();
    if (!c.longModeActive()) {
      boolean down = (segment.type() & 4) != 0;
      long last = offset + slot - 1;
      boolean inside = down ? offset > segment.limit() && last <= mask() : last <= segment.limit();
      if (!inside) {
        throw Descriptors.fault(c, GuestException.SS, segment.selector());
      }
    }
    return Descriptors.linear(c, segment.base() + offset);
  }
}
