package ringside.cpu;

/**
 * May the present code use a port: IOPL, then the I/O permission bitmap of the TSS (Intel SDM
 * volume 1, 19.5).
 *
 * <p>Does not raise the page fault of a bitmap that is not mapped: such a port is refused.
 */
public final class IoPermission {
  private static final long CR0_PE = 1;
  private static final int IOPL_SHIFT = 12;
  private static final long BITMAP_OFFSET = 0x66;
  private static final int TSS_LIMIT = 0x67;

  private IoPermission() {}

  /**
   * @param size bytes: 1, 2 or 4
   */
  public static boolean allowed(ProcessorState state, SystemMemory memory, int port, int size) {
    long iopl = state.get(Register.RFLAGS) >>> IOPL_SHIFT & 3;
    if ((state.get(Register.CR0) & CR0_PE) == 0 || state.cpl() <= iopl) {
      return true;
    }
    Segment tss = state.segment(SegmentRegister.TR);
    if (!tss.present() || (tss.type() & 8) == 0 || tss.limit() < TSS_LIMIT) {
      return false;
    }
    try {
      long at = memory.read(tss.base() + BITMAP_OFFSET, 2) + (port >>> 3);
      if (at + 1 > tss.limit()) {
        return false;
      }
      long bits = memory.read(tss.base() + at, 2) >>> (port & 7);
      return (bits & (1 << size) - 1) == 0;
    } catch (SystemMemory.Fault e) {
      return false;
    }
  }
}
