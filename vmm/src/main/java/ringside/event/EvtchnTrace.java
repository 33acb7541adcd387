package ringside.event;

import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_interdomain;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_ipi;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_pirq;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_unbound;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_virq;

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
          case EVTCHNSTAT_unbound -> new EvtchnEvent.Bind("unbound", port, status.a(), 0, -1, vcpu);
          case EVTCHNSTAT_interdomain ->
              new EvtchnEvent.Bind("interdomain", port, status.a(), status.b(), -1, vcpu);
          case EVTCHNSTAT_pirq -> new EvtchnEvent.Bind("pirq", port, -1, 0, status.a(), vcpu);
          case EVTCHNSTAT_virq -> new EvtchnEvent.Bind("virq", port, -1, 0, status.a(), vcpu);
          case EVTCHNSTAT_ipi -> new EvtchnEvent.Bind("ipi", port, -1, 0, -1, vcpu);
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
