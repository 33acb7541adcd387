package ringside.abi.gen;

/** Grants: pages that a domain lets another one use. Generated from grant_table.abi. */
public final class GrantTableAbi {
  private GrantTableAbi() {}

  // GNTTAB: Grant table layout.

  /** References below are not for the guest to give out. */
  public static final int GNTTAB_NR_RESERVED_ENTRIES = 8;

  /** Reference of the console page. */
  public static final int GNTTAB_RESERVED_CONSOLE = 0;

  /** Reference of the xenstore page. */
  public static final int GNTTAB_RESERVED_XENSTORE = 1;

  // GTF_TYPE_MASK: Mask of an entry's type.

  /** Bits 1:0 of the flags. */
  public static final int GTF_type_mask = 3;

  // GTF: Flags of an entry; its type is in the lower two bits.

  /** Type: refers to another domain's grant; version 2 only. */
  public static final int GTF_transitive = 0x3;

  /** Type: the domain may give a frame. */
  public static final int GTF_accept_transfer = 0x2;

  /** Type: the domain may map and copy the frame. */
  public static final int GTF_permit_access = 0x1;

  /** Type: nothing granted. */
  public static final int GTF_invalid = 0x0;

  /** Guest: no writing. */
  public static final int GTF_readonly = 0x4;

  /** Hypervisor: mapped or being copied. */
  public static final int GTF_reading = 0x8;

  /** Hypervisor: the same, with writing. */
  public static final int GTF_writing = 0x10;

  /** Guest: mappings are write-through. */
  public static final int GTF_PWT = 0x20;

  /** Guest: mappings are uncached. */
  public static final int GTF_PCD = 0x40;

  /** Guest: bit of the page attribute table. */
  public static final int GTF_PAT = 0x80;

  /** Guest: a part of the page; version 2 only. */
  public static final int GTF_sub_page = 0x100;

  // GTF_TRANSFER: Flags of an entry of type GTF_accept_transfer.

  /** A frame will come. */
  public static final int GTF_transfer_committed = 0x4;

  /** The frame has come. */
  public static final int GTF_transfer_completed = 0x8;

  // GNTMAP: Flags of a mapping.

  /** For devices. */
  public static final int GNTMAP_device_map = 0x1;

  /** For the CPU, at host_addr. */
  public static final int GNTMAP_host_map = 0x2;

  /** No writing. */
  public static final int GNTMAP_readonly = 0x4;

  /** For user mode too; PV only. */
  public static final int GNTMAP_application_map = 0x8;

  /** Host_addr is the address of a page table entry; PV only. */
  public static final int GNTMAP_contains_pte = 0x10;

  // GNTCOPY: Flags of gnttab_copy.

  /** The source is a grant reference. */
  public static final int GNTCOPY_source_gref = 1;

  /** The destination is a grant reference. */
  public static final int GNTCOPY_dest_gref = 2;

  // GNTST: Status of one grant operation.

  /** Done. */
  public static final int GNTST_okay = 0;

  /** Failed for a reason without a status of its own. */
  public static final int GNTST_general_error = -1;

  /** No such domain. */
  public static final int GNTST_bad_domain = -2;

  /** No such grant, or not for this domain or use. */
  public static final int GNTST_bad_gntref = -3;

  /** No such mapping. */
  public static final int GNTST_bad_handle = -4;

  /** No address to map at. */
  public static final int GNTST_bad_virt_addr = -5;

  /** No such device address. */
  public static final int GNTST_bad_dev_addr = -6;

  /** IOMMU full. */
  public static final int GNTST_no_device_space = -7;

  /** Not allowed. */
  public static final int GNTST_permission_denied = -8;

  /** No such frame. */
  public static final int GNTST_bad_page = -9;

  /** Crosses a page. */
  public static final int GNTST_bad_copy_arg = -10;

  /** Frame number too large. */
  public static final int GNTST_address_too_big = -11;

  /** Try again. */
  public static final int GNTST_eagain = -12;

  /** Out of handles or frames. */
  public static final int GNTST_no_space = -13;

  // GNTTABOP: Operations of grant_table_op.

  /** Let a granted page appear in the caller's memory. */
  public static final int GNTTABOP_map_grant_ref = 0;

  /** Undo a mapping; the guest frame becomes a hole. */
  public static final int GNTTABOP_unmap_grant_ref = 1;

  /** Grow the grant table and ask where it is. */
  public static final int GNTTABOP_setup_table = 2;

  /** Print a grant table on the hypervisor's console. */
  public static final int GNTTABOP_dump_table = 3;

  /** Give a frame away. */
  public static final int GNTTABOP_transfer = 4;

  /** Copy bytes between pages that are granted or the caller's own. */
  public static final int GNTTABOP_copy = 5;

  /** Ask for the size of a grant table. */
  public static final int GNTTABOP_query_size = 6;

  /** Undo a mapping and put another one in its place. */
  public static final int GNTTABOP_unmap_and_replace = 7;

  /** Choose the version of the grant table. */
  public static final int GNTTABOP_set_version = 8;

  /** Ask for the status frames of version 2. */
  public static final int GNTTABOP_get_status_frames = 9;

  /** Ask for the version of a grant table. */
  public static final int GNTTABOP_get_version = 10;

  /** Exchange two entries of the caller's table. */
  public static final int GNTTABOP_swap_grant_ref = 11;

  /** Flush caches of a page. */
  public static final int GNTTABOP_cache_flush = 12;
}
