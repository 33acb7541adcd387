package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xsd_sockmsg}. Header of a message. */
public final class XsdSockmsg extends Snapshot {
  /** inout u32, one of xsd_sockmsg_type. */
  public static final AbiOffset TYPE = new AbiOffset("type", 0, 0, 4, 4);

  /** inout u32: chosen by the guest and repeated in the reply. */
  public static final AbiOffset REQ_ID = new AbiOffset("req_id", 4, 4, 4, 4);

  /** inout u32: transaction; 0 is none. */
  public static final AbiOffset TX_ID = new AbiOffset("tx_id", 8, 8, 4, 4);

  /** inout u32: bytes that follow. */
  public static final AbiOffset LEN = new AbiOffset("len", 12, 12, 4, 4);

  private XsdSockmsg(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XsdSockmsg of(byte[] bytes, Width width) {
    return new XsdSockmsg(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XsdSockmsg of(byte[] bytes, int base, Width width) {
    return new XsdSockmsg(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XsdSockmsg zero(Width width) {
    return new XsdSockmsg(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xsd_sockmsg";
  }

  /** Gets type. */
  public long type() {
    return getU32(0);
  }

  /** Sets type. */
  public void type(long value) {
    put32(0, value);
  }

  /** Chosen by the guest and repeated in the reply. */
  public long reqId() {
    return getU32(4);
  }

  /** Sets req_id. */
  public void reqId(long value) {
    put32(4, value);
  }

  /** Transaction; 0 is none. */
  public long txId() {
    return getU32(8);
  }

  /** Sets tx_id. */
  public void txId(long value) {
    put32(8, value);
  }

  /** Bytes that follow. */
  public long len() {
    return getU32(12);
  }

  /** Sets len. */
  public void len(long value) {
    put32(12, value);
  }
}
