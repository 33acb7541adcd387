package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct sched_shutdown}. Argument of SCHEDOP_shutdown and SCHEDOP_shutdown_code. */
public final class SchedShutdown extends Snapshot {
  /** in u32, one of SHUTDOWN. */
  public static final AbiOffset REASON = new AbiOffset("reason", 0, 0, 4, 4);

  private SchedShutdown(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static SchedShutdown of(byte[] bytes, Width width) {
    return new SchedShutdown(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static SchedShutdown of(byte[] bytes, int base, Width width) {
    return new SchedShutdown(bytes, base, width);
  }

  /** A structure of zeros. */
  public static SchedShutdown zero(Width width) {
    return new SchedShutdown(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "sched_shutdown";
  }

  /** Gets reason. */
  public long reason() {
    return getU32(0);
  }

  /** Sets reason. */
  public void reason(long value) {
    put32(0, value);
  }
}
