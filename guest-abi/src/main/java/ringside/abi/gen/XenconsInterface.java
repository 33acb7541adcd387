package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xencons_interface}. The console page, see HVM_PARAM_CONSOLE_PFN. */
public final class XenconsInterface extends Snapshot {
  /** out char[1024]: input. */
  public static final AbiOffset IN = new AbiOffset("in", 0, 0, 1024, 1024);

  /** in char[2048]: output. */
  public static final AbiOffset OUT = new AbiOffset("out", 1024, 1024, 2048, 2048);

  /** in XENCONS_RING_IDX: next byte of input the guest takes. */
  public static final AbiOffset IN_CONS = new AbiOffset("in_cons", 3072, 3072, 4, 4);

  /** out XENCONS_RING_IDX: next byte of input the console puts. */
  public static final AbiOffset IN_PROD = new AbiOffset("in_prod", 3076, 3076, 4, 4);

  /** out XENCONS_RING_IDX: next byte of output the console takes. */
  public static final AbiOffset OUT_CONS = new AbiOffset("out_cons", 3080, 3080, 4, 4);

  /** in XENCONS_RING_IDX: next byte of output the guest puts. */
  public static final AbiOffset OUT_PROD = new AbiOffset("out_prod", 3084, 3084, 4, 4);

  /** out u8, one of XENCONS_CONNECTION. */
  public static final AbiOffset CONNECTION = new AbiOffset("connection", 3088, 3088, 1, 1);

  private XenconsInterface(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 3092;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenconsInterface of(byte[] bytes, Width width) {
    return new XenconsInterface(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenconsInterface of(byte[] bytes, int base, Width width) {
    return new XenconsInterface(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenconsInterface zero(Width width) {
    return new XenconsInterface(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xencons_interface";
  }

  /** Text up to its NUL. */
  public String in() {
    return getText(0, 1024);
  }

  /** Sets the text and fills with zeros. */
  public void in(String text) {
    putText(0, 1024, text);
  }

  /** Text up to its NUL. */
  public String out() {
    return getText(1024, 2048);
  }

  /** Sets the text and fills with zeros. */
  public void out(String text) {
    putText(1024, 2048, text);
  }

  /** Next byte of input the guest takes. */
  public long inCons() {
    return getU32(3072);
  }

  /** Sets in_cons. */
  public void inCons(long value) {
    put32(3072, value);
  }

  /** Next byte of input the console puts. */
  public long inProd() {
    return getU32(3076);
  }

  /** Sets in_prod. */
  public void inProd(long value) {
    put32(3076, value);
  }

  /** Next byte of output the console takes. */
  public long outCons() {
    return getU32(3080);
  }

  /** Sets out_cons. */
  public void outCons(long value) {
    put32(3080, value);
  }

  /** Next byte of output the guest puts. */
  public long outProd() {
    return getU32(3084);
  }

  /** Sets out_prod. */
  public void outProd(long value) {
    put32(3084, value);
  }

  /** Gets connection. */
  public int connection() {
    return getU8(3088);
  }

  /** Sets connection. */
  public void connection(long value) {
    put8(3088, value);
  }
}
