package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_pci_device}. Argument of PHYSDEVOP_pci_device_remove and others. */
public final class PhysdevPciDevice extends Snapshot {
  /** in u16. */
  public static final AbiOffset SEG = new AbiOffset("seg", 0, 0, 2, 2);

  /** in u8. */
  public static final AbiOffset BUS = new AbiOffset("bus", 2, 2, 1, 1);

  /** in u8. */
  public static final AbiOffset DEVFN = new AbiOffset("devfn", 3, 3, 1, 1);

  private PhysdevPciDevice(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevPciDevice of(byte[] bytes, Width width) {
    return new PhysdevPciDevice(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevPciDevice of(byte[] bytes, int base, Width width) {
    return new PhysdevPciDevice(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevPciDevice zero(Width width) {
    return new PhysdevPciDevice(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_pci_device";
  }

  /** Gets seg. */
  public int seg() {
    return getU16(0);
  }

  /** Sets seg. */
  public void seg(long value) {
    put16(0, value);
  }

  /** Gets bus. */
  public int bus() {
    return getU8(2);
  }

  /** Sets bus. */
  public void bus(long value) {
    put8(2, value);
  }

  /** Gets devfn. */
  public int devfn() {
    return getU8(3);
  }

  /** Sets devfn. */
  public void devfn(long value) {
    put8(3, value);
  }
}
