package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_bind_virq}. Argument of EVTCHNOP_bind_virq. */
public final class EvtchnBindVirq extends Snapshot {
  /** in u32, one of VIRQ: the virtual interrupt. */
  public static final AbiOffset VIRQ = new AbiOffset("virq", 0, 0, 4, 4);

  /** in u32: the vCPU it is for; 0 for a global one. */
  public static final AbiOffset VCPU = new AbiOffset("vcpu", 4, 4, 4, 4);

  /** out evtchn_port_t: the new port. */
  public static final AbiOffset PORT = new AbiOffset("port", 8, 8, 4, 4);

  private EvtchnBindVirq(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnBindVirq of(byte[] bytes, Width width) {
    return new EvtchnBindVirq(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnBindVirq of(byte[] bytes, int base, Width width) {
    return new EvtchnBindVirq(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnBindVirq zero(Width width) {
    return new EvtchnBindVirq(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_bind_virq";
  }

  /** The virtual interrupt. */
  public long virq() {
    return getU32(0);
  }

  /** Sets virq. */
  public void virq(long value) {
    put32(0, value);
  }

  /** The vCPU it is for; 0 for a global one. */
  public long vcpu() {
    return getU32(4);
  }

  /** Sets vcpu. */
  public void vcpu(long value) {
    put32(4, value);
  }

  /** The new port. */
  public long port() {
    return getU32(8);
  }

  /** Sets port. */
  public void port(long value) {
    put32(8, value);
  }
}
