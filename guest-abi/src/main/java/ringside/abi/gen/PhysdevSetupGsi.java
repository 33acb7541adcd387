package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_setup_gsi}. Argument of PHYSDEVOP_setup_gsi. */
public final class PhysdevSetupGsi extends Snapshot {
  /** in s32. */
  public static final AbiOffset GSI = new AbiOffset("gsi", 0, 0, 4, 4);

  /** in u8: 0 edge, 1 level. */
  public static final AbiOffset TRIGGERING = new AbiOffset("triggering", 4, 4, 1, 1);

  /** in u8: 0 high, 1 low. */
  public static final AbiOffset POLARITY = new AbiOffset("polarity", 5, 5, 1, 1);

  private PhysdevSetupGsi(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevSetupGsi of(byte[] bytes, Width width) {
    return new PhysdevSetupGsi(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevSetupGsi of(byte[] bytes, int base, Width width) {
    return new PhysdevSetupGsi(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevSetupGsi zero(Width width) {
    return new PhysdevSetupGsi(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_setup_gsi";
  }

  /** Gets gsi. */
  public int gsi() {
    return getS32(0);
  }

  /** Sets gsi. */
  public void gsi(long value) {
    put32(0, value);
  }

  /** 0 edge, 1 level. */
  public int triggering() {
    return getU8(4);
  }

  /** Sets triggering. */
  public void triggering(long value) {
    put8(4, value);
  }

  /** 0 high, 1 low. */
  public int polarity() {
    return getU8(5);
  }

  /** Sets polarity. */
  public void polarity(long value) {
    put8(5, value);
  }
}
