package ringside.cli.run;

import com.google.common.collect.ImmutableList;
import ringside.cli.system.SystemDescription;
import ringside.domain.Pcpu;
import ringside.fault.RecoveryReport;

/**
 * How a run ended.
 *
 * @param virtualNs virtual time at its end
 * @param faultsNotReached those of the plan that never happened
 */
public record RunResult(
    SystemDescription system,
    String engine,
    String engineVersion,
    Pcpu.End end,
    long virtualNs,
    ImmutableList<DomainResult> domains,
    ImmutableList<RecoveryReport> recoveries,
    ImmutableList<String> faultsNotReached) {

  /** True when every guest ended, and ended well. */
  public boolean well() {
    return domains.stream().allMatch(DomainResult::well);
  }
}
