package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_file_time}. struct timespec. */
public final class IvmcFileTime extends Snapshot {
  /** inout s64: since 1970. */
  public static final AbiOffset SECONDS = new AbiOffset("seconds", 0, 0, 8, 8);

  /** inout u32: or UTIME_NOW, UTIME_OMIT. */
  public static final AbiOffset NANOSECONDS = new AbiOffset("nanoseconds", 8, 8, 4, 4);

  private IvmcFileTime(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcFileTime of(byte[] bytes, Width width) {
    return new IvmcFileTime(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcFileTime of(byte[] bytes, int base, Width width) {
    return new IvmcFileTime(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcFileTime zero(Width width) {
    return new IvmcFileTime(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_file_time";
  }

  /** Since 1970. */
  public long seconds() {
    return get64(0);
  }

  /** Sets seconds. */
  public void seconds(long value) {
    put64(0, value);
  }

  /** Or UTIME_NOW, UTIME_OMIT. */
  public long nanoseconds() {
    return getU32(8);
  }

  /** Sets nanoseconds. */
  public void nanoseconds(long value) {
    put32(8, value);
  }
}
