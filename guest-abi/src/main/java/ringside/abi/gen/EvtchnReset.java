package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_reset}. Argument of EVTCHNOP_reset. */
public final class EvtchnReset extends Snapshot {
  /** in domid_t, one of DOMID: owner of the ports; DOMID_SELF unless privileged. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  private EvtchnReset(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 2;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnReset of(byte[] bytes, Width width) {
    return new EvtchnReset(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnReset of(byte[] bytes, int base, Width width) {
    return new EvtchnReset(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnReset zero(Width width) {
    return new EvtchnReset(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_reset";
  }

  /** Owner of the ports; DOMID_SELF unless privileged. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }
}
