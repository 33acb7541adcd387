package ringside.ivmc;

import static ringside.abi.gen.IvmcAbi.IVMC_MAX_CLIENTS;

/**
 * One service: at most one server, and clients by slot.
 *
 * <p>Invariant: a client keeps its slot until its domain ends. A record is there only while the
 * domain that entered it lives; a client's also only as long as the server that it was entered for:
 * when a server ends, all channels to it are void, and whoever comes next must not find them.
 */
final class Service {
  private final String name;
  private final Registrant[] clients = new Registrant[IVMC_MAX_CLIENTS];
  private Registrant server;
  private int generation;

  Service(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  int generation() {
    return generation;
  }

  /** Null when there is none. */
  Registrant server() {
    return server;
  }

  void server(Registrant registrant) {
    server = registrant;
  }

  /** Another registration of the server. */
  void nextGeneration() {
    generation++;
  }

  /** Null when no client has the slot. */
  Registrant client(int slot) {
    return clients[slot];
  }

  void client(int slot, Registrant registrant) {
    clients[slot] = registrant;
  }

  /** The slot of a domain, or a free one, or -1 when all are taken. */
  int slotFor(int domid) {
    int free = -1;
    for (int slot = clients.length - 1; slot >= 0; slot--) {
      if (clients[slot] == null) {
        free = slot;
      } else if (clients[slot].domain().id() == domid) {
        return slot;
      }
    }
    return free;
  }

  /** The first client's record at or after a slot; null when there is none. */
  RegistryRecord clientRecord(long slot) {
    for (int i = (int) Math.min(slot, clients.length); i < clients.length; i++) {
      if (clients[i] != null && clients[i].record() != null) {
        return clients[i].record();
      }
    }
    return null;
  }

  /** True when these are its server and one of its clients. */
  boolean joins(int serverDomid, int clientDomid) {
    if (server == null || server.domain().id() != serverDomid) {
      return false;
    }
    for (Registrant client : clients) {
      if (client != null && client.record() != null && client.record().domid() == clientDomid) {
        return true;
      }
    }
    return false;
  }

  void notifyClients(long cause) {
    for (Registrant client : clients) {
      if (client != null) {
        client.welcome().notifyOwner(cause);
      }
    }
  }

  void notifyServer(long cause) {
    if (server != null) {
      server.welcome().notifyOwner(cause);
    }
  }

  void dropClientRecords() {
    for (Registrant client : clients) {
      if (client != null) {
        client.dropRecord();
      }
    }
  }
}
