package ringside.device;

/**
 * What was written to the ICR of a local APIC (Intel SDM volume 3, figure 12-12).
 *
 * @param low bits 31:0; writing these sends
 * @param high bits 63:32, the destination in its upper byte
 */
record InterruptCommand(int low, int high) {
  private static final int FIXED = 0;
  private static final int LOWEST_PRIORITY = 1;
  private static final int NMI = 4;
  private static final int BROADCAST = 0xff;

  int vector() {
    return low & 0xff;
  }

  private int mode() {
    return low >>> 8 & 7;
  }

  boolean needsVector() {
    return mode() == FIXED || mode() == LOWEST_PRIORITY;
  }

  /** One of the destinations is enough; we take the first. */
  boolean lowestPriority() {
    return mode() == LOWEST_PRIORITY;
  }

  boolean nmi() {
    return mode() == NMI;
  }

  /** Destination shorthand, bits 19:18. */
  boolean reaches(LocalApic sender, LocalApic target) {
    return switch (low >>> 18 & 3) {
      case 0 -> named(target);
      case 1 -> target == sender;
      case 2 -> true;
      default -> target != sender;
    };
  }

  private boolean named(LocalApic target) {
    int destination = high >>> 24;
    boolean logical = (low >>> 11 & 1) != 0;
    return logical
        ? target.inFlatSet(destination)
        : destination == BROADCAST || destination == target.id();
  }
}
