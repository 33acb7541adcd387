package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_status}. Argument of EVTCHNOP_status. */
public final class EvtchnStatus extends Snapshot {
  /** in domid_t, one of DOMID: owner of the port; DOMID_SELF unless privileged. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  /** in evtchn_port_t. */
  public static final AbiOffset PORT = new AbiOffset("port", 4, 4, 4, 4);

  /** out u32, one of EVTCHNSTAT. */
  public static final AbiOffset STATUS = new AbiOffset("status", 8, 8, 4, 4);

  /** out u32: the vCPU that is notified. */
  public static final AbiOffset VCPU = new AbiOffset("vcpu", 12, 12, 4, 4);

  /** out domid_t, one of DOMID: who may bind. */
  public static final AbiOffset U_UNBOUND_DOM = new AbiOffset("u_unbound_dom", 16, 16, 2, 2);

  /** out domid_t, one of DOMID: owner of the other end. */
  public static final AbiOffset U_INTERDOMAIN_DOM =
      new AbiOffset("u_interdomain_dom", 16, 16, 2, 2);

  /** out evtchn_port_t: the other end. */
  public static final AbiOffset U_INTERDOMAIN_PORT =
      new AbiOffset("u_interdomain_port", 20, 20, 4, 4);

  /** out u32: EVTCHNSTAT_pirq. */
  public static final AbiOffset U_PIRQ = new AbiOffset("u_pirq", 16, 16, 4, 4);

  /** out u32, one of VIRQ: EVTCHNSTAT_virq. */
  public static final AbiOffset U_VIRQ = new AbiOffset("u_virq", 16, 16, 4, 4);

  private EvtchnStatus(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnStatus of(byte[] bytes, Width width) {
    return new EvtchnStatus(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnStatus of(byte[] bytes, int base, Width width) {
    return new EvtchnStatus(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnStatus zero(Width width) {
    return new EvtchnStatus(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_status";
  }

  /** Owner of the port; DOMID_SELF unless privileged. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }

  /** Gets port. */
  public long port() {
    return getU32(4);
  }

  /** Sets port. */
  public void port(long value) {
    put32(4, value);
  }

  /** Gets status. */
  public long status() {
    return getU32(8);
  }

  /** Sets status. */
  public void status(long value) {
    put32(8, value);
  }

  /** The vCPU that is notified. */
  public long vcpu() {
    return getU32(12);
  }

  /** Sets vcpu. */
  public void vcpu(long value) {
    put32(12, value);
  }

  /** Who may bind. */
  public int uUnboundDom() {
    return getU16(16);
  }

  /** Sets u_unbound_dom. */
  public void uUnboundDom(long value) {
    put16(16, value);
  }

  /** Owner of the other end. */
  public int uInterdomainDom() {
    return getU16(16);
  }

  /** Sets u_interdomain_dom. */
  public void uInterdomainDom(long value) {
    put16(16, value);
  }

  /** The other end. */
  public long uInterdomainPort() {
    return getU32(20);
  }

  /** Sets u_interdomain_port. */
  public void uInterdomainPort(long value) {
    put32(20, value);
  }

  /** EVTCHNSTAT_pirq. */
  public long uPirq() {
    return getU32(16);
  }

  /** Sets u_pirq. */
  public void uPirq(long value) {
    put32(16, value);
  }

  /** EVTCHNSTAT_virq. */
  public long uVirq() {
    return getU32(16);
  }

  /** Sets u_virq. */
  public void uVirq(long value) {
    put32(16, value);
  }
}
