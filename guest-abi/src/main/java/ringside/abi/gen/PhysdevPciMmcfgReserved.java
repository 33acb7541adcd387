package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_pci_mmcfg_reserved}. Argument of PHYSDEVOP_pci_mmcfg_reserved. */
public final class PhysdevPciMmcfgReserved extends Snapshot {
  /** in u64: of the configuration space. */
  public static final AbiOffset ADDRESS = new AbiOffset("address", 0, 0, 8, 8);

  /** in u16. */
  public static final AbiOffset SEGMENT = new AbiOffset("segment", 8, 8, 2, 2);

  /** in u8. */
  public static final AbiOffset START_BUS = new AbiOffset("start_bus", 10, 10, 1, 1);

  /** in u8. */
  public static final AbiOffset END_BUS = new AbiOffset("end_bus", 11, 11, 1, 1);

  /** in u32: 1: reserved in the memory map. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 12, 12, 4, 4);

  private PhysdevPciMmcfgReserved(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevPciMmcfgReserved of(byte[] bytes, Width width) {
    return new PhysdevPciMmcfgReserved(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevPciMmcfgReserved of(byte[] bytes, int base, Width width) {
    return new PhysdevPciMmcfgReserved(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevPciMmcfgReserved zero(Width width) {
    return new PhysdevPciMmcfgReserved(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_pci_mmcfg_reserved";
  }

  /** Of the configuration space. */
  public long address() {
    return get64(0);
  }

  /** Sets address. */
  public void address(long value) {
    put64(0, value);
  }

  /** Gets segment. */
  public int segment() {
    return getU16(8);
  }

  /** Sets segment. */
  public void segment(long value) {
    put16(8, value);
  }

  /** Gets start_bus. */
  public int startBus() {
    return getU8(10);
  }

  /** Sets start_bus. */
  public void startBus(long value) {
    put8(10, value);
  }

  /** Gets end_bus. */
  public int endBus() {
    return getU8(11);
  }

  /** Sets end_bus. */
  public void endBus(long value) {
    put8(11, value);
  }

  /** 1: reserved in the memory map. */
  public long flags() {
    return getU32(12);
  }

  /** Sets flags. */
  public void flags(long value) {
    put32(12, value);
  }
}
