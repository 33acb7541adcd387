package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_bind_ipi}. Argument of EVTCHNOP_bind_ipi. */
public final class EvtchnBindIpi extends Snapshot {
  /** in u32: the vCPU that is notified, for good. */
  public static final AbiOffset VCPU = new AbiOffset("vcpu", 0, 0, 4, 4);

  /** out evtchn_port_t: the new port. */
  public static final AbiOffset PORT = new AbiOffset("port", 4, 4, 4, 4);

  private EvtchnBindIpi(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnBindIpi of(byte[] bytes, Width width) {
    return new EvtchnBindIpi(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnBindIpi of(byte[] bytes, int base, Width width) {
    return new EvtchnBindIpi(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnBindIpi zero(Width width) {
    return new EvtchnBindIpi(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_bind_ipi";
  }

  /** The vCPU that is notified, for good. */
  public long vcpu() {
    return getU32(0);
  }

  /** Sets vcpu. */
  public void vcpu(long value) {
    put32(0, value);
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
