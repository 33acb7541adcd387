package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_init_control}. Argument of EVTCHNOP_init_control. */
public final class EvtchnInitControl extends Snapshot {
  /** in u64: frame of the control block. */
  public static final AbiOffset CONTROL_GFN = new AbiOffset("control_gfn", 0, 0, 8, 8);

  /** in u32: where in it. */
  public static final AbiOffset OFFSET = new AbiOffset("offset", 8, 8, 4, 4);

  /** in u32. */
  public static final AbiOffset VCPU = new AbiOffset("vcpu", 12, 12, 4, 4);

  /** out u8: bits of a port number in an event word. */
  public static final AbiOffset LINK_BITS = new AbiOffset("link_bits", 16, 16, 1, 1);

  private EvtchnInitControl(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnInitControl of(byte[] bytes, Width width) {
    return new EvtchnInitControl(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnInitControl of(byte[] bytes, int base, Width width) {
    return new EvtchnInitControl(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnInitControl zero(Width width) {
    return new EvtchnInitControl(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_init_control";
  }

  /** Frame of the control block. */
  public long controlGfn() {
    return get64(0);
  }

  /** Sets control_gfn. */
  public void controlGfn(long value) {
    put64(0, value);
  }

  /** Where in it. */
  public long offset() {
    return getU32(8);
  }

  /** Sets offset. */
  public void offset(long value) {
    put32(8, value);
  }

  /** Gets vcpu. */
  public long vcpu() {
    return getU32(12);
  }

  /** Sets vcpu. */
  public void vcpu(long value) {
    put32(12, value);
  }

  /** Bits of a port number in an event word. */
  public int linkBits() {
    return getU8(16);
  }

  /** Sets link_bits. */
  public void linkBits(long value) {
    put8(16, value);
  }
}
