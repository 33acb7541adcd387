package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_unmap_pirq}. Argument of PHYSDEVOP_unmap_pirq. */
public final class PhysdevUnmapPirq extends Snapshot {
  /** in domid_t, one of DOMID: who has the interrupt; DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in s32. */
  public static final AbiOffset PIRQ = new AbiOffset("pirq", 4, 4, 4, 4);

  private PhysdevUnmapPirq(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevUnmapPirq of(byte[] bytes, Width width) {
    return new PhysdevUnmapPirq(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevUnmapPirq of(byte[] bytes, int base, Width width) {
    return new PhysdevUnmapPirq(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevUnmapPirq zero(Width width) {
    return new PhysdevUnmapPirq(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_unmap_pirq";
  }

  /** Who has the interrupt; DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Gets pirq. */
  public int pirq() {
    return getS32(4);
  }

  /** Sets pirq. */
  public void pirq(long value) {
    put32(4, value);
  }
}
