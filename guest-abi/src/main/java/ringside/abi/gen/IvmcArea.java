package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_area}. A run of pages granted under consecutive references. */
public final class IvmcArea extends Snapshot {
  /** in grant_ref_t: reference of the first page. */
  public static final AbiOffset FIRST_REF = new AbiOffset("first_ref", 0, 0, 4, 4);

  /** in u32: how many. */
  public static final AbiOffset PAGES = new AbiOffset("pages", 4, 4, 4, 4);

  private IvmcArea(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcArea of(byte[] bytes, Width width) {
    return new IvmcArea(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcArea of(byte[] bytes, int base, Width width) {
    return new IvmcArea(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcArea zero(Width width) {
    return new IvmcArea(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_area";
  }

  /** Reference of the first page. */
  public long firstRef() {
    return getU32(0);
  }

  /** Sets first_ref. */
  public void firstRef(long value) {
    put32(0, value);
  }

  /** How many. */
  public long pages() {
    return getU32(4);
  }

  /** Sets pages. */
  public void pages(long value) {
    put32(4, value);
  }
}
