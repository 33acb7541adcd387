package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_memory_exchange}. Argument of XENMEM_exchange. */
public final class XenMemoryExchange extends Snapshot {
  /** in struct xen_memory_reservation: what is given. */
  public static final AbiOffset IN = new AbiOffset("in", 0, 0, 32, 20);

  /** inout struct xen_memory_reservation: what is got. */
  public static final AbiOffset OUT = new AbiOffset("out", 32, 20, 32, 20);

  /** inout xen_ulong_t: extents done; 0 at first. */
  public static final AbiOffset NR_EXCHANGED = new AbiOffset("nr_exchanged", 64, 40, 8, 4);

  private XenMemoryExchange(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 72 : 44;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenMemoryExchange of(byte[] bytes, Width width) {
    return new XenMemoryExchange(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenMemoryExchange of(byte[] bytes, int base, Width width) {
    return new XenMemoryExchange(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenMemoryExchange zero(Width width) {
    return new XenMemoryExchange(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_memory_exchange";
  }

  /** The nested structure, over the same bytes. */
  public XenMemoryReservation in() {
    return XenMemoryReservation.of(bytes, base + 0, width());
  }

  /** The nested structure, over the same bytes. */
  public XenMemoryReservation out() {
    return XenMemoryReservation.of(bytes, base + (w64 ? 32 : 20), width());
  }

  /** Extents done; 0 at first. */
  public long nrExchanged() {
    return getLong(w64 ? 64 : 40);
  }

  /** Sets nr_exchanged. */
  public void nrExchanged(long value) {
    putLong(w64 ? 64 : 40, value);
  }
}
