package ringside.device;

/** A device's interrupt line, level-triggered: INTx of PCI. */
@FunctionalInterface
public interface InterruptPin {
  /**
   * Drives the line; to drive it as it is already has no effect.
   *
   * @param asserted the device wants service
   * @param cause trace id of what the interrupt is for, or 0
   */
  void drive(boolean asserted, long cause);
}
