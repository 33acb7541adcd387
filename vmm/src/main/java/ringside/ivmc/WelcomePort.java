package ringside.ivmc;

import java.util.function.LongConsumer;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.event.EvtchnTrace;
import ringside.trace.RegistryEvent;

/**
 * A registrant's port whose other end is the registry. What the guest sends to it has no effect.
 *
 * <p>Invariant: the number is that of a port bound to this object, unless the guest closed it; then
 * {@link #open} binds another, and until then nobody is notified.
 */
final class WelcomePort implements LongConsumer {
  private final Domain domain;
  private final String service;
  private int port;

  WelcomePort(Domain domain, String service) {
    this.domain = domain;
    this.service = service;
  }

  @Override
  public void accept(long cause) {}

  /** Its number; bound now if it is not. Negative (-ENOSPC) when the domain has no free port. */
  int open(Vcpu by, long cause) {
    if (!domain.events().backend(port, this)) {
      int bound = domain.events().bindBackend(this);
      if (bound < 0) {
        return bound;
      }
      port = bound;
      EvtchnTrace.bound(by, port, cause);
    }
    return port;
  }

  void notifyOwner(long cause) {
    if (domain.events().backend(port, this)) {
      long id =
          domain.machine().tracer().on(RegistryEvent.NOTIFY)
              ? domain.emit(cause, new RegistryEvent.Notify(service, port))
              : cause;
      domain.events().notifyByBackend(port, id);
    }
  }
}
