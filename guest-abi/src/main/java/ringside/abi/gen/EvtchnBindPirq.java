package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_bind_pirq}. Argument of EVTCHNOP_bind_pirq. */
public final class EvtchnBindPirq extends Snapshot {
  /** in u32: the physical interrupt. */
  public static final AbiOffset PIRQ = new AbiOffset("pirq", 0, 0, 4, 4);

  /** in u32, one of BIND_PIRQ. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 4, 4, 4, 4);

  /** out evtchn_port_t: the new port. */
  public static final AbiOffset PORT = new AbiOffset("port", 8, 8, 4, 4);

  private EvtchnBindPirq(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnBindPirq of(byte[] bytes, Width width) {
    return new EvtchnBindPirq(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnBindPirq of(byte[] bytes, int base, Width width) {
    return new EvtchnBindPirq(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnBindPirq zero(Width width) {
    return new EvtchnBindPirq(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_bind_pirq";
  }

  /** The physical interrupt. */
  public long pirq() {
    return getU32(0);
  }

  /** Sets pirq. */
  public void pirq(long value) {
    put32(0, value);
  }

  /** Gets flags. */
  public long flags() {
    return getU32(4);
  }

  /** Sets flags. */
  public void flags(long value) {
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
