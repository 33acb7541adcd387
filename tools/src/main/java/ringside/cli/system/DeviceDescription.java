package ringside.cli.system;

import java.util.Optional;

/**
 * A device of a system, checked.
 *
 * @param domid of the domain that has it
 * @param nvme what else an NVMe controller is described by
 */
public record DeviceDescription(
    int domid, String domain, Optional<NvmeDescription> nvme, Values values) {
  /** Its type as it is written in a description. */
  public String type() {
    return Keys.TYPE.type().show(values.get(Keys.TYPE));
  }

  public DeviceKind kind() {
    return values.get(Keys.TYPE);
  }

  /** I/O port, of those that have one. */
  public int port() {
    return values.integer(Keys.PORT);
  }
}
