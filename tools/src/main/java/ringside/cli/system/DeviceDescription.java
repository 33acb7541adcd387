package ringside.cli.system;

import ringside.device.DebugConsole;
import ringside.device.DebugExit;
import ringside.domain.Domain;

/**
 * A device of a system, checked.
 *
 * @param domid of the domain that has it
 */
public record DeviceDescription(int domid, String domain, Values values) {
  /** Its type as it is written in a description. */
  public String type() {
    return Keys.TYPE.type().show(values.get(Keys.TYPE));
  }

  /** Plugs it into its domain. */
  public void attach(Domain to) {
    switch (values.get(Keys.TYPE)) {
      case DEBUGCON -> new DebugConsole(to).attach(values.integer(Keys.PORT));
      case DEBUG_EXIT -> new DebugExit(to).attach(values.integer(Keys.PORT));
    }
  }
}
