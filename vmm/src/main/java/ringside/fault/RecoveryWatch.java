package ringside.fault;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import ringside.domain.Domain;
import ringside.domain.DomainAction;
import ringside.domain.Vcpu;
import ringside.probe.ProbeListener;
import ringside.probe.ProbeSite;

/**
 * Follows the recovery of services whose domain died: when it was detected, when the rebuilt domain
 * had registered, when clients were connected again, when they had sent again what had no answer.
 *
 * <p>Host time comes from outside and goes into reports only; nothing in the machine depends on it.
 * A client is known here by its probes, and by nothing else; whoever has none is not waited for.
 */
public final class RecoveryWatch implements ProbeListener {
  /** Watches nothing. */
  public static final RecoveryWatch NONE = new RecoveryWatch(() -> 0, report -> {});

  private static final String RECOVER = "ivmc_recover";
  private static final String CONNECTED = "ivmc_connected";
  private static final String RECOVERED = "ivmc_recovered";

  private final LongSupplier hostClock;
  private final Consumer<RecoveryReport> to;
  private final Map<String, Instant> faults = new TreeMap<>();
  private final Map<String, Recovery> recoveries = new TreeMap<>();

  /** A point in both times. */
  record Instant(long virtualNs, long hostNs) {}

  /** What is known of one provider's recovery so far. */
  private static final class Recovery {
    private final Instant fault;
    private final Instant detected;
    private Instant registered;
    private final Map<Long, ChannelRecovery> channels = new TreeMap<>();

    private Recovery(Instant fault, Instant detected) {
      this.fault = fault;
      this.detected = detected;
    }
  }

  private static final class ChannelRecovery {
    private final long inFlight;
    private Instant connected;

    private ChannelRecovery(long inFlight) {
      this.inFlight = inFlight;
    }
  }

  /**
   * @param hostClock nanoseconds of a clock of the host that never falls
   * @param to gets a report for each client of each recovery, when it is complete
   */
  public RecoveryWatch(LongSupplier hostClock, Consumer<RecoveryReport> to) {
    this.hostClock = hostClock;
    this.to = to;
  }

  private Instant now(Domain domain) {
    return new Instant(domain.machine().clock().now(), hostClock.getAsLong());
  }

  private static boolean recovers(Domain domain) {
    return !domain.config().services().provides().isEmpty()
        && domain.config().onCrash() == DomainAction.RESTART;
  }

  /** Something was made to go wrong, which nobody has noticed yet. */
  public void faultInjected(Domain domain) {
    if (recovers(domain)) {
      faults.put(domain.name(), now(domain));
    }
  }

  /** It crashed, or its watchdog found it hanging. */
  public void detected(Domain domain) {
    if (recovers(domain)) {
      Instant now = now(domain);
      Instant fault = faults.remove(domain.name());
      recoveries.put(domain.name(), new Recovery(fault == null ? now : fault, now));
    }
  }

  /** A server has registered, and its clients hear of it. */
  public void registered(Domain domain) {
    Recovery recovery = recoveries.get(domain.name());
    if (recovery != null && recovery.registered == null) {
      recovery.registered = now(domain);
    }
  }

  @Override
  public boolean wants(Domain domain, String probe) {
    return this != NONE
        && !domain.config().services().uses().isEmpty()
        && (probe.equals(RECOVER) || probe.equals(CONNECTED) || probe.equals(RECOVERED));
  }

  @Override
  public boolean reached(Vcpu vcpu, ProbeSite site, long[] arguments) {
    if (arguments.length == 0) {
      return false;
    }
    long channel = arguments[0];
    for (Map.Entry<String, Recovery> entry : recoveries.entrySet()) {
      Recovery recovery = entry.getValue();
      if (usesServiceOf(vcpu.domain(), entry.getKey())) {
        ChannelRecovery client = recovery.channels.get(channel);
        if (site.name().equals(RECOVER)) {
          long inFlight = arguments.length > 2 ? arguments[2] : 0;
          recovery.channels.putIfAbsent(channel, new ChannelRecovery(inFlight));
        } else if (client != null && site.name().equals(CONNECTED)) {
          client.connected = now(vcpu.domain());
        } else if (client != null && arguments.length > 3) {
          recovery.channels.remove(channel);
          to.accept(report(entry.getKey(), recovery, client, vcpu.domain(), arguments));
        }
      }
    }
    return false;
  }

  private static boolean usesServiceOf(Domain client, String server) {
    return client.machine().domains().stream()
        .filter(d -> d.name().equals(server))
        .flatMap(d -> d.config().services().provides().stream())
        .anyMatch(
            s -> client.config().services().uses().stream().anyMatch(u -> u.service().equals(s)));
  }

  private RecoveryReport report(
      String server, Recovery recovery, ChannelRecovery client, Domain domain, long[] arguments) {
    Instant done = now(domain);
    Instant connected = client.connected == null ? done : client.connected;
    Instant registered = recovery.registered == null ? connected : recovery.registered;
    return new RecoveryReport(
        server,
        domain.name(),
        recovery.fault.virtualNs(),
        split(recovery.fault, recovery.detected, registered, connected, done, true),
        split(recovery.fault, recovery.detected, registered, connected, done, false),
        client.inFlight,
        arguments[2],
        arguments[3]);
  }

  private static RecoveryReport.Outage split(
      Instant fault,
      Instant detected,
      Instant registered,
      Instant connected,
      Instant done,
      boolean virtual) {
    return new RecoveryReport.Outage(
        span(fault, detected, virtual),
        span(detected, registered, virtual),
        span(registered, connected, virtual),
        span(connected, done, virtual));
  }

  private static long span(Instant from, Instant to, boolean virtual) {
    return virtual ? to.virtualNs() - from.virtualNs() : to.hostNs() - from.hostNs();
  }
}
