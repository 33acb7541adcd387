package ringside.ivmc;

import static ringside.abi.gen.ErrnoAbi.EEXIST;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOSPC;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.IvmcAbi.IVMC_MAX_CLIENTS;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.trace.RegistryEvent;

/**
 * Who serves and who uses which service, and where a client's channel page is: the state that
 * survives a server, and no more. Knows nothing of what is inside a channel.
 *
 * <p>Invariant: a domain has only those roles that its configuration gives it. Whenever a record of
 * one role appears, is replaced or goes, the welcome ports of the other role fire. Locks: a
 * domain's event channels after this.
 */
public final class Registry {
  private static final String SERVER = "server";
  private static final String CLIENT = "client";

  private final SortedMap<String, Service> services = new TreeMap<>();
  private int lastSerial;

  /**
   * What a registration gives.
   *
   * @param result 0 or a negated errno; then the rest is 0
   * @param port the caller's welcome port
   */
  public record Registered(int result, int slot, int port, int generation) {
    private static Registered failed(int result) {
      return new Registered(result, 0, 0, 0);
    }
  }

  /** True when the domain has any role of the service. */
  public static boolean knows(Domain domain, String service) {
    Services may = domain.config().services();
    return may.provides().contains(service) || may.use(service).isPresent();
  }

  private Service service(String name) {
    return services.computeIfAbsent(name, Service::new);
  }

  /** Enters or replaces the record of a service's server: -EPERM, -EEXIST, -ENOSPC. */
  public synchronized Registered registerServer(Vcpu by, String name, long cause) {
    Domain domain = by.domain();
    if (!domain.config().services().provides().contains(name)) {
      return Registered.failed(-EPERM);
    }
    Service service = service(name);
    boolean known = service.server() != null && service.server().domain() == domain;
    if (!known && service.server() != null) {
      return Registered.failed(-EEXIST);
    }
    Registrant server = known ? service.server() : new Registrant(domain, name);
    int port = server.welcome().open(by, cause);
    if (port < 0) {
      return Registered.failed(port);
    }
    service.server(server);
    service.nextGeneration();
    server.record(
        new RegistryRecord(
            domain.id(), 0, 0, domain.config().services().credentials(), 0, 0, ++lastSerial));
    domain.machine().recoveries().registered(domain);
    service.notifyClients(entered(by, service, SERVER, server.record(), cause));
    return new Registered(0, 0, port, service.generation());
  }

  /**
   * Enters or replaces a client's record.
   *
   * @param channelRef unsigned
   * @param epoch unsigned; greater than any that this client had: else -EINVAL
   */
  public synchronized Registered registerClient(
      Vcpu by, String name, int channelRef, int epoch, long cause) {
    Domain domain = by.domain();
    Services.Use use = domain.config().services().use(name).orElse(null);
    if (use == null) {
      return Registered.failed(-EPERM);
    }
    Service service = service(name);
    int slot = service.slotFor(domain.id());
    if (slot < 0) {
      return Registered.failed(-ENOSPC);
    }
    Registrant known = service.client(slot);
    Registrant client = known == null ? new Registrant(domain, name) : known;
    if (!client.newEpoch(epoch)) {
      return Registered.failed(-EINVAL);
    }
    int port = client.welcome().open(by, cause);
    if (port < 0) {
      return Registered.failed(port);
    }
    service.client(slot, client);
    client.record(
        new RegistryRecord(
            domain.id(),
            slot,
            use.unit(),
            domain.config().services().credentials(),
            channelRef,
            epoch,
            ++lastSerial));
    service.notifyServer(entered(by, service, CLIENT, client.record(), cause));
    return new Registered(0, slot, port, service.generation());
  }

  private static long entered(
      Vcpu by, Service service, String role, RegistryRecord record, long cause) {
    return by.domain().machine().tracer().on(RegistryEvent.REGISTER)
        ? by.domain()
            .emit(
                cause,
                by.id(),
                new RegistryEvent.Register(
                    service.name(),
                    role,
                    record.slot(),
                    record.unit(),
                    record.channelRef(),
                    record.epoch(),
                    service.generation()))
        : cause;
  }

  /** The server's record, or null. */
  public synchronized RegistryRecord server(String service) {
    Registrant server = service(service).server();
    return server == null ? null : server.record();
  }

  /** The first client's record at or after a slot, or null. */
  public synchronized RegistryRecord client(String service, long slot) {
    return service(service).clientRecord(slot);
  }

  /** True when a service has the one as its server and the other as its client. */
  public synchronized boolean serves(int server, int client) {
    return services.values().stream().anyMatch(service -> service.joins(server, client));
  }

  /** A client's record, and the service that it is of. */
  public record Entry(String service, RegistryRecord record) {}

  /** The records of all clients, by service and slot. */
  public synchronized List<Entry> clients() {
    List<Entry> entries = new ArrayList<>();
    for (Service service : services.values()) {
      RegistryRecord record = service.clientRecord(0);
      while (record != null) {
        entries.add(new Entry(service.name(), record));
        record = service.clientRecord(record.slot() + 1);
      }
    }
    return entries;
  }

  /** How often the service's server has registered. */
  public synchronized int generation(String service) {
    return service(service).generation();
  }

  /** A domain has come to its end: its records go, and the other roles hear of it. */
  public synchronized void ended(Domain domain, long cause) {
    for (Service service : services.values()) {
      if (service.server() != null && service.server().domain() == domain) {
        service.server(null);
        service.dropClientRecords();
        service.notifyClients(withdrawn(domain, service, SERVER, 0, cause));
      }
      for (int slot = 0; slot < IVMC_MAX_CLIENTS; slot++) {
        if (service.client(slot) != null && service.client(slot).domain() == domain) {
          service.client(slot, null);
          service.notifyServer(withdrawn(domain, service, CLIENT, slot, cause));
        }
      }
    }
  }

  private static long withdrawn(Domain domain, Service service, String role, int slot, long cause) {
    return domain.machine().tracer().on(RegistryEvent.WITHDRAW)
        ? domain.emit(cause, new RegistryEvent.Withdraw(service.name(), role, slot))
        : cause;
  }
}
