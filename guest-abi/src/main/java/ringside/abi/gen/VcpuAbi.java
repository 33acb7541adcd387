package ringside.abi.gen;

/** Starting, stopping and timing virtual CPUs. Generated from vcpu.abi. */
public final class VcpuAbi {
  private VcpuAbi() {}

  // RUNSTATE: What a vCPU is doing.

  /** Runs on a pCPU. */
  public static final int RUNSTATE_running = 0;

  /** Could run, but no pCPU is free. */
  public static final int RUNSTATE_runnable = 1;

  /** Waits for an event. */
  public static final int RUNSTATE_blocked = 2;

  /** Is down or paused. */
  public static final int RUNSTATE_offline = 3;

  // XEN_RUNSTATE: Bits of vcpu_runstate_info.state_entry_time.

  /** Set while the hypervisor writes the structure. */
  public static final long XEN_RUNSTATE_UPDATE = 0x8000000000000000L;

  // VCPU_SSHOTTMR: Flags of vcpu_set_singleshot_timer.

  /** Fail when the time has passed already. */
  public static final int VCPU_SSHOTTMR_future = 1;

  // VCPU_HVM_MODE: Which registers of vcpu_hvm_context are used.

  /** Those of 32-bit code, x86_32. */
  public static final int VCPU_HVM_MODE_32B = 0;

  /** Those of 64-bit code, x86_64. */
  public static final int VCPU_HVM_MODE_64B = 1;

  // VCPUOP: Operations of vcpu_op.

  /** Give a vCPU its first registers; it stays down. */
  public static final int VCPUOP_initialise = 0;

  /** Let a vCPU run. */
  public static final int VCPUOP_up = 1;

  /** Stop a vCPU; nothing but VCPUOP_up wakes it. */
  public static final int VCPUOP_down = 2;

  /** Ask whether a vCPU is up. */
  public static final int VCPUOP_is_up = 3;

  /** Ask what a vCPU is doing. */
  public static final int VCPUOP_get_runstate_info = 4;

  /** Have a vCPU's run state written to memory, by linear address. */
  public static final int VCPUOP_register_runstate_memory_area = 5;

  /** Raise VIRQ_TIMER periodically. */
  public static final int VCPUOP_set_periodic_timer = 6;

  /** Stop the periodic timer. */
  public static final int VCPUOP_stop_periodic_timer = 7;

  /** Raise VIRQ_TIMER once; the calling vCPU only. */
  public static final int VCPUOP_set_singleshot_timer = 8;

  /** Stop the one-shot timer; the calling vCPU only. */
  public static final int VCPUOP_stop_singleshot_timer = 9;

  /** Move a vCPU's vcpu_info out of the shared info page, once. */
  public static final int VCPUOP_register_vcpu_info = 10;

  /** Send a vCPU an NMI. */
  public static final int VCPUOP_send_nmi = 11;

  /** Ask for the pCPU a vCPU is pinned to. */
  public static final int VCPUOP_get_physid = 12;

  /** Have a copy of a vCPU's time written to memory, by linear address. */
  public static final int VCPUOP_register_vcpu_time_memory_area = 13;

  /** Have a vCPU's run state written to memory, by guest-physical address. */
  public static final int VCPUOP_register_runstate_phys_area = 14;

  /** Have a copy of a vCPU's time written to memory, by guest-physical address. */
  public static final int VCPUOP_register_vcpu_time_phys_area = 15;
}
