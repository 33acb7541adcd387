package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct hvm_modlist_entry}. A module: a file that was loaded beside the kernel. */
public final class HvmModlistEntry extends Snapshot {
  /** out u64: guest-physical address. */
  public static final AbiOffset PADDR = new AbiOffset("paddr", 0, 0, 8, 8);

  /** out u64: in bytes. */
  public static final AbiOffset SIZE = new AbiOffset("size", 8, 8, 8, 8);

  /** out u64: guest-physical address of its command line; 0 is none. */
  public static final AbiOffset CMDLINE_PADDR = new AbiOffset("cmdline_paddr", 16, 16, 8, 8);

  private HvmModlistEntry(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 32;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static HvmModlistEntry of(byte[] bytes, Width width) {
    return new HvmModlistEntry(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static HvmModlistEntry of(byte[] bytes, int base, Width width) {
    return new HvmModlistEntry(bytes, base, width);
  }

  /** A structure of zeros. */
  public static HvmModlistEntry zero(Width width) {
    return new HvmModlistEntry(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "hvm_modlist_entry";
  }

  /** Guest-physical address. */
  public long paddr() {
    return get64(0);
  }

  /** Sets paddr. */
  public void paddr(long value) {
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

  /** Guest-physical address of its command line; 0 is none. */
  public long cmdlinePaddr() {
    return get64(16);
  }

  /** Sets cmdline_paddr. */
  public void cmdlinePaddr(long value) {
    put64(16, value);
  }
}
