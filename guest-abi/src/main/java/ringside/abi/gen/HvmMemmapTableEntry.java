package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct hvm_memmap_table_entry}. A range of the memory map. */
public final class HvmMemmapTableEntry extends Snapshot {
  /** out u64: first byte. */
  public static final AbiOffset ADDR = new AbiOffset("addr", 0, 0, 8, 8);

  /** out u64: in bytes. */
  public static final AbiOffset SIZE = new AbiOffset("size", 8, 8, 8, 8);

  /** out u32, one of XEN_HVM_MEMMAP_TYPE. */
  public static final AbiOffset TYPE = new AbiOffset("type", 16, 16, 4, 4);

  private HvmMemmapTableEntry(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static HvmMemmapTableEntry of(byte[] bytes, Width width) {
    return new HvmMemmapTableEntry(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static HvmMemmapTableEntry of(byte[] bytes, int base, Width width) {
    return new HvmMemmapTableEntry(bytes, base, width);
  }

  /** A structure of zeros. */
  public static HvmMemmapTableEntry zero(Width width) {
    return new HvmMemmapTableEntry(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "hvm_memmap_table_entry";
  }

  /** First byte. */
  public long addr() {
    return get64(0);
  }

  /** Sets addr. */
  public void addr(long value) {
    put64(0, value);
  }

  /** In bytes. */
  public long size() {
    return get64(8);
  }

  /** Sets size. */
  public void size(long value) {
    put64(8, value);
  }

  /** Gets type. */
  public long type() {
    return getU32(16);
  }

  /** Sets type. */
  public void type(long value) {
    put32(16, value);
  }
}
