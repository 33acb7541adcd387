package ringside.cli.sweep;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;
import ringside.fault.Fault;

/**
 * Where the domain is killed in one run: once, or a second time after it was built anew.
 *
 * @param faults one or two
 */
record CrashPoint(ImmutableList<Fault> faults) {
  /** As options of {@code ringside boot}. */
  String options(String domain) {
    return faults.stream()
        .map(fault -> "--fault '" + domain + ":" + fault + "'")
        .collect(Collectors.joining(" "));
  }
}
