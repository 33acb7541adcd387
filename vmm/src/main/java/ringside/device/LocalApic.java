package ringside.device;

/** A vCPU's local APIC. */
public final class LocalApic {
  /** Highest-priority vector that may be delivered now, or 0. */
  public int pendingVector() {
    return 0;
  }

  /** The processor takes the vector. */
  public void accept(int vector) {}

  /** An interrupt has come in. */
  public void request(int vector) {}
}
