package ringside.abi.gen;

/** Settings of a hardware-virtualized domain. Generated from hvm.abi. */
public final class HvmAbi {
  private HvmAbi() {}

  // HVM_PARAM: A domain's parameters.

  /** How events interrupt the domain: type in bits 63:56; 0 is not at all. */
  public static final int HVM_PARAM_CALLBACK_IRQ = 0;

  /** Guest frame of the xenstore page. */
  public static final int HVM_PARAM_STORE_PFN = 1;

  /** Port of xenstore. */
  public static final int HVM_PARAM_STORE_EVTCHN = 2;

  /** Unused. */
  public static final int HVM_PARAM_PAE_ENABLED = 4;

  /** Guest frame for the device model. */
  public static final int HVM_PARAM_IOREQ_PFN = 5;

  /** Guest frame for the device model's buffered requests. */
  public static final int HVM_PARAM_BUFIOREQ_PFN = 6;

  /** Which parts of Hyper-V are shown. */
  public static final int HVM_PARAM_VIRIDIAN = 9;

  /** What happens to missed timer ticks. */
  public static final int HVM_PARAM_TIMER_MODE = 10;

  /** Whether there is an HPET. */
  public static final int HVM_PARAM_HPET_ENABLED = 11;

  /** An identity page table. */
  public static final int HVM_PARAM_IDENT_PT = 12;

  /** Unused. */
  public static final int HVM_PARAM_DM_DOMAIN = 13;

  /** Sleep state. */
  public static final int HVM_PARAM_ACPI_S_STATE = 14;

  /** A TSS for real mode. */
  public static final int HVM_PARAM_VM86_TSS = 15;

  /** Whether periodic timers are aligned. */
  public static final int HVM_PARAM_VPT_ALIGN = 16;

  /** Guest frame of the console page. */
  public static final int HVM_PARAM_CONSOLE_PFN = 17;

  /** Port of the console. */
  public static final int HVM_PARAM_CONSOLE_EVTCHN = 18;

  /** Which I/O ports ACPI uses. */
  public static final int HVM_PARAM_ACPI_IOPORTS_LOCATION = 19;

  /** Unused. */
  public static final int HVM_PARAM_MEMORY_EVENT_CR0 = 20;

  /** Unused. */
  public static final int HVM_PARAM_MEMORY_EVENT_CR3 = 21;

  /** Unused. */
  public static final int HVM_PARAM_MEMORY_EVENT_CR4 = 22;

  /** Unused. */
  public static final int HVM_PARAM_MEMORY_EVENT_INT3 = 23;

  /** Unused. */
  public static final int HVM_PARAM_NESTEDHVM = 24;

  /** Unused. */
  public static final int HVM_PARAM_MEMORY_EVENT_SINGLE_STEP = 25;

  /** Unused. */
  public static final int HVM_PARAM_BUFIOREQ_EVTCHN = 26;

  /** Guest frame of the paging ring. */
  public static final int HVM_PARAM_PAGING_RING_PFN = 27;

  /** Guest frame of the monitor ring. */
  public static final int HVM_PARAM_MONITOR_RING_PFN = 28;

  /** Guest frame of the sharing ring. */
  public static final int HVM_PARAM_SHARING_RING_PFN = 29;

  /** Unused. */
  public static final int HVM_PARAM_MEMORY_EVENT_MSR = 30;

  /** Reason of the shutdown after a triple fault. */
  public static final int HVM_PARAM_TRIPLE_FAULT_REASON = 31;

  /** First guest frame for device models. */
  public static final int HVM_PARAM_IOREQ_SERVER_PFN = 32;

  /** How many. */
  public static final int HVM_PARAM_NR_IOREQ_SERVER_PAGES = 33;

  /** Guest-physical address of the generation id. */
  public static final int HVM_PARAM_VM_GENERATION_ID_ADDR = 34;

  /** Mode of alternate p2m tables. */
  public static final int HVM_PARAM_ALTP2M = 35;

  /** Width of the saved x87 instruction pointer: 0, 4 or 8. */
  public static final int HVM_PARAM_X87_FIP_WIDTH = 36;

  /** As HVM_PARAM_VM86_TSS, with its size in bits 63:32. */
  public static final int HVM_PARAM_VM86_TSS_SIZED = 37;

  /** Machine check abilities. */
  public static final int HVM_PARAM_MCA_CAP = 38;

  // HVM_PARAM_RANGE: Bounds of parameters.

  /** Every parameter is below. */
  public static final int HVM_NR_PARAMS = 39;

  // HVM_PARAM_CALLBACK_TYPE: Bits 63:56 of HVM_PARAM_CALLBACK_IRQ.

  /** An interrupt line, its number in bits 55:0. */
  public static final int HVM_PARAM_CALLBACK_TYPE_GSI = 0;

  /** A PCI pin: domain 47:32, bus 31:16, devfn 15:8, pin 1:0. */
  public static final int HVM_PARAM_CALLBACK_TYPE_PCI_INTX = 1;

  /** A vector, in bits 7:0, on every vCPU, without EOI. */
  public static final int HVM_PARAM_CALLBACK_TYPE_VECTOR = 2;

  // HVM_PARAM_CALLBACK_IRQ_BITS: Masks of HVM_PARAM_CALLBACK_IRQ.

  /** The type. */
  public static final long HVM_PARAM_CALLBACK_IRQ_TYPE_MASK = 0xff00000000000000L;

  // HVMMEM: Types of a guest frame.

  /** Memory. */
  public static final int HVMMEM_ram_rw = 0;

  /** Memory; writes are dropped. */
  public static final int HVMMEM_ram_ro = 1;

  /** Device. */
  public static final int HVMMEM_mmio_dm = 2;

  /** Not used. */
  public static final int HVMMEM_unused = 3;

  /** Watched by a device model. */
  public static final int HVMMEM_ioreq_server = 4;

  // HVMOP: Operations of hvm_op.

  /** Set a parameter. */
  public static final int HVMOP_set_param = 0;

  /** Ask for a parameter. */
  public static final int HVMOP_get_param = 1;

  /** Flush the TLBs of all vCPUs; the argument must be NULL. */
  public static final int HVMOP_flush_tlbs = 5;

  /** Tell that a page table is about to go. */
  public static final int HVMOP_pagetable_dying = 9;

  /** Ask for the system time. */
  public static final int HVMOP_get_time = 10;

  /** Write a record into the hypervisor's trace. */
  public static final int HVMOP_xentrace = 11;

  /** Ask for the type of a guest frame. */
  public static final int HVMOP_get_mem_type = 15;

  /** Let a vCPU's events come as a vector through its local APIC, to be ended by EOI. */
  public static final int HVMOP_set_evtchn_upcall_vector = 23;

  /** Raise an event for a monitoring tool. */
  public static final int HVMOP_guest_request_vm_event = 24;

  /** Alternate p2m tables. */
  public static final int HVMOP_altp2m = 25;
}
