package ringside.abi.gen;

/** Physical devices and their interrupts. Generated from physdev.abi. */
public final class PhysdevAbi {
  private PhysdevAbi() {}

  // XENIRQSTAT: Flags of physdev_irq_status_query.

  /** The guest must call PHYSDEVOP_eoi. */
  public static final int XENIRQSTAT_needs_eoi = 1;

  /** Other domains use the line too. */
  public static final int XENIRQSTAT_shared = 2;

  // MAP_PIRQ_TYPE: Kinds of interrupts.

  /** A message. */
  public static final int MAP_PIRQ_TYPE_MSI = 0;

  /** An interrupt line. */
  public static final int MAP_PIRQ_TYPE_GSI = 1;

  /** Not told. */
  public static final int MAP_PIRQ_TYPE_UNKNOWN = 2;

  /** A message, of a device in a given segment. */
  public static final int MAP_PIRQ_TYPE_MSI_SEG = 3;

  /** Several messages. */
  public static final int MAP_PIRQ_TYPE_MULTI_MSI = 4;

  // PHYSDEVOP: Operations of physdev_op.

  /** Ask about a physical interrupt. */
  public static final int PHYSDEVOP_irq_status_query = 5;

  /** Set the I/O privilege level of a PV guest. */
  public static final int PHYSDEVOP_set_iopl = 6;

  /** Set the I/O permission bitmap of a PV guest. */
  public static final int PHYSDEVOP_set_iobitmap = 7;

  /** Read a register of an I/O APIC. */
  public static final int PHYSDEVOP_apic_read = 8;

  /** Write a register of an I/O APIC. */
  public static final int PHYSDEVOP_apic_write = 9;

  /** Choose a vector for a physical interrupt. */
  public static final int PHYSDEVOP_alloc_irq_vector = 10;

  /** Free the vector of a physical interrupt. */
  public static final int PHYSDEVOP_free_irq_vector = 11;

  /** Tell that an interrupt has been handled; while its line is asserted, it is sent again. */
  public static final int PHYSDEVOP_eoi = 12;

  /** Give an interrupt a number in a domain. */
  public static final int PHYSDEVOP_map_pirq = 13;

  /** Take the number back. */
  public static final int PHYSDEVOP_unmap_pirq = 14;

  /** Tell of a new PCI device. */
  public static final int PHYSDEVOP_manage_pci_add = 15;

  /** Tell that a PCI device is gone. */
  public static final int PHYSDEVOP_manage_pci_remove = 16;

  /** Share a bitmap of interrupts that need EOI. */
  public static final int PHYSDEVOP_pirq_eoi_gmfn_v1 = 17;

  /** Write a device's messages again after a sleep. */
  public static final int PHYSDEVOP_restore_msi = 19;

  /** Tell of a new PCI device function. */
  public static final int PHYSDEVOP_manage_pci_add_ext = 20;

  /** Set an interrupt line up. */
  public static final int PHYSDEVOP_setup_gsi = 21;

  /** Ask for a free number. */
  public static final int PHYSDEVOP_get_free_pirq = 23;

  /** Tell where PCI configuration space is mapped. */
  public static final int PHYSDEVOP_pci_mmcfg_reserved = 24;

  /** Tell of a new PCI device. */
  public static final int PHYSDEVOP_pci_device_add = 25;

  /** Tell that a PCI device is gone. */
  public static final int PHYSDEVOP_pci_device_remove = 26;

  /** Write a device's messages again after a sleep. */
  public static final int PHYSDEVOP_restore_msi_ext = 27;

  /** Share a bitmap of interrupts that need EOI. */
  public static final int PHYSDEVOP_pirq_eoi_gmfn_v2 = 28;

  /** Prepare the USB debug port for a reset. */
  public static final int PHYSDEVOP_dbgp_op = 29;

  /** Prepare a device's MSI-X for another domain. */
  public static final int PHYSDEVOP_prepare_msix = 30;

  /** Undo PHYSDEVOP_prepare_msix. */
  public static final int PHYSDEVOP_release_msix = 31;
}
