package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct sched_pin_override}. Argument of SCHEDOP_pin_override. */
public final class SchedPinOverride extends Snapshot {
  /** in s32: the pCPU to run on; negative ends the override. */
  public static final AbiOffset PCPU = new AbiOffset("pcpu", 0, 0, 4, 4);

  private SchedPinOverride(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static SchedPinOverride of(byte[] bytes, Width width) {
    return new SchedPinOverride(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static SchedPinOverride of(byte[] bytes, int base, Width width) {
    return new SchedPinOverride(bytes, base, width);
  }

  /** A structure of zeros. */
  public static SchedPinOverride zero(Width width) {
    return new SchedPinOverride(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "sched_pin_override";
  }

  /** The pCPU to run on; negative ends the override. */
  public int pcpu() {
    return getS32(0);
  }

  /** Sets pcpu. */
  public void pcpu(long value) {
    put32(0, value);
  }
}
