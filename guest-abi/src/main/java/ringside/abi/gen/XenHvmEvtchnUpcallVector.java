package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_hvm_evtchn_upcall_vector}. Argument of HVMOP_set_evtchn_upcall_vector. */
public final class XenHvmEvtchnUpcallVector extends Snapshot {
  /** in u32. */
  public static final AbiOffset VCPU = new AbiOffset("vcpu", 0, 0, 4, 4);

  /** in u8: 16 to 255; 0 goes back to HVM_PARAM_CALLBACK_IRQ. */
  public static final AbiOffset VECTOR = new AbiOffset("vector", 4, 4, 1, 1);

  private XenHvmEvtchnUpcallVector(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenHvmEvtchnUpcallVector of(byte[] bytes, Width width) {
    return new XenHvmEvtchnUpcallVector(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenHvmEvtchnUpcallVector of(byte[] bytes, int base, Width width) {
    return new XenHvmEvtchnUpcallVector(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenHvmEvtchnUpcallVector zero(Width width) {
    return new XenHvmEvtchnUpcallVector(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_hvm_evtchn_upcall_vector";
  }

  /** Gets vcpu. */
  public long vcpu() {
    return getU32(0);
  }

  /** Sets vcpu. */
  public void vcpu(long value) {
    put32(0, value);
  }

  /** 16 to 255; 0 goes back to HVM_PARAM_CALLBACK_IRQ. */
  public int vector() {
    return getU8(4);
  }

  /** Sets vector. */
  public void vector(long value) {
    put8(4, value);
  }
}
