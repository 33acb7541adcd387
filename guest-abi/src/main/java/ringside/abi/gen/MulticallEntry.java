package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct multicall_entry}. A hypercall to be made, and its result. */
public final class MulticallEntry extends Snapshot {
  /** in ulong, one of HYPERVISOR: number of the hypercall. */
  public static final AbiOffset OP = new AbiOffset("op", 0, 0, 8, 4);

  /** out ulong: what it returned. */
  public static final AbiOffset RESULT = new AbiOffset("result", 8, 4, 8, 4);

  /** in ulong[6]: its arguments in register order. */
  public static final AbiOffset ARGS = new AbiOffset("args", 16, 8, 48, 24);

  private MulticallEntry(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 64 : 32;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static MulticallEntry of(byte[] bytes, Width width) {
    return new MulticallEntry(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static MulticallEntry of(byte[] bytes, int base, Width width) {
    return new MulticallEntry(bytes, base, width);
  }

  /** A structure of zeros. */
  public static MulticallEntry zero(Width width) {
    return new MulticallEntry(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "multicall_entry";
  }

  /** Number of the hypercall. */
  public long op() {
    return getLong(0);
  }

  /** Sets op. */
  public void op(long value) {
    putLong(0, value);
  }

  /** What it returned. */
  public long result() {
    return getLong(w64 ? 8 : 4);
  }

  /** Sets result. */
  public void result(long value) {
    putLong(w64 ? 8 : 4, value);
  }

  /** Its arguments in register order. */
  public long args(int index) {
    return getLong(element(w64 ? 16 : 8, index, 6, w64 ? 8 : 4));
  }

  /** Sets an element of args. */
  public void args(int index, long value) {
    putLong(element(w64 ? 16 : 8, index, 6, w64 ? 8 : 4), value);
  }
}
