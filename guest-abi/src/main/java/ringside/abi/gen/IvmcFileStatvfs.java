package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_file_statvfs}. struct statvfs. */
public final class IvmcFileStatvfs extends Snapshot {
  /** out u64: size of a block. */
  public static final AbiOffset BLOCK_BYTES = new AbiOffset("block_bytes", 0, 0, 8, 8);

  /** out u64: in all. */
  public static final AbiOffset BLOCKS = new AbiOffset("blocks", 8, 8, 8, 8);

  /** out u64: for uid 0. */
  public static final AbiOffset BLOCKS_FREE = new AbiOffset("blocks_free", 16, 16, 8, 8);

  /** out u64: for others. */
  public static final AbiOffset BLOCKS_AVAILABLE = new AbiOffset("blocks_available", 24, 24, 8, 8);

  /** out u64: inodes in all. */
  public static final AbiOffset FILES = new AbiOffset("files", 32, 32, 8, 8);

  /** out u64: inodes left. */
  public static final AbiOffset FILES_FREE = new AbiOffset("files_free", 40, 40, 8, 8);

  /** out u64: longest name. */
  public static final AbiOffset NAME_MAX = new AbiOffset("name_max", 48, 48, 8, 8);

  /** out u64: 0 or 1. */
  public static final AbiOffset READ_ONLY = new AbiOffset("read_only", 56, 56, 8, 8);

  private IvmcFileStatvfs(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 64;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcFileStatvfs of(byte[] bytes, Width width) {
    return new IvmcFileStatvfs(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcFileStatvfs of(byte[] bytes, int base, Width width) {
    return new IvmcFileStatvfs(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcFileStatvfs zero(Width width) {
    return new IvmcFileStatvfs(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_file_statvfs";
  }

  /** Size of a block. */
  public long blockBytes() {
    return get64(0);
  }

  /** Sets block_bytes. */
  public void blockBytes(long value) {
    put64(0, value);
  }

  /** In all. */
  public long blocks() {
    return get64(8);
  }

  /** Sets blocks. */
  public void blocks(long value) {
    put64(8, value);
  }

  /** For uid 0. */
  public long blocksFree() {
    return get64(16);
  }

  /** Sets blocks_free. */
  public void blocksFree(long value) {
    put64(16, value);
  }

  /** For others. */
  public long blocksAvailable() {
    return get64(24);
  }

  /** Sets blocks_available. */
  public void blocksAvailable(long value) {
    put64(24, value);
  }

  /** Inodes in all. */
  public long files() {
    return get64(32);
  }

  /** Sets files. */
  public void files(long value) {
    put64(32, value);
  }

  /** Inodes left. */
  public long filesFree() {
    return get64(40);
  }

  /** Sets files_free. */
  public void filesFree(long value) {
    put64(40, value);
  }

  /** Longest name. */
  public long nameMax() {
    return get64(48);
  }

  /** Sets name_max. */
  public void nameMax(long value) {
    put64(48, value);
  }

  /** 0 or 1. */
  public long readOnly() {
    return get64(56);
  }

  /** Sets read_only. */
  public void readOnly(long value) {
    put64(56, value);
  }
}
