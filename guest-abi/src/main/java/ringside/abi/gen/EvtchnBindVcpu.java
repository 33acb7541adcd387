package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_bind_vcpu}. Argument of EVTCHNOP_bind_vcpu. */
public final class EvtchnBindVcpu extends Snapshot {
  /** in evtchn_port_t. */
  public static final AbiOffset PORT = new AbiOffset("port", 0, 0, 4, 4);

  /** in u32: the vCPU to be notified from now on. */
  public static final AbiOffset VCPU = new AbiOffset("vcpu", 4, 4, 4, 4);

  private EvtchnBindVcpu(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnBindVcpu of(byte[] bytes, Width width) {
    return new EvtchnBindVcpu(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnBindVcpu of(byte[] bytes, int base, Width width) {
    return new EvtchnBindVcpu(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnBindVcpu zero(Width width) {
    return new EvtchnBindVcpu(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_bind_vcpu";
  }

  /** Gets port. */
  public long port() {
    return getU32(0);
  }

  /** Sets port. */
  public void port(long value) {
    put32(0, value);
  }

  /** The vCPU to be notified from now on. */
  public long vcpu() {
    return getU32(4);
  }

  /** Sets vcpu. */
  public void vcpu(long value) {
    put32(4, value);
  }
}
