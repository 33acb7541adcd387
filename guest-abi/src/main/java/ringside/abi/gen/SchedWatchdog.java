package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct sched_watchdog}. Argument of SCHEDOP_watchdog. */
public final class SchedWatchdog extends Snapshot {
  /** in u32: 0 for a new watchdog. */
  public static final AbiOffset ID = new AbiOffset("id", 0, 0, 4, 4);

  /** in u32: seconds until it bites; 0 removes it. */
  public static final AbiOffset TIMEOUT = new AbiOffset("timeout", 4, 4, 4, 4);

  private SchedWatchdog(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static SchedWatchdog of(byte[] bytes, Width width) {
    return new SchedWatchdog(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static SchedWatchdog of(byte[] bytes, int base, Width width) {
    return new SchedWatchdog(bytes, base, width);
  }

  /** A structure of zeros. */
  public static SchedWatchdog zero(Width width) {
    return new SchedWatchdog(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "sched_watchdog";
  }

  /** 0 for a new watchdog. */
  public long id() {
    return getU32(0);
  }

  /** Sets id. */
  public void id(long value) {
    put32(0, value);
  }

  /** Seconds until it bites; 0 removes it. */
  public long timeout() {
    return getU32(4);
  }

  /** Sets timeout. */
  public void timeout(long value) {
    put32(4, value);
  }
}
