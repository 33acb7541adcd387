package ringside.device.pci;

import java.util.List;
import ringside.device.DmaPort;
import ringside.device.InterruptPin;
import ringside.device.nvme.LatencyModel;
import ringside.device.nvme.Namespace;
import ringside.device.nvme.NvmeController;
import ringside.device.nvme.NvmeObserver;
import ringside.device.nvme.Sqe;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.trace.NvmeEvent;

/**
 * An NVMe controller that is passed through to one domain at a time. It outlives the domain: one
 * that is rebuilt finds it as at power-on, with the same disks and what their caches hold.
 *
 * <p>Invariant: every DMA goes through the owner's guest-physical space; without an owner there is
 * none. When the owner's board is reset, which is before anything of the domain is given back, all
 * that was under way is over.
 */
public final class NvmePassThrough {
  /** Vectors: one for the admin queue, one for each I/O queue. */
  private static final int VECTORS = NvmeController.IO_QUEUES + 1;

  /** Interrupt line of the function's pin. */
  private static final int GSI = 16;

  private final Machine machine;
  private final NvmeFunction function;
  private Domain owner;
  private InterruptPin line;

  /**
   * @param namespaces the caller closes their disks when the machine is no more
   */
  public NvmePassThrough(
      Machine machine, String serial, LatencyModel latency, List<Namespace> namespaces) {
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
            new Observer());
    this.function = new NvmeFunction(controller, msix, GSI);
  }

  /** Plugs it into a domain that does not run yet; the domain that had it is gone. */
  public void assign(Domain domain) {
    owner = domain;
    line = domain.events().pirqs().give(GSI);
    function.reset();
    new PciHost(domain.board(), function);
  }

  private DmaPort dma() {
    return (gpa, length, write) -> {
      try {
        return owner.space().buffer(new Gpa(gpa), length, write);
      } catch (GuestFault e) {
        emit(NvmeEvent.DMA_BLOCKED, 0, new NvmeEvent.DmaBlocked(gpa, length, write));
        owner.notice("nvme: DMA blocked: " + e.getMessage());
        throw e;
      }
    };
  }

  private void message(long address, int data, long cause) {
    long id = emit(NvmeEvent.INTERRUPT, cause, new NvmeEvent.Interrupt(address, data));
    owner.board().message(address, data, id);
    machine.timersChanged();
  }

  private long emit(String type, long cause, NvmeEvent event) {
    return machine.tracer().on(type) ? owner.emit(cause, event) : cause;
  }

  /** Tells the trace, the log, and the domain's interrupt line. */
  private final class Observer implements NvmeObserver {
    @Override
    public long doorbell(int qid, boolean completion, int value, long cause) {
      return emit(NvmeEvent.DOORBELL, cause, new NvmeEvent.Doorbell(qid, completion, value));
    }

    @Override
    public long fetch(int qid, Sqe sqe, long cause) {
      return emit(
          NvmeEvent.COMMAND,
          cause,
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
      return emit(NvmeEvent.COMPLETION, cause, new NvmeEvent.Completion(qid, cid, status));
    }

    @Override
    public void fatal(String why) {
      emit(NvmeEvent.FATAL, 0, new NvmeEvent.Fatal(why));
      owner.notice("nvme: the controller cannot go on: " + why);
    }

    @Override
    public void diskError(String why) {
      owner.notice("nvme: " + why);
    }

    @Override
    public void pin(boolean asserted) {
      if (line != null) {
        function.pin(asserted);
        line.drive(asserted && function.pinEnabled(), 0);
      }
    }
  }
}
