package ringside.abi.gen;

/** A domain's guest-physical memory. Generated from memory.abi. */
public final class MemoryAbi {
  private MemoryAbi() {}

  // XENMEMF: Flags of xen_memory_reservation; bits 7:0 limit the address, bits 15:8 are the NUMA
  // node plus 1.

  /** Allocate at the first access. */
  public static final int XENMEMF_populate_on_demand = 0x10000;

  /** From that node or not at all. */
  public static final int XENMEMF_exact_node_request = 0x20000;

  /** The node is a virtual one. */
  public static final int XENMEMF_vnode = 0x40000;

  // XENMAPSPACE: Where a page that is added to the guest-physical space comes from.

  /** The shared info page; idx is 0. */
  public static final int XENMAPSPACE_shared_info = 0;

  /** The grant table; idx is the number of its frame. */
  public static final int XENMAPSPACE_grant_table = 1;

  /** Another guest frame of the domain. */
  public static final int XENMAPSPACE_gmfn = 2;

  /** Several guest frames in a row. */
  public static final int XENMAPSPACE_gmfn_range = 3;

  /** A guest frame of another domain; only in a batch. */
  public static final int XENMAPSPACE_gmfn_foreign = 4;

  /** Device memory; ARM only. */
  public static final int XENMAPSPACE_dev_mmio = 5;

  // XENMAPIDX: Bits of idx with XENMAPSPACE_grant_table.

  /** A status frame of grant table version 2. */
  public static final long XENMAPIDX_grant_table_status = 0x80000000L;

  // XEN_HVM_MEMMAP_TYPE: What a range of the memory map holds.

  /** Memory. */
  public static final int XEN_HVM_MEMMAP_TYPE_RAM = 1;

  /** Not to be used. */
  public static final int XEN_HVM_MEMMAP_TYPE_RESERVED = 2;

  /** ACPI tables, memory after reading. */
  public static final int XEN_HVM_MEMMAP_TYPE_ACPI = 3;

  /** ACPI, to be kept over sleep. */
  public static final int XEN_HVM_MEMMAP_TYPE_NVS = 4;

  /** Broken memory. */
  public static final int XEN_HVM_MEMMAP_TYPE_UNUSABLE = 5;

  /** Memory that is switched off. */
  public static final int XEN_HVM_MEMMAP_TYPE_DISABLED = 6;

  /** Memory that persists. */
  public static final int XEN_HVM_MEMMAP_TYPE_PMEM = 7;

  // XENMEM: Operations of memory_op.

  /** Get memory that is not in the guest-physical space. */
  public static final int XENMEM_increase_reservation = 0;

  /** Give memory back; the frames become holes. */
  public static final int XENMEM_decrease_reservation = 1;

  /** Ask for the highest machine frame of memory. */
  public static final int XENMEM_maximum_ram_page = 2;

  /** Ask for a domain's pages. */
  public static final int XENMEM_current_reservation = 3;

  /** Ask for the limit of a domain's pages. */
  public static final int XENMEM_maximum_reservation = 4;

  /** Ask for the frames of the machine-to-physical table. */
  public static final int XENMEM_machphys_mfn_list = 5;

  /** Fill holes of the guest-physical space with memory. */
  public static final int XENMEM_populate_physmap = 6;

  /** Let a page appear at a guest frame; what was there is dropped. */
  public static final int XENMEM_add_to_physmap = 7;

  /** Ask for the memory map, as entries of 20 bytes. */
  public static final int XENMEM_memory_map = 9;

  /** Ask for the machine's memory map. */
  public static final int XENMEM_machine_memory_map = 10;

  /** Exchange pages for others. */
  public static final int XENMEM_exchange = 11;

  /** Ask where the machine-to-physical table is mapped. */
  public static final int XENMEM_machphys_mapping = 12;

  /** Set the memory map of a domain. */
  public static final int XENMEM_set_memory_map = 13;

  /** Ask for a domain's highest guest frame. */
  public static final int XENMEM_maximum_gpfn = 14;

  /** Make a hole of a guest frame. */
  public static final int XENMEM_remove_from_physmap = 15;

  /** Set the target of populate-on-demand. */
  public static final int XENMEM_set_pod_target = 16;

  /** Ask for the target of populate-on-demand. */
  public static final int XENMEM_get_pod_target = 17;

  /** Let several pages appear at guest frames. */
  public static final int XENMEM_add_to_physmap_batch = 23;

  /** Stake a claim to memory. */
  public static final int XENMEM_claim_pages = 24;

  /** Ask for the frames of the 32-bit machine-to-physical table. */
  public static final int XENMEM_machphys_compat_mfn_list = 25;

  /** Ask for the virtual NUMA topology. */
  public static final int XENMEM_get_vnumainfo = 26;

  /** Ask for memory that devices need. */
  public static final int XENMEM_reserved_device_memory_map = 27;

  /** Map a resource of another domain. */
  public static final int XENMEM_acquire_resource = 28;
}
