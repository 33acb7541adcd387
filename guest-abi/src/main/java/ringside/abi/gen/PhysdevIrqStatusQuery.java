package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_irq_status_query}. Argument of PHYSDEVOP_irq_status_query. */
public final class PhysdevIrqStatusQuery extends Snapshot {
  /** in u32. */
  public static final AbiOffset IRQ = new AbiOffset("irq", 0, 0, 4, 4);

  /** out u32, one of XENIRQSTAT. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 4, 4, 4, 4);

  private PhysdevIrqStatusQuery(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevIrqStatusQuery of(byte[] bytes, Width width) {
    return new PhysdevIrqStatusQuery(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevIrqStatusQuery of(byte[] bytes, int base, Width width) {
    return new PhysdevIrqStatusQuery(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevIrqStatusQuery zero(Width width) {
    return new PhysdevIrqStatusQuery(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_irq_status_query";
  }

  /** Gets irq. */
  public long irq() {
    return getU32(0);
  }

  /** Sets irq. */
  public void irq(long value) {
    put32(0, value);
  }

  /** Gets flags. */
  public long flags() {
    return getU32(4);
  }

  /** Sets flags. */
  public void flags(long value) {
    put32(4, value);
  }
}
