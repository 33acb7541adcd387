package ringside.device.pci;

/**
 * Configuration space of an NVMe function: type 0 header, BAR 0 of 64 bits, power management, MSI-X
 * and PCI Express capabilities.
 *
 * <p>Does not: expansion ROM, function level reset, power states other than D0.
 */
final class NvmeConfig {
  static final int COMMAND = 0x04;
  static final int MEMORY_ENABLE = 2;
  static final int BUS_MASTER = 4;
  static final int INTX_DISABLE = 1 << 10;

  /** Interrupt status, in the same word as the command register. */
  static final int INTX_STATUS = 1 << 19;

  static final int BAR0 = 0x10;
  static final int MSIX = 0x50;
  static final int MSIX_ENABLE = 1 << 31;
  static final int MSIX_MASKED = 1 << 30;

  private static final int VENDOR = 0x1b36; // QEMU's, which drivers know
  private static final int DEVICE = 0x0010;
  private static final int CLASS = 0x010802;
  private static final int CAPABILITIES = 1 << 20;
  private static final int PM = 0x40;
  private static final int EXPRESS = 0x60;
  private static final int MEMORY_64 = 4;

  private NvmeConfig() {}

  /**
   * As it is at power-on, with BAR 0 where the firmware would have put it.
   *
   * @param gsi interrupt line that INTA is wired to
   */
  static ConfigSpace make(long bar, int barBytes, MsixLayout msix, int gsi) {
    return new ConfigSpace()
        .word(0x00, DEVICE << 16 | VENDOR, 0)
        .word(COMMAND, CAPABILITIES | MEMORY_ENABLE, INTX_DISABLE | BUS_MASTER | MEMORY_ENABLE)
        .word(0x08, CLASS << 8 | 1, 0)
        .word(0x0c, 0, 0xff)
        .word(BAR0, (int) bar | MEMORY_64, -barBytes)
        .word(BAR0 + 4, (int) (bar >>> 32), -1)
        .word(0x2c, 0x1100 << 16 | 0x1af4, 0)
        .word(0x34, PM, 0)
        .word(0x3c, 1 << 8 | gsi, 0xff)
        .word(PM, 3 << 16 | MSIX << 8 | 1, 0)
        .word(PM + 4, 8, 0)
        .word(MSIX, (msix.vectors() - 1) << 16 | EXPRESS << 8 | 0x11, MSIX_ENABLE | MSIX_MASKED)
        .word(MSIX + 4, msix.table(), 0)
        .word(MSIX + 8, msix.pending(), 0)
        .word(EXPRESS, 2 << 16 | 0x10, 0)
        .word(EXPRESS + 4, 1 << 15, 0)
        .word(EXPRESS + 8, 0x2810, 0x78ff)
        .word(EXPRESS + 12, 1 << 4 | 1, 0)
        .word(EXPRESS + 16, (1 << 4 | 1) << 16, 0);
  }

  /**
   * Where in BAR 0 the vectors are.
   *
   * @param table offset of the table
   * @param pending offset of the pending bits
   */
  record MsixLayout(int vectors, int table, int pending) {}
}
