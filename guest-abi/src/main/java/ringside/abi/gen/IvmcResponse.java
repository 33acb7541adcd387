package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct ivmc_response}. Second half of a small slot, written by the server before it
 * enqueues the slot in a response ring.
 */
public final class IvmcResponse extends Snapshot {
  /** out u64: of the request. */
  public static final AbiOffset SEQUENCE = new AbiOffset("sequence", 0, 0, 8, 8);

  /** out u32: of the request. */
  public static final AbiOffset EPOCH = new AbiOffset("epoch", 8, 8, 4, 4);

  /** out s32: 0, or a negated errno. */
  public static final AbiOffset STATUS = new AbiOffset("status", 12, 12, 4, 4);

  /** out u32: bytes that were transferred. */
  public static final AbiOffset LENGTH = new AbiOffset("length", 16, 16, 4, 4);

  /** out s64: of a request to a file system server; else 0. */
  public static final AbiOffset RESULT = new AbiOffset("result", 24, 24, 8, 8);

  /** out u64: more of it. */
  public static final AbiOffset EXTRA = new AbiOffset("extra", 32, 32, 8, 8);

  /**
   * out u64: bytes that CPUs have copied in bulk since the server began, its own and those of
   * servers behind it.
   */
  public static final AbiOffset COPIED = new AbiOffset("copied", 40, 40, 8, 8);

  private IvmcResponse(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 64;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcResponse of(byte[] bytes, Width width) {
    return new IvmcResponse(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcResponse of(byte[] bytes, int base, Width width) {
    return new IvmcResponse(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcResponse zero(Width width) {
    return new IvmcResponse(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_response";
  }

  /** Of the request. */
  public long sequence() {
    return get64(0);
  }

  /** Sets sequence. */
  public void sequence(long value) {
    put64(0, value);
  }

  /** Of the request. */
  public long epoch() {
    return getU32(8);
  }

  /** Sets epoch. */
  public void epoch(long value) {
    put32(8, value);
  }

  /** 0, or a negated errno. */
  public int status() {
    return getS32(12);
  }

  /** Sets status. */
  public void status(long value) {
    put32(12, value);
  }

  /** Bytes that were transferred. */
  public long length() {
    return getU32(16);
  }

  /** Sets length. */
  public void length(long value) {
    put32(16, value);
  }

  /** Of a request to a file system server; else 0. */
  public long result() {
    return get64(24);
  }

  /** Sets result. */
  public void result(long value) {
    put64(24, value);
  }

  /** More of it. */
  public long extra() {
    return get64(32);
  }

  /** Sets extra. */
  public void extra(long value) {
    put64(32, value);
  }

  /**
   * Bytes that CPUs have copied in bulk since the server began, its own and those of servers behind
   * it.
   */
  public long copied() {
    return get64(40);
  }

  /** Sets copied. */
  public void copied(long value) {
    put64(40, value);
  }
}
