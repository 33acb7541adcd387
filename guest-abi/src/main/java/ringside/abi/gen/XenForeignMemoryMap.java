package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_foreign_memory_map}. Argument of XENMEM_set_memory_map. */
public final class XenForeignMemoryMap extends Snapshot {
  /** in domid_t, one of DOMID. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in struct xen_memory_map. */
  public static final AbiOffset MAP = new AbiOffset("map", 8, 4, 16, 8);

  private XenForeignMemoryMap(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 24 : 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenForeignMemoryMap of(byte[] bytes, Width width) {
    return new XenForeignMemoryMap(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenForeignMemoryMap of(byte[] bytes, int base, Width width) {
    return new XenForeignMemoryMap(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenForeignMemoryMap zero(Width width) {
    return new XenForeignMemoryMap(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_foreign_memory_map";
  }

  /** Gets domid. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** The nested structure, over the same bytes. */
  public XenMemoryMap map() {
    return XenMemoryMap.of(bytes, base + (w64 ? 8 : 4), width());
  }
}
