package ringside.cli.control;

import java.util.List;

/**
 * A running machine as others see it.
 *
 * @param virtualNs virtual time
 */
public record MachineView(long virtualNs, List<DomainView> domains) {
  /**
   * One domain.
   *
   * @param vcpus state of each, by number
   */
  public record DomainView(
      int domid, String name, int memoryMib, boolean running, List<String> vcpus) {}
}
