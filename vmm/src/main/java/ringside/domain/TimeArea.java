package ringside.domain;

import ringside.abi.Width;
import ringside.abi.gen.VcpuTimeInfo;
import ringside.memory.GuestFault;
import ringside.memory.Gva;

/**
 * A guest's second copy of its vcpu_time_info (VCPUOP_register_vcpu_time_memory_area), kept up to
 * date with the first.
 *
 * <p>Invariant: an area that can no longer be written is forgotten, as Xen ignores it.
 */
final class TimeArea {
  private final Vcpu vcpu;
  private final Gva address;
  private final Width width;

  TimeArea(Vcpu vcpu, Gva address, Width width) {
    this.vcpu = vcpu;
    this.address = address;
    this.width = width;
  }

  /** Writes it; false when the guest's address is not writable. */
  boolean publish() {
    try {
      byte[] bytes = new byte[VcpuTimeInfo.size(width)];
      VcpuTimeInfo time = VcpuTimeInfo.of(bytes, width);
      long now = vcpu.domain().machine().clock().now();
      time.version(2);
      time.tscTimestamp(now);
      time.systemTime(now);
      time.tscToSystemMul(VcpuInfo.TSC_TO_NS_MUL);
      time.tscShift(VcpuInfo.TSC_TO_NS_SHIFT);
      time.flags(VcpuInfo.TSC_STABLE);
      vcpu.memory().write(address, bytes);
      return true;
    } catch (GuestFault e) {
      vcpu.domain().notice("time area of vCPU " + vcpu.id() + " dropped: " + e.getMessage());
      return false;
    }
  }
}
