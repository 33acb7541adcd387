package ringside.xenstore;

import static ringside.abi.gen.HvmAbi.HVM_PARAM_STORE_EVTCHN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_STORE_PFN;

import ringside.domain.Domain;
import ringside.domain.MemoryMap;
import ringside.domain.OutOfMachineMemory;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.trace.XenstoreEvent;

/** A domain's connection to the store: the ring page, its event channel, the domain's nodes. */
public final class StoreRing implements AutoCloseable {
  private final Domain domain;
  private final XenStore store;
  private final Frame page;
  private final int port;

  /**
   * Puts page and port into the domain, and its nodes into the store. The console must be there.
   */
  public StoreRing(Domain domain, XenStore store) {
    this.domain = domain;
    this.store = store;
    this.page = Frame.allocate(domain.machine().memory());
    if (page == null) {
      throw new OutOfMachineMemory("a xenstore page");
    }
    page.mapInto(domain.space(), MemoryMap.STORE_GFN, Access.READ_WRITE);
    StoreConnection connection = new StoreConnection(page, domain.id(), store, new Guest());
    this.port =
        domain
            .events()
            .bindBackend(
                cause -> {
                  synchronized (store) {
                    connection.process(cause);
                  }
                });
    domain.params().set(HVM_PARAM_STORE_PFN, MemoryMap.STORE_GFN);
    domain.params().set(HVM_PARAM_STORE_EVTCHN, port);
    DomainNodes.create(domain, store);
    store.introduce(connection.client());
  }

  /** The domain's port of the store's event channel. */
  public int port() {
    return port;
  }

  /** Asks the guest to end: poweroff, reboot, halt, suspend. Whether it listens is its business. */
  public void requestShutdown(String how) {
    store.requestShutdown(domain.id(), how);
  }

  @Override
  public void close() {
    store.release(domain.id());
    page.close();
  }

  /** What the connection needs of the domain. */
  private final class Guest implements StoreConnection.Peer {
    @Override
    public void notify(long cause) {
      domain.events().notifyByBackend(port, cause);
    }

    @Override
    public void notice(String what) {
      domain.notice(what);
    }

    @Override
    public boolean tracing(String type) {
      return domain.machine().tracer().on(type);
    }

    @Override
    public long trace(long cause, XenstoreEvent event) {
      return domain.emit(cause, event);
    }
  }
}
