package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_request}. First half of a small slot, written by the client. */
public final class IvmcRequest extends Snapshot {
  /** in u64: rises by one with each request of the client, through all epochs. */
  public static final AbiOffset SEQUENCE = new AbiOffset("sequence", 0, 0, 8, 8);

  /** in u32: of the channel when it was sent. */
  public static final AbiOffset EPOCH = new AbiOffset("epoch", 8, 8, 4, 4);

  /** in u16, one of IVMC_OP. */
  public static final AbiOffset OP = new AbiOffset("op", 12, 12, 2, 2);

  /** in u16, one of IVMC_FLAGS. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 14, 14, 2, 2);

  /** in u64: first block. */
  public static final AbiOffset BLOCK = new AbiOffset("block", 16, 16, 8, 8);

  /** in u32: bytes, a multiple of block_bytes; 0 for a flush. */
  public static final AbiOffset LENGTH = new AbiOffset("length", 24, 24, 4, 4);

  /** in u32: index of its large slot (copy), or 0xffffffff. */
  public static final AbiOffset LARGE = new AbiOffset("large", 28, 28, 4, 4);

  /**
   * in u64: offset of its data in the data area, or in the region whose number stands above; 0 when
   * it has none.
   */
  public static final AbiOffset DATA = new AbiOffset("data", 32, 32, 8, 8);

  private IvmcRequest(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 64;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcRequest of(byte[] bytes, Width width) {
    return new IvmcRequest(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcRequest of(byte[] bytes, int base, Width width) {
    return new IvmcRequest(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcRequest zero(Width width) {
    return new IvmcRequest(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_request";
  }

  /** Rises by one with each request of the client, through all epochs. */
  public long sequence() {
    return get64(0);
  }

  /** Sets sequence. */
  public void sequence(long value) {
    put64(0, value);
  }

  /** Of the channel when it was sent. */
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

  /** Gets flags. */
  public int flags() {
    return getU16(14);
  }

  /** Sets flags. */
  public void flags(long value) {
    put16(14, value);
  }

  /** First block. */
  public long block() {
    return get64(16);
  }

  /** Sets block. */
  public void block(long value) {
    put64(16, value);
  }

  /** Bytes, a multiple of block_bytes; 0 for a flush. */
  public long length() {
    return getU32(24);
  }

  /** Sets length. */
  public void length(long value) {
    put32(24, value);
  }

  /** Index of its large slot (copy), or 0xffffffff. */
  public long large() {
    return getU32(28);
  }

  /** Sets large. */
  public void large(long value) {
    put32(28, value);
  }

  /**
   * Offset of its data in the data area, or in the region whose number stands above; 0 when it has
   * none.
   */
  public long data() {
    return get64(32);
  }

  /** Sets data. */
  public void data(long value) {
    put64(32, value);
  }
}
