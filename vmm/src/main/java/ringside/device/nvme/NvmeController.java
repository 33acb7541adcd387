package ringside.device.nvme;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import ringside.device.DmaPort;
import ringside.device.pci.MsixTable;
import ringside.memory.Copies;
import ringside.memory.GuestFault;
import ringside.time.Timers;

/**
 * An NVMe controller (NVM Express 1.4): registers, queues, and when commands are done.
 *
 * <p>Invariant: a command is fetched when its doorbell rings, and does all of its work, DMA
 * included, at the one moment when it completes. So a command that is cancelled has had no effect
 * and will have none; nothing is under way while the controller is disabled. That moment is the
 * same for commands of one doorbell whose data others help to copy: nobody comes in meanwhile.
 *
 * <p>Does not: SGLs, metadata, fused commands, namespace management, firmware, shadow doorbells,
 * controller memory, weighted arbitration.
 */
public final class NvmeController {
  /** Commands in one access to a doorbell, after each of which others may come in. */
  private static final int MOST_LET_IN = 256;

  /** How many I/O queues of each kind there can be. */
  public static final int IO_QUEUES = 64;

  private final Dma dma;
  private final DmaPort memory;
  private final MsixTable msix;
  private final Timers timers;
  private final LongSupplier clock;
  private final LatencyModel latency;
  private final ImmutableList<Namespace> namespaces;
  private final Copies copies;
  private final NvmeObserver observer;
  private final SortedMap<Integer, SubmissionQueue> sqs = new TreeMap<>();
  private final SortedMap<Integer, CompletionQueue> cqs = new TreeMap<>();
  private final AdminCommands admin;
  private final IoCommands io;
  private final AsyncEvents events = new AsyncEvents(this);

  /** Reads and writes that are done as soon as their data have been copied. */
  private final List<SubmissionQueue.Flight> copying = new ArrayList<>();

  private boolean busMaster;
  private boolean pumping;
  private int lastServed;
  private int cc;
  private int csts;
  private int aqa;
  private long asq;
  private long acq;
  private int intms;

  /**
   * @param namespaces with the ids 1 to n
   * @param serial of the controller, ASCII, at most 20 characters
   * @param copies those of the namespaces' disks
   */
  public NvmeController(
      DmaPort dma,
      MsixTable msix,
      Timers timers,
      LongSupplier clock,
      LatencyModel latency,
      List<Namespace> namespaces,
      String serial,
      Copies copies,
      NvmeObserver observer) {
    this.dma =
        new Dma((gpa, length, write) -> master(gpa, length).at(gpa, length, write), observer);
    this.memory = dma;
    this.msix = msix;
    this.timers = timers;
    this.clock = clock;
    this.latency = latency;
    this.namespaces = ImmutableList.copyOf(namespaces);
    this.copies = copies;
    this.observer = observer;
    this.admin = new AdminCommands(this, serial);
    this.io = new IoCommands(this);
  }

  /** There is no DMA of a function that is no bus master. */
  private DmaPort master(long gpa, int length) throws GuestFault {
    if (!busMaster) {
      throw new GuestFault("bus mastering is off: gpa", gpa, length);
    }
    return memory;
  }

  Dma dma() {
    return dma;
  }

  MsixTable msix() {
    return msix;
  }

  long now() {
    return clock.getAsLong();
  }

  ImmutableList<Namespace> namespaces() {
    return namespaces;
  }

  AsyncEvents events() {
    return events;
  }

  SortedMap<Integer, SubmissionQueue> sqs() {
    return sqs;
  }

  SortedMap<Integer, CompletionQueue> cqs() {
    return cqs;
  }

  Copies copies() {
    return copies;
  }

  AdminCommands admin() {
    return admin;
  }

  int cc() {
    return cc;
  }

  /** Makes durable what the caches hold. */
  void flush() throws IOException {
    for (Namespace namespace : namespaces) {
      namespace.disk().flush();
    }
  }

  // ---- registers

  /** Reads 1, 2, 4 or 8 bytes of the registers and doorbells. */
  public long read(int offset, int size) {
    int word = offset & ~3;
    long value = register(word) & 0xffff_ffffL | register(word + 4) << 32;
    return value >>> (offset & 3) * Byte.SIZE;
  }

  private long register(int offset) {
    return switch (offset) {
      case Registers.CAP -> Registers.CAPABILITIES;
      case Registers.CAP + 4 -> Registers.CAPABILITIES >>> 32;
      case Registers.VS -> Registers.VERSION;
      case Registers.INTMS, Registers.INTMC -> intms;
      case Registers.CC -> cc;
      case Registers.CSTS -> csts;
      case Registers.AQA -> aqa;
      case Registers.ASQ -> asq;
      case Registers.ASQ + 4 -> asq >>> 32;
      case Registers.ACQ -> acq;
      case Registers.ACQ + 4 -> acq >>> 32;
      default -> 0;
    };
  }

  /** Writes 4 or 8 aligned bytes; others are not supported and change nothing. */
  public void write(int offset, int size, long value, long cause) {
    if (size < 4 || offset % 4 != 0) {
      return;
    }
    writeRegister(offset, (int) value, cause);
    if (size == 8 && offset < Registers.DOORBELLS) {
      writeRegister(offset + 4, (int) (value >>> 32), cause);
    }
  }

  private void writeRegister(int offset, int value, long cause) {
    switch (offset) {
      case Registers.INTMS -> mask(intms | value);
      case Registers.INTMC -> mask(intms & ~value);
      case Registers.CC -> configure(value);
      case Registers.AQA -> aqa = value & 0x0fff_0fff;
      case Registers.ASQ -> asq = asq & -1L << 32 | value & 0xffff_f000L;
      case Registers.ASQ + 4 -> asq = asq & 0xffff_ffffL | (long) value << 32;
      case Registers.ACQ -> acq = acq & -1L << 32 | value & 0xffff_f000L;
      case Registers.ACQ + 4 -> acq = acq & 0xffff_ffffL | (long) value << 32;
      default -> {
        if (offset >= Registers.DOORBELLS) {
          doorbell(offset - Registers.DOORBELLS >>> 2, value & 0xffff, cause);
        }
      }
    }
  }

  private void mask(int bits) {
    intms = bits;
    pin(0);
  }

  // ---- life

  private void configure(int value) {
    boolean was = Registers.enabled(cc);
    boolean is = Registers.enabled(value);
    boolean notified = Registers.shutdown(value) != 0 && Registers.shutdown(cc) == 0;
    cc = value;
    if (was && !is) {
      disable();
    } else if (!was && is) {
      enable();
    }
    if (notified) {
      shutDown();
    }
  }

  private void enable() {
    int sqSize = (aqa & 0xfff) + 1;
    int cqSize = (aqa >>> 16 & 0xfff) + 1;
    if (!Registers.usable(cc) || sqSize < 2 || cqSize < 2 || asq < 0 || acq < 0) {
      csts = Registers.CFS;
      return;
    }
    CompletionQueue cq = new CompletionQueue(0, acq, cqSize, 0, true);
    cqs.put(0, cq);
    sqs.put(0, new SubmissionQueue(0, asq, sqSize, cq));
    csts = Registers.RDY;
  }

  /** Controller reset: everything under way ends without a trace. */
  private void disable() {
    forgetQueues();
    csts = 0;
    intms = 0;
  }

  private void forgetQueues() {
    if (!sqs.isEmpty()) {
      observer.reset(sqs.values().stream().mapToInt(sq -> sq.flights.size()).sum());
    }
    cancel();
    sqs.clear();
    cqs.clear();
    for (int vector = 0; vector < msix.vectors(); vector++) {
      msix.withdraw(vector);
    }
    latency.reset();
    events.reset();
    admin.reset();
    pin(0);
  }

  private void cancel() {
    for (SubmissionQueue sq : sqs.values()) {
      sq.flights.values().forEach(flight -> timers.cancel(flight.timer));
      sq.flights.clear();
    }
  }

  /** What is still under way is not done any more: the host was to wait for it first. */
  private void shutDown() {
    observer.shutdown(Registers.shutdown(cc) == Registers.ABRUPT);
    cancel();
    try {
      flush();
    } catch (IOException e) {
      fatal("flush at shutdown: " + e.getMessage());
      return;
    }
    csts = csts & ~0xc | Registers.SHST_COMPLETE;
  }

  /** As at power-on; the disks stay as they are, their caches included. */
  public void reset() {
    forgetQueues();
    cc = 0;
    csts = 0;
    aqa = 0;
    asq = 0;
    acq = 0;
    intms = 0;
    busMaster = false;
  }

  /** Whether PCI lets it reach memory; while not, nothing is fetched and nothing completes. */
  public void busMaster(boolean on) {
    busMaster = on;
    if (on) {
      cqs.values().forEach(this::drain);
      pump();
    }
  }

  private void fatal(String why) {
    observer.fatal(why);
    csts |= Registers.CFS;
    cancel();
  }

  boolean running() {
    return csts == Registers.RDY;
  }

  // ---- queues

  private void doorbell(int index, int value, long cause) {
    if (!running()) {
      return;
    }
    int qid = index / 2;
    boolean completion = index % 2 != 0;
    long rung = observer.doorbell(qid, completion, value, cause);
    if (completion) {
      completionDoorbell(qid, value);
    } else {
      submissionDoorbell(qid, value, rung);
    }
  }

  private void submissionDoorbell(int qid, int value, long cause) {
    SubmissionQueue sq = sqs.get(qid);
    if (sq == null) {
      events.badDoorbell(AsyncEvents.INVALID_REGISTER);
    } else if (value >= sq.size) {
      events.badDoorbell(AsyncEvents.INVALID_VALUE);
    } else {
      sq.tail = value;
      sq.cause = cause;
      pump();
    }
  }

  private void completionDoorbell(int qid, int value) {
    CompletionQueue cq = cqs.get(qid);
    if (cq == null) {
      events.badDoorbell(AsyncEvents.INVALID_REGISTER);
    } else if (!cq.acknowledge(value)) {
      events.badDoorbell(AsyncEvents.INVALID_VALUE);
    } else {
      withdraw(cq.vector);
      drain(cq);
      pump();
      pin(0);
    }
  }

  /** An interrupt that waits is not needed when everything was acknowledged. */
  private void withdraw(int vector) {
    if (cqs.values().stream().allMatch(cq -> cq.vector != vector || cq.empty())) {
      msix.withdraw(vector);
    }
  }

  /** Fetches what may be fetched, one from each queue in turn (section 4.13.1). */
  private void pump() {
    if (pumping) {
      return; // a command that is done at once came back here: the loop below goes on
    }
    pumping = true;
    int letIn = MOST_LET_IN; // who comes in may give more to fetch, and that is to have an end
    do {
      for (SubmissionQueue sq = next(); sq != null; sq = next()) {
        lastServed = sq.id;
        fetch(sq);
        if (letIn-- > 0) {
          observer.between(this::settle);
        }
      }
    } while (settle());
    pumping = false;
  }

  /** Whose data were being copied is done. False when there was none. */
  private boolean settle() {
    if (copying.isEmpty()) {
      return false;
    }
    copies.finish();
    for (SubmissionQueue.Flight flight : copying) {
      if (running()) {
        finish(flight, Status.SUCCESS, 0);
      }
    }
    copying.clear();
    return true;
  }

  private SubmissionQueue next() {
    if (!running() || !busMaster) {
      return null;
    }
    for (SubmissionQueue sq : sqs.tailMap(lastServed + 1).values()) {
      if (sq.ready()) {
        return sq;
      }
    }
    for (SubmissionQueue sq : sqs.headMap(lastServed + 1).values()) {
      if (sq.ready()) {
        return sq;
      }
    }
    return null;
  }

  private void fetch(SubmissionQueue sq) {
    Sqe sqe;
    try {
      dma.onBehalfOf(sq.cause);
      sqe = Sqe.of(dma.at(sq.address(), Sqe.BYTES, false));
    } catch (GuestFault e) {
      settle();
      fatal("SQ %d: %s".formatted(sq.id, e.getMessage()));
      return;
    }
    sq.advance();
    long cause = observer.fetch(sq.id, sqe, sq.cause);
    SubmissionQueue.Flight flight = new SubmissionQueue.Flight(sq, sqe, cause);
    if (sq.flights.putIfAbsent(sqe.cid(), flight) != null) {
      complete(flight, Status.CID_CONFLICT, 0);
      return;
    }
    long now = now();
    LatencyModel.Work work = sq.id == 0 ? LatencyModel.Work.ADMIN : IoCommands.work(sqe);
    long done = latency.done(work, sq.id == 0 ? 0 : io.bytes(sqe), now);
    if (done <= now) {
      execute(flight);
    } else {
      flight.timer = timers.at(done, () -> execute(flight));
      observer.timerSet();
    }
  }

  private void execute(SubmissionQueue.Flight flight) {
    flight.timer = null;
    int status = Status.SUCCESS;
    int dw0 = 0;
    boolean transfer = flight.sq.id > 0 && IoCommands.transfers(flight.sqe);
    if (!transfer) {
      settle();
    }
    dma.onBehalfOf(flight.cause);
    try {
      if (flight.sq.id > 0) {
        copies.later(transfer);
        io.execute(flight.sqe);
      } else if (flight.sqe.opcode() == AdminCommands.AER) {
        events.park(flight);
        return;
      } else {
        dw0 = admin.execute(flight);
      }
    } catch (CommandException e) {
      status = e.status();
    } catch (IOException e) {
      observer.diskError(e.getMessage());
      status = flight.sq.id > 0 ? IoCommands.failure(flight.sqe) : Status.INTERNAL_ERROR;
    } finally {
      copies.later(false);
    }
    if (status == Status.SUCCESS && !copies.isFinished()) {
      copying.add(flight);
    } else {
      settle();
      finish(flight, status, dw0);
    }
    pump();
  }

  /** A command is done. */
  void finish(SubmissionQueue.Flight flight, int status, int dw0) {
    timers.cancel(flight.timer);
    flight.sq.flights.remove(flight.sqe.cid(), flight);
    complete(flight, status, dw0);
  }

  private void complete(SubmissionQueue.Flight flight, int status, int dw0) {
    SubmissionQueue sq = flight.sq;
    dma.onBehalfOf(flight.cause);
    if (status != Status.SUCCESS) {
      admin.logs().error(sq.id, flight.sqe, status);
    }
    long cause = observer.complete(sq.id, flight.sqe.cid(), status, flight.cause);
    sq.cq.waiting.add(new CompletionQueue.Entry(sq, flight.sqe.cid(), status, dw0, cause));
    drain(sq.cq);
  }

  /** Writes what waits, as far as there is room. */
  private void drain(CompletionQueue cq) {
    while (!cq.waiting.isEmpty() && !cq.full() && busMaster && running()) {
      CompletionQueue.Entry entry = cq.waiting.remove();
      ByteBuffer to;
      try {
        to = dma.at(cq.address(), CompletionQueue.ENTRY, true);
      } catch (GuestFault e) {
        fatal("CQ %d: %s".formatted(cq.id, e.getMessage()));
        return;
      }
      int status = entry.status() << 17 | (cq.phase() ? 1 << 16 : 0) | entry.cid();
      to.putInt(0, entry.dw0());
      to.putInt(4, 0);
      to.putInt(8, entry.sq().id << 16 | entry.sq().head);
      VarHandle.releaseFence(); // a guest on another pCPU looks at the phase, and nothing before it
      to.putInt(12, status); // last: it carries the phase
      cq.advance();
      if (cq.interrupts) {
        msix.raise(cq.vector, entry.cause());
      }
      pin(entry.cause());
    }
  }

  /** Ends everything a queue has under way, and forgets completions that find no room. */
  void delete(SubmissionQueue sq) {
    for (SubmissionQueue.Flight flight : List.copyOf(sq.flights.values())) {
      finish(flight, Status.ABORTED_SQ_DELETED, 0);
    }
    sq.cq.waiting.removeIf(entry -> entry.sq() == sq);
    sqs.remove(sq.id);
  }

  /** Its last entries, acknowledged or not, interrupt nobody any more. */
  void delete(CompletionQueue cq) {
    cqs.remove(cq.id);
    withdraw(cq.vector);
    pin(0);
  }

  private void pin(long cause) {
    boolean level =
        !msix.enabled()
            && (intms & 1) == 0
            && cqs.values().stream().anyMatch(cq -> cq.interrupts && !cq.empty());
    observer.pin(level, cause);
  }
}
