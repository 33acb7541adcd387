package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct hvm_start_info}. The start info; everything it points to lies below 4 GiB. */
public final class HvmStartInfo extends Snapshot {
  /** out u32, one of XEN_HVM_START. */
  public static final AbiOffset MAGIC = new AbiOffset("magic", 0, 0, 4, 4);

  /** out u32: 1. */
  public static final AbiOffset VERSION = new AbiOffset("version", 4, 4, 4, 4);

  /** out u32, one of SIF. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 8, 8, 4, 4);

  /** out u32: number of modules. */
  public static final AbiOffset NR_MODULES = new AbiOffset("nr_modules", 12, 12, 4, 4);

  /** out u64: guest-physical address of nr_modules struct hvm_modlist_entry. */
  public static final AbiOffset MODLIST_PADDR = new AbiOffset("modlist_paddr", 16, 16, 8, 8);

  /** out u64: guest-physical address of the NUL-terminated command line; 0 is none. */
  public static final AbiOffset CMDLINE_PADDR = new AbiOffset("cmdline_paddr", 24, 24, 8, 8);

  /** out u64: guest-physical address of the ACPI root; 0 is none. */
  public static final AbiOffset RSDP_PADDR = new AbiOffset("rsdp_paddr", 32, 32, 8, 8);

  /** out u64: guest-physical address of memmap_entries struct hvm_memmap_table_entry. */
  public static final AbiOffset MEMMAP_PADDR = new AbiOffset("memmap_paddr", 40, 40, 8, 8);

  /** out u32: number of ranges. */
  public static final AbiOffset MEMMAP_ENTRIES = new AbiOffset("memmap_entries", 48, 48, 4, 4);

  private HvmStartInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 56;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static HvmStartInfo of(byte[] bytes, Width width) {
    return new HvmStartInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static HvmStartInfo of(byte[] bytes, int base, Width width) {
    return new HvmStartInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static HvmStartInfo zero(Width width) {
    return new HvmStartInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "hvm_start_info";
  }

  /** Gets magic. */
  public long magic() {
    return getU32(0);
  }

  /** Sets magic. */
  public void magic(long value) {
    put32(0, value);
  }

  /** 1. */
  public long version() {
    return getU32(4);
  }

  /** Sets version. */
  public void version(long value) {
    put32(4, value);
  }

  /** Gets flags. */
  public long flags() {
    return getU32(8);
  }

  /** Sets flags. */
  public void flags(long value) {
    put32(8, value);
  }

  /** Number of modules. */
  public long nrModules() {
    return getU32(12);
  }

  /** Sets nr_modules. */
  public void nrModules(long value) {
    put32(12, value);
  }

  /** Guest-physical address of nr_modules struct hvm_modlist_entry. */
  public long modlistPaddr() {
    return get64(16);
  }

  /** Sets modlist_paddr. */
  public void modlistPaddr(long value) {
    put64(16, value);
  }

  /** Guest-physical address of the NUL-terminated command line; 0 is none. */
  public long cmdlinePaddr() {
    return get64(24);
  }

  /** Sets cmdline_paddr. */
  public void cmdlinePaddr(long value) {
    put64(24, value);
  }

  /** Guest-physical address of the ACPI root; 0 is none. */
  public long rsdpPaddr() {
    return get64(32);
  }

  /** Sets rsdp_paddr. */
  public void rsdpPaddr(long value) {
    put64(32, value);
  }

  /** Guest-physical address of memmap_entries struct hvm_memmap_table_entry. */
  public long memmapPaddr() {
    return get64(40);
  }

  /** Sets memmap_paddr. */
  public void memmapPaddr(long value) {
    put64(40, value);
  }

  /** Number of ranges. */
  public long memmapEntries() {
    return getU32(48);
  }

  /** Sets memmap_entries. */
  public void memmapEntries(long value) {
    put32(48, value);
  }
}
