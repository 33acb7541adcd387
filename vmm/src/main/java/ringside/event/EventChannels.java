package ringside.event;

import static ringside.abi.gen.ErrnoAbi.EEXIST;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOSPC;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_closed;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_interdomain;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_ipi;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_pirq;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_unbound;
import static ringside.abi.gen.EventChannelAbi.EVTCHNSTAT_virq;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.trace.EvtchnEvent;

/**
 * A domain's event channels, 2-level ABI: what each port is bound to, and how an event reaches a
 * vCPU. The operations are those of EVTCHNOP_*; each returns 0, a port, or a negated errno.
 *
 * <p>Invariant: if port p here is bound to port q of domain D, then port q of D is bound to p here.
 * Port 0 is never valid. An operation on two domains takes both locks, lower domid first.
 */
public final class EventChannels {
  private final Domain domain;
  private final Channel[] channels;
  private final int[] notifyVcpu;
  private final long[] causes;
  private final int limit;
  private final Pirqs pirqs = new Pirqs(this);

  /**
   * @param limit number of ports, port 0 included; a 32-bit guest can use at most 1024 of them
   */
  public EventChannels(Domain domain, int limit) {
    this.domain = domain;
    this.limit = limit;
    this.channels = new Channel[limit];
    this.notifyVcpu = new int[limit];
    this.causes = new long[limit];
    Arrays.fill(channels, Channel.CLOSED);
  }

  /** The physical interrupts that can be bound to ports here. */
  public Pirqs pirqs() {
    return pirqs;
  }

  /** True for a port number that could be in use. */
  public boolean valid(int port) {
    return port > 0 && port < ports();
  }

  private int ports() {
    return Math.min(limit, domain.sharedInfo().ports());
  }

  private int free() {
    for (int port = 1; port < ports(); port++) {
      if (channels[port] == Channel.CLOSED) {
        return port;
      }
    }
    return -ENOSPC;
  }

  private int bind(Channel channel, int vcpu) {
    int port = free();
    if (port > 0) {
      channels[port] = channel;
      notifyVcpu[port] = vcpu;
    }
    return port;
  }

  // EVTCHNOP_*

  public synchronized int allocUnbound(int remoteDomain) {
    return bind(new Channel.Unbound(remoteDomain), 0);
  }

  /** Binds to a port that the remote domain allocated for us; a first event is pending at once. */
  public int bindInterdomain(EventChannels remote, int remotePort, long cause) {
    EventChannels first = domain.id() <= remote.domain.id() ? this : remote;
    EventChannels second = first == this ? remote : this;
    synchronized (first) {
      synchronized (second) {
        boolean waiting =
            remote.valid(remotePort)
                && remote.channels[remotePort] instanceof Channel.Unbound(int dom)
                && dom == domain.id();
        if (!waiting) {
          return -EINVAL;
        }
        int port = bind(new Channel.Interdomain(remote, remotePort), 0);
        if (port > 0) {
          remote.channels[remotePort] = new Channel.Interdomain(this, port);
          raise(port, cause);
        }
        return port;
      }
    }
  }

  /**
   * A channel whose other end is a service inside the hypervisor, e.g. the console.
   *
   * @param onSend called when the guest sends, with the trace id of the cause
   */
  public synchronized int bindBackend(LongConsumer onSend) {
    return bind(new Channel.Backend(onSend), 0);
  }

  /** An event from the service behind the port; none when the guest has closed its end. */
  public void notifyByBackend(int port, long cause) {
    if (at(port) instanceof Channel.Backend) {
      raise(port, cause);
    }
  }

  /** True when the port is bound to exactly this service. */
  public boolean backend(int port, LongConsumer onSend) {
    return at(port) instanceof Channel.Backend(LongConsumer bound) && bound == onSend;
  }

  public synchronized int bindVirq(int virq, Vcpu vcpu) {
    if (vcpu.virqPort(virq) != 0) {
      return -EEXIST;
    }
    int port = bind(new Channel.Virq(virq), vcpu.id());
    if (port > 0) {
      vcpu.virqPort(virq, port);
    }
    return port;
  }

  public synchronized int bindIpi(Vcpu vcpu) {
    return bind(Channel.IPI, vcpu.id());
  }

  synchronized int bindPirq(int pirq) {
    return pirqPort(pirq) != 0 ? -EEXIST : bind(new Channel.Pirq(pirq), 0);
  }

  /** The port that a physical interrupt is bound to, or 0. */
  synchronized int pirqPort(int pirq) {
    for (int port = 1; port < limit; port++) {
      if (channels[port] instanceof Channel.Pirq(int bound) && bound == pirq) {
        return port;
      }
    }
    return 0;
  }

  public int close(int port) {
    return valid(port) ? unbind(port) : -EINVAL;
  }

  /** As close, for every port there is: also those that a narrower layout has put out of reach. */
  private int unbind(int port) {
    return switch (channels[port]) {
      case Channel.Closed() -> -EINVAL;
      case Channel.Interdomain(EventChannels remote, int remotePort) -> {
        EventChannels first = domain.id() <= remote.domain.id() ? this : remote;
        EventChannels second = first == this ? remote : this;
        synchronized (first) {
          synchronized (second) {
            remote.channels[remotePort] = new Channel.Unbound(domain.id());
            yield free(port);
          }
        }
      }
      case Channel.Virq(int virq) -> {
        domain.vcpu(notifyVcpu[port]).virqPort(virq, 0);
        yield free(port);
      }
      case Channel.Unbound u -> free(port);
      case Channel.Backend b -> free(port);
      case Channel.Ipi i -> free(port);
      case Channel.Pirq p -> free(port);
    };
  }

  private synchronized int free(int port) {
    channels[port] = Channel.CLOSED;
    notifyVcpu[port] = 0;
    domain.sharedInfo().clearPending(port);
    return 0;
  }

  public void closeAll() {
    for (int port = 1; port < limit; port++) {
      if (channels[port] != Channel.CLOSED) {
        unbind(port);
      }
    }
  }

  /**
   * @param vcpu who sends, for the trace; -1 for none
   */
  public int send(int port, int vcpu, long cause) {
    switch (at(port)) {
      case Channel.Interdomain(EventChannels remote, int remotePort) -> {
        remote.raise(remotePort, sent(vcpu, port, remote.domain.id(), remotePort, cause));
        return 0;
      }
      case Channel.Ipi i -> {
        raise(port, sent(vcpu, port, domain.id(), port, cause));
        return 0;
      }
      case Channel.Backend(LongConsumer onSend) -> {
        onSend.accept(sent(vcpu, port, 0, 0, cause));
        return 0;
      }
      case Channel.Unbound u -> {
        return 0;
      }
      case Channel.Closed c -> {
        return -EINVAL;
      }
      case Channel.Virq v -> {
        return -EINVAL;
      }
      case Channel.Pirq p -> {
        return -EINVAL;
      }
    }
  }

  private long sent(int vcpu, int port, int remoteDomain, int remotePort, long cause) {
    return domain.machine().tracer().on(EvtchnEvent.SEND)
        ? domain.emit(cause, vcpu, new EvtchnEvent.Send(port, remoteDomain, remotePort))
        : cause;
  }

  public synchronized int bindVcpu(int port, Vcpu vcpu) {
    boolean movable =
        switch (at(port)) {
          case Channel.Virq(int virq) -> !Virq.perVcpu(virq);
          case Channel.Unbound u -> true;
          case Channel.Interdomain i -> true;
          case Channel.Backend b -> true;
          case Channel.Pirq p -> true;
          case Channel.Ipi i -> false;
          case Channel.Closed c -> false;
        };
    if (!movable) {
      return -EINVAL;
    }
    notifyVcpu[port] = vcpu.id();
    return 0;
  }

  /** Clears the mask; an event that came meanwhile is delivered now. */
  public int unmask(int port) {
    if (!valid(port)) {
      return -EINVAL;
    }
    if (domain.sharedInfo().testAndClearMask(port) && domain.sharedInfo().pending(port)) {
      deliver(port);
    }
    return 0;
  }

  /** Kind of channel -> how many ports are open. */
  public synchronized ImmutableSortedMap<String, Integer> openByKind() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Channel channel : channels) {
      if (channel != Channel.CLOSED) {
        counts.merge(channel.kind(), 1, Integer::sum);
      }
    }
    return ImmutableSortedMap.copyOfSorted(counts);
  }

  /** What EVTCHNOP_status tells. */
  public Status status(int port) {
    int vcpu = notifyVcpu[port];
    return switch (at(port)) {
      case Channel.Closed c -> new Status(EVTCHNSTAT_closed, 0, 0, 0);
      case Channel.Unbound(int remote) -> new Status(EVTCHNSTAT_unbound, vcpu, remote, 0);
      case Channel.Interdomain(EventChannels remote, int remotePort) ->
          new Status(EVTCHNSTAT_interdomain, vcpu, remote.domain.id(), remotePort);
      case Channel.Backend b -> new Status(EVTCHNSTAT_interdomain, vcpu, 0, port);
      case Channel.Pirq(int pirq) -> new Status(EVTCHNSTAT_pirq, vcpu, pirq, 0);
      case Channel.Virq(int virq) -> new Status(EVTCHNSTAT_virq, vcpu, virq, 0);
      case Channel.Ipi i -> new Status(EVTCHNSTAT_ipi, vcpu, 0, 0);
    };
  }

  /**
   * EVTCHNSTAT_*.
   *
   * @param a remote domain, pirq or virq
   * @param b remote port
   */
  public record Status(int status, int vcpu, int a, int b) {}

  private Channel at(int port) {
    return valid(port) ? channels[port] : Channel.CLOSED;
  }

  // Delivery

  /** An event has come in for a port of this domain, whoever sent it. */
  public void raise(int port, long cause) {
    if (!valid(port)) {
      return; // bound before the guest took the narrower layout, which has no bit for it
    }
    if (domain.sharedInfo().testAndSetPending(port)) {
      return;
    }
    boolean masked = domain.sharedInfo().masked(port);
    causes[port] =
        domain.machine().tracer().on(EvtchnEvent.PENDING)
            ? domain.emit(cause, notifyVcpu[port], new EvtchnEvent.Pending(port, masked))
            : cause;
    for (Vcpu vcpu : domain.vcpus()) {
      vcpu.pollWake(port);
    }
    if (!masked) {
      deliver(port);
    }
  }

  private void deliver(int port) {
    domain.vcpu(notifyVcpu[port]).eventPending(port, causes[port]);
  }

  /** Raises a VIRQ; one that nobody bound is dropped, as on Xen. */
  public void raiseVirq(Vcpu vcpu, int virq, long cause) {
    int port = vcpu.virqPort(virq);
    if (port != 0) {
      raise(port, cause);
    }
  }

  /** Trace id of the last pending event of a port. */
  public long cause(int port) {
    return valid(port) ? causes[port] : 0;
  }
}
