package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xenstore_domain_interface}. The xenstore page, see HVM_PARAM_STORE_PFN. */
public final class XenstoreDomainInterface extends Snapshot {
  /** in char[1024]: requests. */
  public static final AbiOffset REQ = new AbiOffset("req", 0, 0, 1024, 1024);

  /** out char[1024]: replies and watch events. */
  public static final AbiOffset RSP = new AbiOffset("rsp", 1024, 1024, 1024, 1024);

  /** out XENSTORE_RING_IDX: next byte of a request the server takes. */
  public static final AbiOffset REQ_CONS = new AbiOffset("req_cons", 2048, 2048, 4, 4);

  /** in XENSTORE_RING_IDX: next byte of a request the guest puts. */
  public static final AbiOffset REQ_PROD = new AbiOffset("req_prod", 2052, 2052, 4, 4);

  /** in XENSTORE_RING_IDX: next byte of a reply the guest takes. */
  public static final AbiOffset RSP_CONS = new AbiOffset("rsp_cons", 2056, 2056, 4, 4);

  /** out XENSTORE_RING_IDX: next byte of a reply the server puts. */
  public static final AbiOffset RSP_PROD = new AbiOffset("rsp_prod", 2060, 2060, 4, 4);

  /** out u32, one of XENSTORE_SERVER_FEATURE. */
  public static final AbiOffset SERVER_FEATURES =
      new AbiOffset("server_features", 2064, 2064, 4, 4);

  /** inout u32, one of XENSTORE_CONNECTION. */
  public static final AbiOffset CONNECTION = new AbiOffset("connection", 2068, 2068, 4, 4);

  /** out u32, one of XENSTORE_ERROR. */
  public static final AbiOffset ERROR = new AbiOffset("error", 2072, 2072, 4, 4);

  private XenstoreDomainInterface(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 2076;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenstoreDomainInterface of(byte[] bytes, Width width) {
    return new XenstoreDomainInterface(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenstoreDomainInterface of(byte[] bytes, int base, Width width) {
    return new XenstoreDomainInterface(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenstoreDomainInterface zero(Width width) {
    return new XenstoreDomainInterface(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xenstore_domain_interface";
  }

  /** Text up to its NUL. */
  public String req() {
    return getText(0, 1024);
  }

  /** Sets the text and fills with zeros. */
  public void req(String text) {
    putText(0, 1024, text);
  }

  /** Text up to its NUL. */
  public String rsp() {
    return getText(1024, 1024);
  }

  /** Sets the text and fills with zeros. */
  public void rsp(String text) {
    putText(1024, 1024, text);
  }

  /** Next byte of a request the server takes. */
  public long reqCons() {
    return getU32(2048);
  }

  /** Sets req_cons. */
  public void reqCons(long value) {
    put32(2048, value);
  }

  /** Next byte of a request the guest puts. */
  public long reqProd() {
    return getU32(2052);
  }

  /** Sets req_prod. */
  public void reqProd(long value) {
    put32(2052, value);
  }

  /** Next byte of a reply the guest takes. */
  public long rspCons() {
    return getU32(2056);
  }

  /** Sets rsp_cons. */
  public void rspCons(long value) {
    put32(2056, value);
  }

  /** Next byte of a reply the server puts. */
  public long rspProd() {
    return getU32(2060);
  }

  /** Sets rsp_prod. */
  public void rspProd(long value) {
    put32(2060, value);
  }

  /** Gets server_features. */
  public long serverFeatures() {
    return getU32(2064);
  }

  /** Sets server_features. */
  public void serverFeatures(long value) {
    put32(2064, value);
  }

  /** Gets connection. */
  public long connection() {
    return getU32(2068);
  }

  /** Sets connection. */
  public void connection(long value) {
    put32(2068, value);
  }

  /** Gets error. */
  public long error() {
    return getU32(2072);
  }

  /** Sets error. */
  public void error(long value) {
    put32(2072, value);
  }
}
