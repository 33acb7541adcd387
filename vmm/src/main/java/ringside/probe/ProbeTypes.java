package ringside.probe;

import ringside.trace.EventTypes;
import ringside.trace.ProbeEvent;

/** Which trace event tells of a probe, by its name. */
final class ProbeTypes {
  private static final String NVME = "nvme_";

  private ProbeTypes() {}

  /**
   * The first underscore becomes a dot ({@code ring_enqueue} is {@code ring.enqueue}); the NVMe
   * driver's probes are of the family driver, the controller has nvme; those that no family knows
   * are {@code probe.hit}.
   */
  static String of(String probe) {
    String type = probe.startsWith(NVME) ? "driver." + probe : probe.replaceFirst("_", ".");
    return EventTypes.ALL.contains(type) ? type : ProbeEvent.HIT;
  }
}
