package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct ivmc_file_request}. The first half of a small slot, as struct ivmc_request is; what
 * a field means is said with each operation. Paths and names end with a NUL within their length.
 */
public final class IvmcFileRequest extends Snapshot {
  /** in u64: as in struct ivmc_request. */
  public static final AbiOffset SEQUENCE = new AbiOffset("sequence", 0, 0, 8, 8);

  /** in u32: as in struct ivmc_request. */
  public static final AbiOffset EPOCH = new AbiOffset("epoch", 8, 8, 4, 4);

  /** in u16, one of IVMC_FILE. */
  public static final AbiOffset OP = new AbiOffset("op", 12, 12, 2, 2);

  /** in u16: 0. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 14, 14, 2, 2);

  /** in s32: a descriptor, or AT_FDCWD. */
  public static final AbiOffset FD = new AbiOffset("fd", 16, 16, 4, 4);

  /** in s32: another. */
  public static final AbiOffset FD2 = new AbiOffset("fd2", 20, 20, 4, 4);

  /** in u64: in the file. */
  public static final AbiOffset OFFSET = new AbiOffset("offset", 24, 24, 8, 8);

  /** in u64: offset in the data area. */
  public static final AbiOffset DATA = new AbiOffset("data", 32, 32, 8, 8);

  /** in u64: another. */
  public static final AbiOffset DATA2 = new AbiOffset("data2", 40, 40, 8, 8);

  /** in u32: bytes at data. */
  public static final AbiOffset LENGTH = new AbiOffset("length", 48, 48, 4, 4);

  /** in u32: bytes at data2. */
  public static final AbiOffset LENGTH2 = new AbiOffset("length2", 52, 52, 4, 4);

  /** in u32: permissions, and others. */
  public static final AbiOffset MODE = new AbiOffset("mode", 56, 56, 4, 4);

  /** in u32: flags, and others. */
  public static final AbiOffset ARG = new AbiOffset("arg", 60, 60, 4, 4);

  private IvmcFileRequest(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 64;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcFileRequest of(byte[] bytes, Width width) {
    return new IvmcFileRequest(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcFileRequest of(byte[] bytes, int base, Width width) {
    return new IvmcFileRequest(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcFileRequest zero(Width width) {
    return new IvmcFileRequest(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_file_request";
  }

  /** As in struct ivmc_request. */
  public long sequence() {
    return get64(0);
  }

  /** Sets sequence. */
  public void sequence(long value) {
    put64(0, value);
  }

  /** As in struct ivmc_request. */
  public long epoch() {
    return getU32(8);
  }

  /** Sets epoch. */
  public void epoch(long value) {
    put32(8, value);
  }

  /** Gets op. */
  public int op() {
    return getU16(12);
  }

  /** Sets op. */
  public void op(long value) {
    put16(12, value);
  }

  /** 0. */
  public int flags() {
    return getU16(14);
  }

  /** Sets flags. */
  public void flags(long value) {
    put16(14, value);
  }

  /** A descriptor, or AT_FDCWD. */
  public int fd() {
    return getS32(16);
  }

  /** Sets fd. */
  public void fd(long value) {
    put32(16, value);
  }

  /** Another. */
  public int fd2() {
    return getS32(20);
  }

  /** Sets fd2. */
  public void fd2(long value) {
    put32(20, value);
  }

  /** In the file. */
  public long offset() {
    return get64(24);
  }

  /** Sets offset. */
  public void offset(long value) {
    put64(24, value);
  }

  /** Offset in the data area. */
  public long data() {
    return get64(32);
  }

  /** Sets data. */
  public void data(long value) {
    put64(32, value);
  }

  /** Another. */
  public long data2() {
    return get64(40);
  }

  /** Sets data2. */
  public void data2(long value) {
    put64(40, value);
  }

  /** Bytes at data. */
  public long length() {
    return getU32(48);
  }

  /** Sets length. */
  public void length(long value) {
    put32(48, value);
  }

  /** Bytes at data2. */
  public long length2() {
    return getU32(52);
  }

  /** Sets length2. */
  public void length2(long value) {
    put32(52, value);
  }

  /** Permissions, and others. */
  public long mode() {
    return getU32(56);
  }

  /** Sets mode. */
  public void mode(long value) {
    put32(56, value);
  }

  /** Flags, and others. */
  public long arg() {
    return getU32(60);
  }

  /** Sets arg. */
  public void arg(long value) {
    put32(60, value);
  }
}
