package ringside.device;

/** Where a device's message-signalled interrupts go: a write of {@code data} to {@code address}. */
@FunctionalInterface
public interface MsiPort {
  /**
   * @param address as the guest programmed it; 0xfeexxxxx names local APICs
   * @param data vector in bits 7:0
   * @param cause trace id of what the interrupt is for, or 0
   */
  void message(long address, int data, long cause);
}
