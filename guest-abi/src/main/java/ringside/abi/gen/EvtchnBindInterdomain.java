package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_bind_interdomain}. Argument of EVTCHNOP_bind_interdomain. */
public final class EvtchnBindInterdomain extends Snapshot {
  /** in domid_t, one of DOMID: owner of the other end. */
  public static final AbiOffset REMOTE_DOM = new AbiOffset("remote_dom", 0, 0, 2, 2);

  /** in evtchn_port_t: the other end, unbound and made for the caller. */
  public static final AbiOffset REMOTE_PORT = new AbiOffset("remote_port", 4, 4, 4, 4);

  /** out evtchn_port_t: the new port of the caller. */
  public static final AbiOffset LOCAL_PORT = new AbiOffset("local_port", 8, 8, 4, 4);

  private EvtchnBindInterdomain(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnBindInterdomain of(byte[] bytes, Width width) {
    return new EvtchnBindInterdomain(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnBindInterdomain of(byte[] bytes, int base, Width width) {
    return new EvtchnBindInterdomain(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnBindInterdomain zero(Width width) {
    return new EvtchnBindInterdomain(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_bind_interdomain";
  }

  /** Owner of the other end. */
  public int remoteDom() {
    return getU16(0);
  }

  /** Sets remote_dom. */
  public void remoteDom(long value) {
    put16(0, value);
  }

  /** The other end, unbound and made for the caller. */
  public long remotePort() {
    return getU32(4);
  }

  /** Sets remote_port. */
  public void remotePort(long value) {
    put32(4, value);
  }

  /** The new port of the caller. */
  public long localPort() {
    return getU32(8);
  }

  /** Sets local_port. */
  public void localPort(long value) {
    put32(8, value);
  }
}
