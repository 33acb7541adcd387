package ringside.device.pci;

import ringside.device.RegisterBlock;

/** A function on a domain's PCI bus: what software sees of it besides its own registers. */
public interface PciFunction {
  /** What the trace calls it. */
  String name();

  /**
   * Reads configuration space.
   *
   * @param offset 0 to 255
   * @param size 1, 2 or 4 bytes, inside one aligned word
   */
  long configRead(int offset, int size);

  /** Writes configuration space; sizes as for reads. */
  void configWrite(int offset, int size, long value);

  /** As at power-on; nothing is under way afterwards. */
  void reset();

  /** What lies at the address in BAR 0. */
  RegisterBlock registers();

  /** Bytes that BAR 0 asks for, a power of two. */
  int registerBytes();

  /** Where BAR 0 is now, or -1 while the function does not answer memory accesses. */
  long registerAddress();
}
