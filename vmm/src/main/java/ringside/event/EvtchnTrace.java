package ringside.event;

import ringside.domain.Domain;
import ringside.trace.EvtchnEvent;

/** Writes into the trace what becomes of a domain's ports. */
public final class EvtchnTrace {
  private EvtchnTrace() {}

  /** A port was bound, and is still. */
  public static void bound(Domain domain, int port, long cause) {
    if (!domain.machine().tracer().on(EvtchnEvent.BIND)) {
      return;
    }
    EventChannels.Status status = domain.events().status(port);
    int vcpu = status.vcpu();
    domain.emit(
        cause,
        switch (status.status()) {
          case EventChannels.Status.UNBOUND ->
              new EvtchnEvent.Bind("unbound", port, status.a(), 0, -1, vcpu);
          case EventChannels.Status.INTERDOMAIN ->
              new EvtchnEvent.Bind("interdomain", port, status.a(), status.b(), -1, vcpu);
          case EventChannels.Status.PIRQ ->
              new EvtchnEvent.Bind("pirq", port, -1, 0, status.a(), vcpu);
          case EventChannels.Status.VIRQ ->
              new EvtchnEvent.Bind("virq", port, -1, 0, status.a(), vcpu);
          case EventChannels.Status.IPI -> new EvtchnEvent.Bind("ipi", port, -1, 0, -1, vcpu);
          default ->
              throw new IllegalStateException("port " + port + " of " + domain + " is closed");
        });
  }

  /** A port was closed by its own domain. */
  public static void closed(Domain domain, int port, long cause) {
    if (domain.machine().tracer().on(EvtchnEvent.CLOSE)) {
      domain.emit(cause, new EvtchnEvent.Close(port));
    }
  }

  /** A port's mask is about to be cleared. */
  public static void unmask(Domain domain, int port, long cause) {
    if (domain.machine().tracer().on(EvtchnEvent.UNMASK)) {
      domain.emit(cause, new EvtchnEvent.Unmask(port, domain.sharedInfo().pending(port)));
    }
  }
}
