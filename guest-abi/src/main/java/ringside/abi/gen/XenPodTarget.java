package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_pod_target}. Argument of XENMEM_set_pod_target and XENMEM_get_pod_target. */
public final class XenPodTarget extends Snapshot {
  /** in u64. */
  public static final AbiOffset TARGET_PAGES = new AbiOffset("target_pages", 0, 0, 8, 8);

  /** out u64. */
  public static final AbiOffset TOT_PAGES = new AbiOffset("tot_pages", 8, 8, 8, 8);

  /** out u64. */
  public static final AbiOffset POD_CACHE_PAGES = new AbiOffset("pod_cache_pages", 16, 16, 8, 8);

  /** out u64. */
  public static final AbiOffset POD_ENTRIES = new AbiOffset("pod_entries", 24, 24, 8, 8);

  /** in domid_t, one of DOMID. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 32, 32, 2, 2);

  private XenPodTarget(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 40 : 36;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenPodTarget of(byte[] bytes, Width width) {
    return new XenPodTarget(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenPodTarget of(byte[] bytes, int base, Width width) {
    return new XenPodTarget(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenPodTarget zero(Width width) {
    return new XenPodTarget(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_pod_target";
  }

  /** Gets target_pages. */
  public long targetPages() {
    return get64(0);
  }

  /** Sets target_pages. */
  public void targetPages(long value) {
    put64(0, value);
  }

  /** Gets tot_pages. */
  public long totPages() {
    return get64(8);
  }

  /** Sets tot_pages. */
  public void totPages(long value) {
    put64(8, value);
  }

  /** Gets pod_cache_pages. */
  public long podCachePages() {
    return get64(16);
  }

  /** Sets pod_cache_pages. */
  public void podCachePages(long value) {
    put64(16, value);
  }

  /** Gets pod_entries. */
  public long podEntries() {
    return get64(24);
  }

  /** Sets pod_entries. */
  public void podEntries(long value) {
    put64(24, value);
  }

  /** Gets domid. */
  public int domid() {
    return getU16(32);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(32, value);
  }
}
