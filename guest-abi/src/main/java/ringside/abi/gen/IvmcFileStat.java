package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_file_stat}. struct stat. */
public final class IvmcFileStat extends Snapshot {
  /** out u64: of the volume. */
  public static final AbiOffset DEVICE = new AbiOffset("device", 0, 0, 8, 8);

  /** out u64: inode. */
  public static final AbiOffset INO = new AbiOffset("ino", 8, 8, 8, 8);

  /** out u32: kind and permissions. */
  public static final AbiOffset MODE = new AbiOffset("mode", 16, 16, 4, 4);

  /** out u32: names it has. */
  public static final AbiOffset LINKS = new AbiOffset("links", 20, 20, 4, 4);

  /** out u32: owner. */
  public static final AbiOffset UID = new AbiOffset("uid", 24, 24, 4, 4);

  /** out u32: group. */
  public static final AbiOffset GID = new AbiOffset("gid", 28, 28, 4, 4);

  /** out u64: of a device file. */
  public static final AbiOffset RDEV = new AbiOffset("rdev", 32, 32, 8, 8);

  /** out u64: bytes. */
  public static final AbiOffset SIZE = new AbiOffset("size", 40, 40, 8, 8);

  /** out u64: of 512 bytes. */
  public static final AbiOffset BLOCKS = new AbiOffset("blocks", 48, 48, 8, 8);

  /** out u32: size that transfers should have multiples of. */
  public static final AbiOffset BLOCK_BYTES = new AbiOffset("block_bytes", 56, 56, 4, 4);

  /** out u32: of the inode, for REOPEN. */
  public static final AbiOffset GENERATION = new AbiOffset("generation", 60, 60, 4, 4);

  /** out struct ivmc_file_time. */
  public static final AbiOffset ACCESSED = new AbiOffset("accessed", 64, 64, 16, 16);

  /** out struct ivmc_file_time. */
  public static final AbiOffset MODIFIED = new AbiOffset("modified", 80, 80, 16, 16);

  /** out struct ivmc_file_time. */
  public static final AbiOffset CHANGED = new AbiOffset("changed", 96, 96, 16, 16);

  private IvmcFileStat(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 112;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcFileStat of(byte[] bytes, Width width) {
    return new IvmcFileStat(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcFileStat of(byte[] bytes, int base, Width width) {
    return new IvmcFileStat(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcFileStat zero(Width width) {
    return new IvmcFileStat(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_file_stat";
  }

  /** Of the volume. */
  public long device() {
    return get64(0);
  }

  /** Sets device. */
  public void device(long value) {
    put64(0, value);
  }

  /** Inode. */
  public long ino() {
    return get64(8);
  }

  /** Sets ino. */
  public void ino(long value) {
    put64(8, value);
  }

  /** Kind and permissions. */
  public long mode() {
    return getU32(16);
  }

  /** Sets mode. */
  public void mode(long value) {
    put32(16, value);
  }

  /** Names it has. */
  public long links() {
    return getU32(20);
  }

  /** Sets links. */
  public void links(long value) {
    put32(20, value);
  }

  /** Owner. */
  public long uid() {
    return getU32(24);
  }

  /** Sets uid. */
  public void uid(long value) {
    put32(24, value);
  }

  /** Group. */
  public long gid() {
    return getU32(28);
  }

  /** Sets gid. */
  public void gid(long value) {
    put32(28, value);
  }

  /** Of a device file. */
  public long rdev() {
    return get64(32);
  }

  /** Sets rdev. */
  public void rdev(long value) {
    put64(32, value);
  }

  /** Bytes. */
  public long size() {
    return get64(40);
  }

  /** Sets size. */
  public void size(long value) {
    put64(40, value);
  }

  /** Of 512 bytes. */
  public long blocks() {
    return get64(48);
  }

  /** Sets blocks. */
  public void blocks(long value) {
    put64(48, value);
  }

  /** Size that transfers should have multiples of. */
  public long blockBytes() {
    return getU32(56);
  }

  /** Sets block_bytes. */
  public void blockBytes(long value) {
    put32(56, value);
  }

  /** Of the inode, for REOPEN. */
  public long generation() {
    return getU32(60);
  }

  /** Sets generation. */
  public void generation(long value) {
    put32(60, value);
  }

  /** The nested structure, over the same bytes. */
  public IvmcFileTime accessed() {
    return IvmcFileTime.of(bytes, base + 64, width());
  }

  /** The nested structure, over the same bytes. */
  public IvmcFileTime modified() {
    return IvmcFileTime.of(bytes, base + 80, width());
  }

  /** The nested structure, over the same bytes. */
  public IvmcFileTime changed() {
    return IvmcFileTime.of(bytes, base + 96, width());
  }
}
