package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_serves}. Argument of IVMCOP_serves. */
public final class IvmcServes extends Snapshot {
  /** in domid_t, one of DOMID: a client of the caller. */
  public static final AbiOffset SERVER = new AbiOffset("server", 0, 0, 2, 2);

  /** in domid_t, one of DOMID: whoever it may be. */
  public static final AbiOffset CLIENT = new AbiOffset("client", 2, 2, 2, 2);

  private IvmcServes(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcServes of(byte[] bytes, Width width) {
    return new IvmcServes(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcServes of(byte[] bytes, int base, Width width) {
    return new IvmcServes(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcServes zero(Width width) {
    return new IvmcServes(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_serves";
  }

  /** A client of the caller. */
  public int server() {
    return getU16(0);
  }

  /** Sets server. */
  public void server(long value) {
    put16(0, value);
  }

  /** Whoever it may be. */
  public int client() {
    return getU16(2);
  }

  /** Sets client. */
  public void client(long value) {
    put16(2, value);
  }
}
