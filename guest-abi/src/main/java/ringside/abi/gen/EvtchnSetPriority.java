package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_set_priority}. Argument of EVTCHNOP_set_priority. */
public final class EvtchnSetPriority extends Snapshot {
  /** in evtchn_port_t. */
  public static final AbiOffset PORT = new AbiOffset("port", 0, 0, 4, 4);

  /** in u32: 0 is the highest, 15 the lowest. */
  public static final AbiOffset PRIORITY = new AbiOffset("priority", 4, 4, 4, 4);

  private EvtchnSetPriority(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnSetPriority of(byte[] bytes, Width width) {
    return new EvtchnSetPriority(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnSetPriority of(byte[] bytes, int base, Width width) {
    return new EvtchnSetPriority(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnSetPriority zero(Width width) {
    return new EvtchnSetPriority(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_set_priority";
  }

  /** Gets port. */
  public long port() {
    return getU32(0);
  }

  /** Sets port. */
  public void port(long value) {
    put32(0, value);
  }

  /** 0 is the highest, 15 the lowest. */
  public long priority() {
    return getU32(4);
  }

  /** Sets priority. */
  public void priority(long value) {
    put32(4, value);
  }
}
