package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * A whole system, checked: it can be booted.
 *
 * @param seed what {@code {seed}} in a command line becomes
 * @param timeLimitNs virtual time after which the run ends, 0 for none
 * @param domains in the order of the description, which gives the domids
 * @param fingerprint of domains, devices and images: not of the seed, names of files or remarks
 */
public record SystemDescription(
    String name,
    String description,
    long seed,
    long timeLimitNs,
    ImmutableList<DomainDescription> domains,
    ImmutableList<DeviceDescription> devices,
    Fingerprint fingerprint) {

  /** What {@link #fingerprint} comes to. */
  public String hash() {
    return fingerprint.hex();
  }

  public ImmutableMap<String, Integer> domids() {
    ImmutableMap.Builder<String, Integer> ids = ImmutableMap.builder();
    domains.forEach(domain -> ids.put(domain.name(), domain.domid()));
    return ids.buildOrThrow();
  }

  /** The domain whose console is the terminal. */
  public Optional<DomainDescription> terminal() {
    return domains.stream().filter(DomainDescription::terminal).findFirst();
  }

  /** The domains in the order in which they start: dependencies first, else as described. */
  public ImmutableList<DomainDescription> startOrder() {
    return StartOrder.of(domains);
  }
}
