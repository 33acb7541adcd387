package ringside.event;

import java.util.function.LongConsumer;

/** What a port is bound to: ECS_* of Xen, EVTCHNSTAT_* of public/event_channel.h. */
sealed interface Channel {
  /** Free to be allocated. */
  record Closed() implements Channel {}

  /** Waits for the given domain to bind to it. */
  record Unbound(int remoteDomain) implements Channel {}

  /** The other end is a port of another (or the same) domain. */
  record Interdomain(EventChannels remote, int remotePort) implements Channel {}

  /** The other end is inside the hypervisor, standing in for the control domain. */
  record Backend(LongConsumer onSend) implements Channel {}

  record Virq(int virq) implements Channel {}

  record Ipi() implements Channel {}

  record Pirq(int pirq) implements Channel {}

  /** Its kind in a word. */
  default String kind() {
    return switch (this) {
      case Closed c -> "closed";
      case Unbound u -> "unbound";
      case Interdomain i -> "interdomain";
      case Backend b -> "backend";
      case Virq v -> "virq";
      case Ipi i -> "ipi";
      case Pirq p -> "pirq";
    };
  }

  Channel CLOSED = new Closed();
  Channel IPI = new Ipi();
}
