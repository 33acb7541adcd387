package ringside.cli.run;

import ringside.domain.Domain;
import ringside.domain.DomainAction;
import ringside.domain.Machine;

/**
 * Domains that provide a service have no end of their own. When nobody that runs uses what such a
 * domain provides, it is asked to shut down, as xl would ask it; so a file server goes before the
 * storage server that it stands on.
 */
final class ServiceDomains {
  private static final String HOW = "poweroff";

  private ServiceDomains() {}

  static void shutDownUnused(Machine machine) {
    for (Domain domain : machine.domains()) {
      boolean provider = !domain.config().services().provides().isEmpty();
      if (provider && domain.running() && !used(machine, domain)) {
        domain.store().requestShutdown(HOW);
      }
    }
  }

  private static boolean used(Machine machine, Domain provider) {
    return machine.domains().stream()
        .filter(other -> other != provider && goesOn(other))
        .anyMatch(
            other ->
                provider.config().services().provides().stream()
                    .anyMatch(service -> other.config().services().use(service).isPresent()));
  }

  /** It runs, or it is about to be built anew. */
  private static boolean goesOn(Domain domain) {
    return domain.running() || domain.config().after(domain.outcome()) == DomainAction.RESTART;
  }
}
