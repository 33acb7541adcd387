package ringside.ivmc;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What a domain may be in the registry, as its description says.
 *
 * @param provides services that it may be the server of
 * @param uses services that it may be a client of, each at most once
 * @param credentials what servers are told of it
 */
public record Services(
    ImmutableList<String> provides, ImmutableList<Use> uses, Credentials credentials) {
  public static final Services NONE =
      new Services(ImmutableList.of(), ImmutableList.of(), Credentials.SUPERUSER);

  /**
   * One unit of a service.
   *
   * @param unit 1 to 65535; what it means is the service's affair
   */
  public record Use(String service, int unit) {
    @Override
    public String toString() {
      return service + "/" + unit;
    }
  }

  /** The unit that the domain may use of a service; empty when it may not use it. */
  public Optional<Use> use(String service) {
    return uses.stream().filter(use -> use.service().equals(service)).findFirst();
  }
}
