package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_eoi}. Argument of PHYSDEVOP_eoi. */
public final class PhysdevEoi extends Snapshot {
  /** in u32. */
  public static final AbiOffset IRQ = new AbiOffset("irq", 0, 0, 4, 4);

  private PhysdevEoi(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevEoi of(byte[] bytes, Width width) {
    return new PhysdevEoi(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevEoi of(byte[] bytes, int base, Width width) {
    return new PhysdevEoi(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevEoi zero(Width width) {
    return new PhysdevEoi(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_eoi";
  }

  /** Gets irq. */
  public long irq() {
    return getU32(0);
  }

  /** Sets irq. */
  public void irq(long value) {
    put32(0, value);
  }
}
