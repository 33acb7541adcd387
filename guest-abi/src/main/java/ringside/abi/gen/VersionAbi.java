package ringside.abi.gen;

/** What the hypervisor says about itself. Generated from version.abi. */
public final class VersionAbi {
  private VersionAbi() {}

  // XENFEAT: Numbers of feature bits.

  /** Page tables need no write protection. */
  public static final int XENFEAT_writable_page_tables = 0;

  /** Descriptor tables need no write protection. */
  public static final int XENFEAT_writable_descriptor_tables = 1;

  /** Guest frame numbers are translated by the hypervisor. */
  public static final int XENFEAT_auto_translated_physmap = 2;

  /** The kernel runs in ring 0. */
  public static final int XENFEAT_supervisor_mode_kernel = 3;

  /** PAE page directories may lie above 4 GiB. */
  public static final int XENFEAT_pae_pgdir_above_4gb = 4;

  /** MMU_PT_UPDATE_PRESERVE_AD exists. */
  public static final int XENFEAT_mmu_pt_update_preserve_ad = 5;

  /** MMUEXT_CLEAR_PAGE and MMUEXT_COPY_PAGE exist. */
  public static final int XENFEAT_highmem_assist = 6;

  /** Grant mappings can set the available bits of entries. */
  public static final int XENFEAT_gnttab_map_avail_bits = 7;

  /** Upcalls can come as a vector. */
  public static final int XENFEAT_hvm_callback_vector = 8;

  /** Vcpu_time_info may be used. */
  public static final int XENFEAT_hvm_safe_pvclock = 9;

  /** Physical interrupts can be bound to event channels. */
  public static final int XENFEAT_hvm_pirqs = 10;

  /** Can run as control domain. */
  public static final int XENFEAT_dom0 = 11;

  /** XENMEMF_vnode exists. */
  public static final int XENFEAT_memory_op_vnode_supported = 13;

  /** The ARM SMC calling convention. */
  public static final int XENFEAT_ARM_SMCCC_supported = 14;

  /** The ACPI root may lie anywhere. */
  public static final int XENFEAT_linux_rsdp_unrestricted = 15;

  /** Guest frame numbers differ from machine frame numbers. */
  public static final int XENFEAT_not_direct_mapped = 16;

  /** Guest frame numbers equal machine frame numbers. */
  public static final int XENFEAT_direct_mapped = 17;

  /** VCPUOP_register_runstate_phys_area exists. */
  public static final int XENFEAT_runstate_phys_area = 18;

  /** VCPUOP_register_vcpu_time_phys_area exists. */
  public static final int XENFEAT_vcpu_time_phys_area = 19;

  /** Device models see all MSI-X writes. */
  public static final int XENFEAT_dm_msix_all_writes = 20;

  // XENFEAT_RANGE: Bounds of features.

  /** Number of submaps. */
  public static final int XENFEAT_NR_SUBMAPS = 1;

  // XENVER: Operations of xen_version.

  /** Version of the interface. */
  public static final int XENVER_version = 0;

  /** The version's suffix, zero-filled. */
  public static final int XENVER_extraversion = 1;

  /** Who compiled the hypervisor. */
  public static final int XENVER_compile_info = 2;

  /** Kinds of guests that can run, separated by spaces. */
  public static final int XENVER_capabilities = 3;

  /** The source revision, zero-filled. */
  public static final int XENVER_changeset = 4;

  /** Addresses of the platform. */
  public static final int XENVER_platform_parameters = 5;

  /** Feature bits, see XENFEAT. */
  public static final int XENVER_get_features = 6;

  /** Size of a page. */
  public static final int XENVER_pagesize = 7;

  /** The caller's UUID. */
  public static final int XENVER_guest_handle = 8;

  /** The hypervisor's command line. */
  public static final int XENVER_commandline = 9;

  /** The hypervisor's build id. */
  public static final int XENVER_build_id = 10;
}
