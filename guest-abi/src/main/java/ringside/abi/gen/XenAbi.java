package ringside.abi.gen;

/**
 * Types, domain ids, virtual interrupts, and the hypercalls without a file of their own. Generated
 * from xen.abi.
 */
public final class XenAbi {
  private XenAbi() {}

  // DOMID: Domain ids with a meaning of their own; ordinary ones are below DOMID_FIRST_RESERVED.

  /** The calling domain. */
  public static final int DOMID_SELF = 0x7ff0;

  /** Owner of memory-mapped I/O. */
  public static final int DOMID_IO = 0x7ff1;

  /** Owner of the hypervisor's own pages. */
  public static final int DOMID_XEN = 0x7ff2;

  /** Owner of shared copy-on-write pages. */
  public static final int DOMID_COW = 0x7ff3;

  /** No domain. */
  public static final int DOMID_INVALID = 0x7ff4;

  /** Any domain. */
  public static final int DOMID_ANY = 0x7ff5;

  /** The idle vCPUs. */
  public static final int DOMID_IDLE = 0x7fff;

  // DOMID_RANGE: Bounds of domain ids.

  /** The first id that no ordinary domain has. */
  public static final int DOMID_FIRST_RESERVED = 0x7ff0;

  /** The bits a domain id may use. */
  public static final int DOMID_MASK = 0x7fff;

  // VIRQ: Virtual interrupts. Per vCPU: bound once on each vCPU. Global: bound once per domain.

  /** Per vCPU: a timer of this vCPU expired. */
  public static final int VIRQ_TIMER = 0;

  /** Per vCPU: dump your state. */
  public static final int VIRQ_DEBUG = 1;

  /** Global, control domain: input on the emergency console. */
  public static final int VIRQ_CONSOLE = 2;

  /** Global, control domain: something happened to a domain. */
  public static final int VIRQ_DOM_EXC = 3;

  /** Global, control domain: the trace buffer has records. */
  public static final int VIRQ_TBUF = 4;

  /** Global, control domain: a domain was paused for debugging. */
  public static final int VIRQ_DEBUGGER = 6;

  /** Per vCPU: a profiling sample. */
  public static final int VIRQ_XENOPROF = 7;

  /** Global, control domain: output in the console ring. */
  public static final int VIRQ_CON_RING = 8;

  /** Global, control domain: a pCPU came or went. */
  public static final int VIRQ_PCPU_STATE = 9;

  /** Global, control domain: a memory event. */
  public static final int VIRQ_MEM_EVENT = 10;

  /** Global: an Argo message. */
  public static final int VIRQ_ARGO = 11;

  /** Global, control domain: memory runs low. */
  public static final int VIRQ_ENOMEM = 12;

  /** Per vCPU: a performance counter overflowed. */
  public static final int VIRQ_XENPMU = 13;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_0 = 16;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_1 = 17;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_2 = 18;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_3 = 19;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_4 = 20;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_5 = 21;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_6 = 22;

  /** Left to the architecture. */
  public static final int VIRQ_ARCH_7 = 23;

  // VIRQ_RANGE: Bounds of virtual interrupts.

  /** Every VIRQ is below. */
  public static final int NR_VIRQS = 24;

  // XEN_LIMITS: Limits of the interface.

  /** VCPUs that have their vcpu_info in the shared info page. */
  public static final int XEN_LEGACY_MAX_VCPUS = 32;

  /** I/O port: each byte written goes to the debug console. */
  public static final int XEN_HVM_DEBUGCONS_IOPORT = 0xe9;

  // HYPERVISOR: Numbers of hypercalls.

  /** Install the virtual interrupt table of a PV guest. */
  public static final int __HYPERVISOR_set_trap_table = 0;

  /** Change page table entries of a PV guest. */
  public static final int __HYPERVISOR_mmu_update = 1;

  /** Install the GDT of a PV guest. */
  public static final int __HYPERVISOR_set_gdt = 2;

  /** Set the kernel stack of a PV guest. */
  public static final int __HYPERVISOR_stack_switch = 3;

  /** Install the event and failsafe handlers of a PV guest. */
  public static final int __HYPERVISOR_set_callbacks = 4;

  /** Set or clear CR0.TS for a PV guest. */
  public static final int __HYPERVISOR_fpu_taskswitch = 5;

  /** Old form of sched_op: yield, block, or shut down. */
  public static final int __HYPERVISOR_sched_op_compat = 6;

  /** Control of the physical machine. */
  public static final int __HYPERVISOR_platform_op = 7;

  /** Write a debug register of a PV guest. */
  public static final int __HYPERVISOR_set_debugreg = 8;

  /** Read a debug register of a PV guest. */
  public static final int __HYPERVISOR_get_debugreg = 9;

  /** Write a descriptor of a PV guest's GDT or LDT. */
  public static final int __HYPERVISOR_update_descriptor = 10;

  /** Change and ask about a domain's guest-physical memory. */
  public static final int __HYPERVISOR_memory_op = 12;

  /** Make several hypercalls with one. */
  public static final int __HYPERVISOR_multicall = 13;

  /** Change the page table entry of a virtual address of a PV guest. */
  public static final int __HYPERVISOR_update_va_mapping = 14;

  /** Set the calling vCPU's one-shot timer, which raises VIRQ_TIMER. */
  public static final int __HYPERVISOR_set_timer_op = 15;

  /** Old form of event_channel_op. */
  public static final int __HYPERVISOR_event_channel_op_compat = 16;

  /** Ask the hypervisor about itself. */
  public static final int __HYPERVISOR_xen_version = 17;

  /** Read and write the emergency console. */
  public static final int __HYPERVISOR_console_io = 18;

  /** Old form of physdev_op. */
  public static final int __HYPERVISOR_physdev_op_compat = 19;

  /** Use the pages that other domains granted. Each element has a status of its own. */
  public static final int __HYPERVISOR_grant_table_op = 20;

  /** Switch a PV compatibility mode on or off. */
  public static final int __HYPERVISOR_vm_assist = 21;

  /** As update_va_mapping, for a foreign domain's frame. */
  public static final int __HYPERVISOR_update_va_mapping_otherdomain = 22;

  /** Return from an interrupt in a PV guest. */
  public static final int __HYPERVISOR_iret = 23;

  /** Start, stop and time a vCPU. */
  public static final int __HYPERVISOR_vcpu_op = 24;

  /** Set the base of FS or GS of a PV guest. */
  public static final int __HYPERVISOR_set_segment_base = 25;

  /** Pin page tables, flush TLBs and the like for a PV guest. */
  public static final int __HYPERVISOR_mmuext_op = 26;

  /** Control of the security policy. */
  public static final int __HYPERVISOR_xsm_op = 27;

  /** Register a handler for NMIs of a PV guest. */
  public static final int __HYPERVISOR_nmi_op = 28;

  /** Give up the CPU, or shut down. */
  public static final int __HYPERVISOR_sched_op = 29;

  /** Register callbacks of a PV guest. */
  public static final int __HYPERVISOR_callback_op = 30;

  /** Control of the Oprofile profiler; gone from recent Xen. */
  public static final int __HYPERVISOR_xenoprof_op = 31;

  /** Make, use and close event channels. */
  public static final int __HYPERVISOR_event_channel_op = 32;

  /** Physical devices and their interrupts. */
  public static final int __HYPERVISOR_physdev_op = 33;

  /** Settings of a hardware-virtualized domain. */
  public static final int __HYPERVISOR_hvm_op = 34;

  /** Control of the whole machine. */
  public static final int __HYPERVISOR_sysctl = 35;

  /** Control of domains. */
  public static final int __HYPERVISOR_domctl = 36;

  /** Load and start another kernel on the machine. */
  public static final int __HYPERVISOR_kexec_op = 37;

  /** Transcendent memory; gone from recent Xen. */
  public static final int __HYPERVISOR_tmem_op = 38;

  /** Argo: messages between domains, copied by the hypervisor. */
  public static final int __HYPERVISOR_argo_op = 39;

  /** Virtual performance counters. */
  public static final int __HYPERVISOR_xenpmu_op = 40;

  /** What a device model may do to its guest. */
  public static final int __HYPERVISOR_dm_op = 41;

  /** The hypervisor's file system of settings. */
  public static final int __HYPERVISOR_hypfs_op = 42;

  /** On x86: machine check control (mca). */
  public static final int __HYPERVISOR_arch_0 = 48;

  /** On x86: continuation of domctl on paging. */
  public static final int __HYPERVISOR_arch_1 = 49;

  /** Unused on x86. */
  public static final int __HYPERVISOR_arch_2 = 50;

  /** Unused on x86. */
  public static final int __HYPERVISOR_arch_3 = 51;

  /** Unused on x86. */
  public static final int __HYPERVISOR_arch_4 = 52;

  /** Unused on x86. */
  public static final int __HYPERVISOR_arch_5 = 53;

  /** Unused on x86. */
  public static final int __HYPERVISOR_arch_6 = 54;

  /** Unused on x86. */
  public static final int __HYPERVISOR_arch_7 = 55;

  /** Ringside's own: the IVMC registry. Who may register is said by the system description. */
  public static final int __HYPERVISOR_ivmc_op = 63;
}
