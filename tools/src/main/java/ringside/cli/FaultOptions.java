package ringside.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.cli.system.ValueOverride;

/** {@code --fault DOMAIN:WHAT:WHEN}, which may be given several times. */
final class FaultOptions {
  private FaultOptions() {}

  /** The key faults of each domain that is named. */
  static List<ValueOverride> overrides(List<String> options) {
    Map<String, List<String>> byDomain = new LinkedHashMap<>();
    for (String option : options) {
      int colon = option.indexOf(':');
      if (colon <= 0 || option.indexOf(':', colon + 1) < 0) {
        throw new UserError(
            "--fault " + option + ": it is not DOMAIN:WHAT:WHEN", "like storage:kill:at=200ms");
      }
      byDomain
          .computeIfAbsent(option.substring(0, colon), domain -> new ArrayList<>())
          .add(option.substring(colon + 1));
    }
    List<ValueOverride> all = new ArrayList<>();
    byDomain.forEach(
        (domain, faults) ->
            all.add(new ValueOverride(domain, "faults", String.join(",", faults), "--fault")));
    return all;
  }
}
