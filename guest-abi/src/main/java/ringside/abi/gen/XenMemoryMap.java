package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_memory_map}. Argument of XENMEM_memory_map and XENMEM_machine_memory_map. */
public final class XenMemoryMap extends Snapshot {
  /** inout u32: in: room in the buffer; out: entries written. */
  public static final AbiOffset NR_ENTRIES = new AbiOffset("nr_entries", 0, 0, 4, 4);

  /** in ptr(e820entry): receives the entries. */
  public static final AbiOffset BUFFER = new AbiOffset("buffer", 8, 4, 8, 4);

  private XenMemoryMap(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 16 : 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenMemoryMap of(byte[] bytes, Width width) {
    return new XenMemoryMap(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenMemoryMap of(byte[] bytes, int base, Width width) {
    return new XenMemoryMap(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenMemoryMap zero(Width width) {
    return new XenMemoryMap(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_memory_map";
  }

  /** In: room in the buffer; out: entries written. */
  public long nrEntries() {
    return getU32(0);
  }

  /** Sets nr_entries. */
  public void nrEntries(long value) {
    put32(0, value);
  }

  /** Receives the entries. */
  public long buffer() {
    return getLong(w64 ? 8 : 4);
  }

  /** Sets buffer. */
  public void buffer(long value) {
    putLong(w64 ? 8 : 4, value);
  }
}
