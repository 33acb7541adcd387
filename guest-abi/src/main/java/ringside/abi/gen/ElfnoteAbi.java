package ringside.abi.gen;

/**
 * ELF notes of owner Xen, by which a kernel says how it wants to be started. Generated from
 * elfnote.abi.
 */
public final class ElfnoteAbi {
  private ElfnoteAbi() {}

  // XEN_ELFNOTE: Types of notes. Ringside uses PHYS32_ENTRY and shows the others.

  /** A name and a value. */
  public static final int XEN_ELFNOTE_INFO = 0;

  /** PV: virtual entry point. */
  public static final int XEN_ELFNOTE_ENTRY = 1;

  /** PV: virtual address of the hypercall page. */
  public static final int XEN_ELFNOTE_HYPERCALL_PAGE = 2;

  /** PV: virtual address of physical address 0. */
  public static final int XEN_ELFNOTE_VIRT_BASE = 3;

  /** PV: what to take off physical addresses. */
  public static final int XEN_ELFNOTE_PADDR_OFFSET = 4;

  /** Text: the interface, such as xen-3.0. */
  public static final int XEN_ELFNOTE_XEN_VERSION = 5;

  /** Text: the kernel's name. */
  public static final int XEN_ELFNOTE_GUEST_OS = 6;

  /** Text: the kernel's version. */
  public static final int XEN_ELFNOTE_GUEST_VERSION = 7;

  /** Text: the loader. */
  public static final int XEN_ELFNOTE_LOADER = 8;

  /** PV: text: whether the kernel uses PAE. */
  public static final int XEN_ELFNOTE_PAE_MODE = 9;

  /** Text: features, separated by |, with ! before needed ones. */
  public static final int XEN_ELFNOTE_FEATURES = 10;

  /** Text: yes loads the symbol table. */
  public static final int XEN_ELFNOTE_BSD_SYMTAB = 11;

  /** PV: lowest address of the hypervisor's hole. */
  public static final int XEN_ELFNOTE_HV_START_LOW = 12;

  /** PV: how to know entries that hold a frame. */
  public static final int XEN_ELFNOTE_L1_MFN_VALID = 13;

  /** Whether a suspend can be called off. */
  public static final int XEN_ELFNOTE_SUSPEND_CANCEL = 14;

  /** PV: virtual address of the first p2m. */
  public static final int XEN_ELFNOTE_INIT_P2M = 15;

  /** PV: whether the module may stay unmapped. */
  public static final int XEN_ELFNOTE_MOD_START_PFN = 16;

  /** Bits of features, see XENFEAT. */
  public static final int XEN_ELFNOTE_SUPPORTED_FEATURES = 17;

  /** Physical entry point in 32-bit code: the kernel is a PVH one. */
  public static final int XEN_ELFNOTE_PHYS32_ENTRY = 18;

  /** The kernel can be moved: alignment, lowest and highest address. */
  public static final int XEN_ELFNOTE_PHYS32_RELOC = 19;
}
