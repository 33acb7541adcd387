package ringside.cli.run;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import ringside.cli.system.DomainDescription;
import ringside.domain.Outcome;

/**
 * How one domain of a system fared.
 *
 * @param outcome its last one; empty when it never stopped
 * @param stoppedNs virtual time of that, or of the run's end
 * @param console its lines, as shown
 */
public record DomainResult(
    DomainDescription domain,
    Optional<Outcome> outcome,
    long stoppedNs,
    int restarts,
    ImmutableList<String> console) {

  public boolean well() {
    return outcome.isPresent() && outcome.get().well();
  }
}
