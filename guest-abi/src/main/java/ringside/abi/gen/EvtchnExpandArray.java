package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct evtchn_expand_array}. Argument of EVTCHNOP_expand_array. */
public final class EvtchnExpandArray extends Snapshot {
  /** in u64: frame to be added. */
  public static final AbiOffset ARRAY_GFN = new AbiOffset("array_gfn", 0, 0, 8, 8);

  private EvtchnExpandArray(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static EvtchnExpandArray of(byte[] bytes, Width width) {
    return new EvtchnExpandArray(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static EvtchnExpandArray of(byte[] bytes, int base, Width width) {
    return new EvtchnExpandArray(bytes, base, width);
  }

  /** A structure of zeros. */
  public static EvtchnExpandArray zero(Width width) {
    return new EvtchnExpandArray(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "evtchn_expand_array";
  }

  /** Frame to be added. */
  public long arrayGfn() {
    return get64(0);
  }

  /** Sets array_gfn. */
  public void arrayGfn(long value) {
    put64(0, value);
  }
}
