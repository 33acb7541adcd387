package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_send}. Argument of EVTCHNOP_send. */
public final class EvtchnSend extends Snapshot {
  /** in evtchn_port_t. */
  public static final AbiOffset PORT = new AbiOffset("port", 0, 0, 4, 4);

  private EvtchnSend(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnSend of(byte[] bytes, Width width) {
    return new EvtchnSend(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnSend of(byte[] bytes, int base, Width width) {
    return new EvtchnSend(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnSend zero(Width width) {
    return new EvtchnSend(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_send";
  }

  /** Gets port. */
  public long port() {
    return getU32(0);
  }

  /** Sets port. */
  public void port(long value) {
    put32(0, value);
  }
}
