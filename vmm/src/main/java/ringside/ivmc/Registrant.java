package ringside.ivmc;

import ringside.domain.Domain;

/**
 * A domain that has registered for one role of one service, from its first registration to its end.
 * Its record may go before: see {@link Service}.
 */
final class Registrant {
  private final Domain domain;
  private final WelcomePort welcome;
  private RegistryRecord record;
  private int lastEpoch;

  Registrant(Domain domain, String service) {
    this.domain = domain;
    this.welcome = new WelcomePort(domain, service);
  }

  Domain domain() {
    return domain;
  }

  WelcomePort welcome() {
    return welcome;
  }

  /** Null when it has none now. */
  RegistryRecord record() {
    return record;
  }

  void record(RegistryRecord value) {
    record = value;
    lastEpoch = value.epoch();
  }

  void dropRecord() {
    record = null;
  }

  /** True for an epoch that this registrant has not reached yet. */
  boolean newEpoch(int epoch) {
    return Integer.compareUnsigned(epoch, lastEpoch) > 0;
  }
}
