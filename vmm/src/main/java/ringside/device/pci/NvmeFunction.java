package ringside.device.pci;

import ringside.device.InterruptPin;
import ringside.device.RegisterBlock;
import ringside.device.nvme.NvmeController;
import ringside.domain.Vcpu;

/**
 * An NVMe controller as a PCI function: configuration space, and BAR 0 with the controller's
 * registers, the MSI-X table and its pending bits.
 */
public final class NvmeFunction implements PciFunction, RegisterBlock {
  /** In the hole below 4 GiB, under everything that Xen puts there. */
  private static final long BAR = 0xf000_0000L;

  private static final int BAR_BYTES = 0x4000;
  private static final int TABLE = 0x2000;
  private static final int PENDING = 0x3000;

  private final NvmeController controller;
  private final MsixTable msix;
  private final int gsi;
  private ConfigSpace config;
  private InterruptPin line = (_, _) -> {};
  private boolean asserted;

  /**
   * @param msix the table that the controller raises its interrupts with
   * @param gsi interrupt line that its pin is wired to
   */
  public NvmeFunction(NvmeController controller, MsixTable msix, int gsi) {
    this.controller = controller;
    this.msix = msix;
    this.gsi = gsi;
    this.config = fresh();
  }

  private ConfigSpace fresh() {
    NvmeConfig.MsixLayout layout = new NvmeConfig.MsixLayout(msix.vectors(), TABLE, PENDING);
    return NvmeConfig.make(BAR, BAR_BYTES, layout, gsi);
  }

  /** The disks stay as they are, with what their caches hold. */
  @Override
  public void reset() {
    asserted = false;
    controller.reset();
    msix.reset();
    config = fresh();
  }

  /** Connects its pin. */
  public void connect(InterruptPin interruptLine) {
    line = interruptLine;
  }

  /** The controller wants service, or no longer; configuration space shows it in any case. */
  public void pin(boolean wanted, long cause) {
    asserted = wanted;
    config.set(NvmeConfig.COMMAND, NvmeConfig.INTX_STATUS, wanted);
    drive(cause);
  }

  /** The pin is low while software has disabled it, or gets messages. */
  private void drive(long cause) {
    boolean enabled = (config.word(NvmeConfig.COMMAND) & NvmeConfig.INTX_DISABLE) == 0;
    line.drive(asserted && enabled && !msix.enabled(), cause);
  }

  @Override
  public String name() {
    return "nvme";
  }

  @Override
  public long configRead(int offset, int size) {
    return config.read(offset, size);
  }

  @Override
  public void configWrite(int offset, int size, long value) {
    config.write(offset, size, value);
    int command = config.word(NvmeConfig.COMMAND);
    boolean master = (command & NvmeConfig.BUS_MASTER) != 0;
    int control = config.word(NvmeConfig.MSIX);
    msix.control(
        (control & NvmeConfig.MSIX_ENABLE) != 0, (control & NvmeConfig.MSIX_MASKED) != 0, master);
    controller.busMaster(master);
    drive(0);
  }

  @Override
  public RegisterBlock registers() {
    return this;
  }

  @Override
  public int registerBytes() {
    return BAR_BYTES;
  }

  @Override
  public long registerAddress() {
    if ((config.word(NvmeConfig.COMMAND) & NvmeConfig.MEMORY_ENABLE) == 0) {
      return -1;
    }
    long low = config.word(NvmeConfig.BAR0) & 0xffff_fff0L;
    return low | (long) config.word(NvmeConfig.BAR0 + 4) << 32;
  }

  @Override
  public long read(Vcpu vcpu, long offset, int size) {
    int at = (int) offset;
    if (at < TABLE) {
      return controller.read(at, size);
    }
    int word = at & ~3;
    long low = msixWord(word) & 0xffff_ffffL;
    return (low | msixWord(word + 4) << 32) >>> (at & 3) * Byte.SIZE;
  }

  private long msixWord(int offset) {
    if (offset >= PENDING) {
      return msix.readPending(offset - PENDING);
    }
    return offset - TABLE < msix.length() ? msix.read(offset - TABLE) : 0;
  }

  /** The table takes aligned words only; the pending bits take nothing. */
  @Override
  public void write(Vcpu vcpu, long offset, int size, long value) {
    int at = (int) offset;
    if (at < TABLE) {
      controller.write(at, size, value, vcpu.takeAnnounced());
    } else if (at % 4 == 0 && size >= 4) {
      for (int i = 0; i < size; i += 4) {
        if (at + i - TABLE < msix.length()) {
          msix.write(at + i - TABLE, (int) (value >>> i * Byte.SIZE));
        }
      }
    }
  }
}
