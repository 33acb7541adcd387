package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_get_free_pirq}. Argument of PHYSDEVOP_get_free_pirq. */
public final class PhysdevGetFreePirq extends Snapshot {
  /** in s32, one of MAP_PIRQ_TYPE. */
  public static final AbiOffset TYPE = new AbiOffset("type", 0, 0, 4, 4);

  /** out u32. */
  public static final AbiOffset PIRQ = new AbiOffset("pirq", 4, 4, 4, 4);

  private PhysdevGetFreePirq(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevGetFreePirq of(byte[] bytes, Width width) {
    return new PhysdevGetFreePirq(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevGetFreePirq of(byte[] bytes, int base, Width width) {
    return new PhysdevGetFreePirq(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevGetFreePirq zero(Width width) {
    return new PhysdevGetFreePirq(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_get_free_pirq";
  }

  /** Gets type. */
  public int type() {
    return getS32(0);
  }

  /** Sets type. */
  public void type(long value) {
    put32(0, value);
  }

  /** Gets pirq. */
  public long pirq() {
    return getU32(4);
  }

  /** Sets pirq. */
  public void pirq(long value) {
    put32(4, value);
  }
}
