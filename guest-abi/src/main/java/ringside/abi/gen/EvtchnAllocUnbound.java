package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_alloc_unbound}. Argument of EVTCHNOP_alloc_unbound. */
public final class EvtchnAllocUnbound extends Snapshot {
  /** in domid_t, one of DOMID: owner of the new port; DOMID_SELF unless privileged. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  /** in domid_t, one of DOMID: who may bind to it; DOMID_SELF is allowed. */
  public static final AbiOffset REMOTE_DOM = new AbiOffset("remote_dom", 2, 2, 2, 2);

  /** out evtchn_port_t: the new port. */
  public static final AbiOffset PORT = new AbiOffset("port", 4, 4, 4, 4);

  private EvtchnAllocUnbound(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnAllocUnbound of(byte[] bytes, Width width) {
    return new EvtchnAllocUnbound(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnAllocUnbound of(byte[] bytes, int base, Width width) {
    return new EvtchnAllocUnbound(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnAllocUnbound zero(Width width) {
    return new EvtchnAllocUnbound(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_alloc_unbound";
  }

  /** Owner of the new port; DOMID_SELF unless privileged. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }

  /** Who may bind to it; DOMID_SELF is allowed. */
  public int remoteDom() {
    return getU16(2);
  }

  /** Sets remote_dom. */
  public void remoteDom(long value) {
    put16(2, value);
  }

  /** The new port. */
  public long port() {
    return getU32(4);
  }

  /** Sets port. */
  public void port(long value) {
    put32(4, value);
  }
}
