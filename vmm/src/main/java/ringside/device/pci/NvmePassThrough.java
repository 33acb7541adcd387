package ringside.device.pci;

import java.util.List;
import ringside.device.DmaPort;
import ringside.device.nvme.LatencyModel;
import ringside.device.nvme.Namespace;
import ringside.device.nvme.NvmeController;
import ringside.device.nvme.NvmeObserver;
import ringside.device.nvme.Sqe;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.memory.Copies;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.probe.CommandCauses;
import ringside.trace.NvmeEvent;
import ringside.trace.Tracer;

/**
 * An NVMe controller that is passed through to one domain at a time. It outlives the domain: one
 * that is rebuilt finds it as at power-on, with the same disks and what their caches hold.
 *
 * <p>Invariant: every DMA goes through the owner's guest-physical space; without an owner there is
 * none. When the owner stops, which is before anything of the domain is given back, all that was
 * under way is over.
 */
public final class NvmePassThrough {
  /** Vectors: one for the admin queue, one for each I/O queue. */
  private static final int VECTORS = NvmeController.IO_QUEUES + 1;

  /** Interrupt line of the function's pin. */
  private static final int GSI = 16;

  /** Of one owner. */
  private static final int MOST_NOTICES = 10;

  private final Machine machine;
  private final NvmeFunction function;
  private Domain owner;
  private int notices;

  /**
   * @param namespaces the caller closes their disks when the machine is no more
   * @param copies those of the disks
   */
  public NvmePassThrough(
      Machine machine,
      String serial,
      LatencyModel latency,
      List<Namespace> namespaces,
      Copies copies) {
    this.machine = machine;
    MsixTable msix = new MsixTable(VECTORS, this::message);
    NvmeController controller =
        new NvmeController(
            dma(),
            msix,
            machine.timers(),
            () -> machine.clock().now(),
            latency,
            namespaces,
            serial,
            copies,
            new Observer());
    this.function = new NvmeFunction(controller, msix, GSI);
  }

  /** Plugs it into a domain that does not run yet; the domain that had it is gone. */
  public void assign(Domain domain) {
    if (owner != null) {
      throw new IllegalStateException(owner + " has the controller");
    }
    owner = domain;
    notices = 0;
    function.connect(domain.events().pirqs().give(GSI));
    function.reset();
    PciHost host = new PciHost(domain.board(), function);
    domain.board().onStop(() -> release(domain, host));
  }

  /** Everything under way is cancelled, with no effect; the domain reaches nothing any more. */
  private void release(Domain from, PciHost host) {
    host.unplug();
    if (owner == from) {
      function.reset();
      owner = null;
    }
  }

  private DmaPort dma() {
    return (gpa, length, write) -> {
      if (owner == null) {
        throw new GuestFault("nobody owns the device: gpa", gpa, length);
      }
      return owner.space().buffer(new Gpa(gpa), length, write);
    };
  }

  private void message(long address, int data, long cause) {
    if (owner == null) {
      return;
    }
    long id = emit(NvmeEvent.INTERRUPT, cause, new NvmeEvent.Interrupt(address, data));
    if (traced()) {
      machine.commandCauses().raised(id, cause);
    }
    owner.board().message(address, data, id);
    machine.timersChanged();
  }

  private boolean traced() {
    return owner != null && machine.tracer() != Tracer.OFF;
  }

  private long emit(String type, long cause, NvmeEvent event) {
    return owner != null && machine.tracer().on(type) ? owner.emit(cause, event) : cause;
  }

  /** Tells the trace, the log, and the domain's interrupt line. */
  private final class Observer implements NvmeObserver {
    @Override
    public long doorbell(int qid, boolean completion, int value, long cause) {
      return emit(NvmeEvent.DOORBELL, cause, new NvmeEvent.Doorbell(qid, completion, value));
    }

    @Override
    public long fetch(int qid, Sqe sqe, long doorbell) {
      CommandCauses causes = machine.commandCauses();
      return emit(
          NvmeEvent.COMMAND,
          traced() ? causes.fetched(owner.id(), qid, sqe.cid(), doorbell) : doorbell,
          new NvmeEvent.Command(
              qid,
              sqe.cid(),
              sqe.opcode(),
              Integer.toUnsignedLong(sqe.nsid()),
              sqe.slba(),
              sqe.nlb()));
    }

    @Override
    public long complete(int qid, int cid, int status, long cause) {
      long id = emit(NvmeEvent.COMPLETION, cause, new NvmeEvent.Completion(qid, cid, status));
      if (traced()) {
        machine.commandCauses().completed(owner.id(), qid, cid, id);
      }
      return id;
    }

    @Override
    public void fatal(String why) {
      emit(NvmeEvent.FATAL, 0, new NvmeEvent.Fatal(why));
      note("nvme: the controller cannot go on: " + why);
    }

    @Override
    public void diskError(String why) {
      note("nvme: " + why);
    }

    /** Too many would be of use to nobody; the trace has them all. */
    private void note(String what) {
      if (owner != null && notices++ < MOST_NOTICES) {
        owner.notice(what);
      }
    }

    @Override
    public void dma(long gpa, int length, boolean write, long cause) {
      if (machine.tracer().on(NvmeEvent.DMA)) {
        emit(NvmeEvent.DMA, cause, new NvmeEvent.Dma(gpa, length, write));
      }
    }

    @Override
    public void dmaBlocked(long gpa, int length, boolean write, long cause) {
      emit(NvmeEvent.DMA_BLOCKED, cause, new NvmeEvent.DmaBlocked(gpa, length, write));
      String verb = write ? "write to" : "read";
      note("nvme: DMA blocked: %s 0x%x, %d bytes".formatted(verb, gpa, length));
    }

    @Override
    public void timerSet() {
      machine.timersChanged();
    }

    @Override
    public void between(Runnable settle) {
      machine.letOthersIn(settle);
    }

    @Override
    public void reset(int cancelled) {
      emit(NvmeEvent.RESET, 0, new NvmeEvent.Reset(cancelled));
    }

    @Override
    public void shutdown(boolean abrupt) {
      emit(NvmeEvent.SHUTDOWN, 0, new NvmeEvent.Shutdown(abrupt));
    }

    @Override
    public void pin(boolean asserted, long cause) {
      function.pin(asserted, cause);
    }
  }
}
