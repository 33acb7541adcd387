package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_feature_info}. 32 feature bits. */
public final class XenFeatureInfo extends Snapshot {
  /** in u32: which 32 bits; there is only submap 0. */
  public static final AbiOffset SUBMAP_IDX = new AbiOffset("submap_idx", 0, 0, 4, 4);

  /** out u32: the bits, see XENFEAT. */
  public static final AbiOffset SUBMAP = new AbiOffset("submap", 4, 4, 4, 4);

  private XenFeatureInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenFeatureInfo of(byte[] bytes, Width width) {
    return new XenFeatureInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenFeatureInfo of(byte[] bytes, int base, Width width) {
    return new XenFeatureInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenFeatureInfo zero(Width width) {
    return new XenFeatureInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_feature_info";
  }

  /** Which 32 bits; there is only submap 0. */
  public long submapIdx() {
    return getU32(0);
  }

  /** Sets submap_idx. */
  public void submapIdx(long value) {
    put32(0, value);
  }

  /** The bits, see XENFEAT. */
  public long submap() {
    return getU32(4);
  }

  /** Sets submap. */
  public void submap(long value) {
    put32(4, value);
  }
}
