package ringside.domain;

import ringside.abi.Width;
import ringside.abi.gen.VcpuRunstateInfo;
import ringside.memory.GuestFault;
import ringside.memory.Gva;

/**
 * A guest's copy of its runstate times (VCPUOP_register_runstate_memory_area), kept up to date at
 * each change of state.
 *
 * <p>Invariant: an area that can no longer be written is forgotten, as Xen ignores it.
 */
final class RunstateArea {
  private final Vcpu vcpu;
  private final Gva address;
  private final Width width;

  RunstateArea(Vcpu vcpu, Gva address, Width width) {
    this.vcpu = vcpu;
    this.address = address;
    this.width = width;
  }

  /** The structure as it stands now. */
  static byte[] snapshot(Vcpu vcpu, Width width) {
    long now = vcpu.domain().machine().clock().now();
    byte[] bytes = new byte[VcpuRunstateInfo.size(width)];
    VcpuRunstateInfo info = VcpuRunstateInfo.of(bytes, width);
    info.state(vcpu.runState().ordinal());
    info.stateEntryTime(vcpu.runstate().entryTime());
    for (RunState state : RunState.values()) {
      info.time(state.ordinal(), vcpu.runstate().time(state, now));
    }
    return bytes;
  }

  /** Writes it; false when the guest's address is no longer writable. */
  boolean publish() {
    try {
      vcpu.memory().write(address, snapshot(vcpu, width));
      return true;
    } catch (GuestFault e) {
      vcpu.domain().notice("runstate area of vCPU " + vcpu.id() + " dropped: " + e.getMessage());
      return false;
    }
  }
}
