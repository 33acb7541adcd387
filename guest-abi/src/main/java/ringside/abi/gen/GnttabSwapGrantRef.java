package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_swap_grant_ref}. Argument of GNTTABOP_swap_grant_ref. */
public final class GnttabSwapGrantRef extends Snapshot {
  /** in grant_ref_t. */
  public static final AbiOffset REF_A = new AbiOffset("ref_a", 0, 0, 4, 4);

  /** in grant_ref_t. */
  public static final AbiOffset REF_B = new AbiOffset("ref_b", 4, 4, 4, 4);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 8, 8, 2, 2);

  private GnttabSwapGrantRef(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabSwapGrantRef of(byte[] bytes, Width width) {
    return new GnttabSwapGrantRef(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabSwapGrantRef of(byte[] bytes, int base, Width width) {
    return new GnttabSwapGrantRef(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabSwapGrantRef zero(Width width) {
    return new GnttabSwapGrantRef(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_swap_grant_ref";
  }

  /** Gets ref_a. */
  public long refA() {
    return getU32(0);
  }

  /** Sets ref_a. */
  public void refA(long value) {
    put32(0, value);
  }

  /** Gets ref_b. */
  public long refB() {
    return getU32(4);
  }

  /** Sets ref_b. */
  public void refB(long value) {
    put32(4, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(8);
  }

  /** Sets status. */
  public void status(long value) {
    put16(8, value);
  }
}
