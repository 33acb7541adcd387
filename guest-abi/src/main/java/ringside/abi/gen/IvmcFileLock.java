package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_file_lock}. struct flock. */
public final class IvmcFileLock extends Snapshot {
  /** inout s16: F_RDLCK, F_WRLCK, F_UNLCK. */
  public static final AbiOffset TYPE = new AbiOffset("type", 0, 0, 2, 2);

  /** inout s16: SEEK_SET, SEEK_CUR, SEEK_END; of a request: SEEK_SET. */
  public static final AbiOffset WHENCE = new AbiOffset("whence", 2, 2, 2, 2);

  /** inout u32: F_GETLK: the holder. */
  public static final AbiOffset PROCESS = new AbiOffset("process", 4, 4, 4, 4);

  /** inout s64: offset. */
  public static final AbiOffset START = new AbiOffset("start", 8, 8, 8, 8);

  /** inout s64: 0: to the end of any file. */
  public static final AbiOffset LENGTH = new AbiOffset("length", 16, 16, 8, 8);

  private IvmcFileLock(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcFileLock of(byte[] bytes, Width width) {
    return new IvmcFileLock(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcFileLock of(byte[] bytes, int base, Width width) {
    return new IvmcFileLock(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcFileLock zero(Width width) {
    return new IvmcFileLock(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_file_lock";
  }

  /** F_RDLCK, F_WRLCK, F_UNLCK. */
  public int type() {
    return getS16(0);
  }

  /** Sets type. */
  public void type(long value) {
    put16(0, value);
  }

  /** SEEK_SET, SEEK_CUR, SEEK_END; of a request: SEEK_SET. */
  public int whence() {
    return getS16(2);
  }

  /** Sets whence. */
  public void whence(long value) {
    put16(2, value);
  }

  /** F_GETLK: the holder. */
  public long process() {
    return getU32(4);
  }

  /** Sets process. */
  public void process(long value) {
    put32(4, value);
  }

  /** Offset. */
  public long start() {
    return get64(8);
  }

  /** Sets start. */
  public void start(long value) {
    put64(8, value);
  }

  /** 0: to the end of any file. */
  public long length() {
    return get64(16);
  }

  /** Sets length. */
  public void length(long value) {
    put64(16, value);
  }
}
