package ringside.abi.gen;

/**
 * The page that a domain and the hypervisor share: event bitmaps and time. Generated from
 * shared_info.abi.
 */
public final class SharedInfoAbi {
  private SharedInfoAbi() {}

  // XEN_PVCLOCK: Flags of vcpu_time_info.

  /** The TSCs of all vCPUs agree. */
  public static final int XEN_PVCLOCK_TSC_STABLE_BIT = 1;

  /** The guest was stopped by its host. */
  public static final int XEN_PVCLOCK_GUEST_STOPPED = 2;
}
