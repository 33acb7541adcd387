package ringside.event;

import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.trace.EvtchnEvent;

/** Writes into the trace what becomes of a domain's ports, at the wish of one of its vCPUs. */
public final class EvtchnTrace {
  private EvtchnTrace() {}

  /** A port was bound, and is still. */
  public static void bound(Vcpu by, int port, long cause) {
    Domain domain = by.domain();
    if (!domain.machine().tracer().on(EvtchnEvent.BIND)) {
      return;
    }
    EventChannels.Status status = domain.events().status(port);
    int vcpu = status.vcpu();
    domain.emit(
        cause,
        by.id(),
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
  public static void closed(Vcpu by, int port, long cause) {
    Domain domain = by.domain();
    if (domain.machine().tracer().on(EvtchnEvent.CLOSE)) {
      domain.emit(cause, by.id(), new EvtchnEvent.Close(port));
    }
  }

  /** A port's mask is about to be cleared. */
  public static void unmask(Vcpu by, int port, long cause) {
    Domain domain = by.domain();
    if (domain.machine().tracer().on(EvtchnEvent.UNMASK)) {
      domain.emit(cause, by.id(), new EvtchnEvent.Unmask(port, domain.sharedInfo().pending(port)));
    }
  }
}
