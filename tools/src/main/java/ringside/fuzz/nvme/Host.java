package ringside.fuzz.nvme;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The driver's side of everything: queues, commands under way, what the disks may hold.
 *
 * <p>Invariant: after {@link #observe}, all that the controller has done so far was compared with
 * what it may do: completions, interrupts, DMA, fatal status.
 */
final class Host {
  static final int MAX_QUEUES = 4;
  static final int MAX_SQ = 2 * Spec.PAGE / Spec.SQE;
  static final int MAX_CQ = Spec.PAGE / Spec.CQE;
  private static final int QUEUE_PAGES = 3;
  private static final int BUFFERS = 40;

  /** Pages of memory that it takes. */
  static final int PAGES = (MAX_QUEUES + 1) * QUEUE_PAGES + BUFFERS * Buffers.PAGES;

  private static final long MILLISECOND = 1_000_000;

  final Target target;
  final HostMemory memory;
  final Interrupts interrupts;
  final Buffers buffers;
  final Disks disks;
  final Coverage coverage;
  final AerModel aers = new AerModel();
  final SortedMap<Integer, SubmissionQueue> sqs = new TreeMap<>();
  final SortedMap<Integer, CompletionQueue> cqs = new TreeMap<>();
  final List<String> log = new ArrayList<>();

  /** A command under way that makes or deletes queues: one at a time, so that all know what is. */
  Command structural;

  private final boolean logging;
  private boolean ready;
  private boolean powered;
  private boolean tampered;
  private long now;
  private long completions;

  Host(Target target, HostMemory memory, Disks disks, Coverage coverage, boolean logging) {
    this.target = target;
    this.memory = memory;
    this.disks = disks;
    this.coverage = coverage;
    this.logging = logging;
    this.interrupts = new Interrupts(target, coverage);
    long afterQueues = HostMemory.BASE + (MAX_QUEUES + 1L) * QUEUE_PAGES * Spec.PAGE;
    this.buffers = new Buffers(BUFFERS, memory, afterQueues, coverage);
  }

  void say(String format, Object... args) {
    if (logging) {
      log.add(format.formatted(args));
    }
  }

  /** Commands completed so far. */
  long completions() {
    return completions;
  }

  boolean ready() {
    return ready;
  }

  /** The next point of the model's time. */
  long tick() {
    return ++now;
  }

  static long sqBase(int qid) {
    return HostMemory.BASE + (long) qid * QUEUE_PAGES * Spec.PAGE;
  }

  static long cqBase(int qid) {
    return sqBase(qid) + 2 * Spec.PAGE;
  }

  void clearCq(int qid) {
    ByteBuffer entries = memory.view(cqBase(qid), Spec.PAGE);
    entries.put(new byte[Spec.PAGE]);
  }

  // ---- life of the controller

  /** Plugs in, if that is to be done, and enables the controller. */
  void start(int sqSize, int cqSize) {
    if (!powered) {
      target.configWrite(Spec.PCI_COMMAND, 2, Spec.PCI_MEMORY | Spec.PCI_MASTER);
      memory.busMaster(true);
      interrupts.start();
      powered = true;
    }
    say("enable, admin queues of %d and %d", sqSize, cqSize);
    coverage.count("life", "enable");
    clearCq(0);
    admin(sqSize, cqSize);
    target.write(Spec.CC, 4, 0x46_0000);
    Divergence.unless(target.read(Spec.CC, 4) == 0x46_0000, "CC does not hold what was written");
    SubmissionQueue sq = new SubmissionQueue(0, sqSize, 0, sqBase(0));
    CompletionQueue cq = new CompletionQueue(0, cqSize, cqBase(0), 0, true);
    addQueue(sq);
    addQueue(cq);
    target.write(Spec.CC, 4, 0x46_0001);
    waitFor(Spec.CSTS_RDY, Spec.CSTS_RDY, "ready");
    ready = true;
  }

  private void admin(int sqSize, int cqSize) {
    target.write(Spec.AQA, 4, (cqSize - 1L) << 16 | sqSize - 1);
    target.write(Spec.ASQ, 4, sqBase(0) & 0xffff_ffffL);
    target.write(Spec.ASQ + 4, 4, sqBase(0) >>> 32);
    target.write(Spec.ACQ, 8, cqBase(0));
  }

  /**
   * Enables a controller that should not let itself be enabled; it must not hang, nor touch memory.
   */
  void startWrong(int aqa, int cc) {
    reset();
    say("enable with AQA 0x%x, CC 0x%x", aqa, cc);
    coverage.count("life", "wrong enable");
    target.write(Spec.AQA, 4, aqa);
    target.write(Spec.CC, 4, cc);
    target.advance(1000 * MILLISECOND);
    long csts = target.read(Spec.CSTS, 4);
    Divergence.unless((csts & Spec.CSTS_CFS) != 0, "no fatal status, CSTS 0x%x", csts);
    disable();
  }

  void addQueue(SubmissionQueue sq) {
    sqs.put(sq.id, sq);
    memory.grant(sq);
  }

  void addQueue(CompletionQueue cq) {
    cqs.put(cq.id, cq);
    memory.grant(cq);
  }

  private void waitFor(int mask, int value, String what) {
    for (int i = 0; (target.read(Spec.CSTS, 4) & mask) != value; i++) {
      Divergence.unless(i < 2000, "never %s, CSTS 0x%x", what, target.read(Spec.CSTS, 4));
      target.advance(MILLISECOND);
    }
  }

  /** Controller reset, whatever is under way. */
  void reset() {
    if (powered) {
      say("reset");
      coverage.count("reset", activity());
      disable();
    }
  }

  private void disable() {
    target.write(Spec.CC, 4, 0x46_0000);
    waitFor(Spec.CSTS_RDY, 0, "disabled");
    forgetAll();
    observe();
  }

  /** Everything under way is gone without a trace, or so it shall be. */
  private void forgetAll() {
    for (SubmissionQueue sq : sqs.values()) {
      vanish(sq);
    }
    sqs.clear();
    cqs.clear();
    memory.revokeAll();
    buffers.releaseAll();
    interrupts.reset();
    target.messages();
    aers.reset();
    disks.cacheOff(false);
    structural = null;
    ready = false;
    tampered = false;
  }

  private void vanish(SubmissionQueue sq) {
    sq.unannounced.forEach(command -> sq.outstanding.remove(command.cid));
    for (Command command : sq.outstanding.values()) {
      command.effect.vanishes(tick());
      drop(command);
    }
    sq.unannounced.forEach(this::drop);
  }

  private void drop(Command command) {
    memory.revoke(command);
    if (command.buffer != null) {
      command.buffer.release();
    }
  }

  /** Shutdown notification: waits until it is done; then only a reset or a power cut helps. */
  void shutdown(boolean normal) {
    say("shutdown, %s", normal ? "normal" : "abrupt");
    coverage.count("shutdown, " + (normal ? "normal" : "abrupt"), activity());
    long since = tick();
    target.write(Spec.CC, 4, 0x46_0001 | (normal ? 1 : 2) << 14);
    waitFor(Spec.CSTS_SHST, Spec.SHUTDOWN_COMPLETE, "shut down");
    observe();
    if (normal) {
      disks.durable(since);
    }
  }

  void powerCut(long seed) {
    say("power cut");
    coverage.count("power cut", activity());
    target.powerCut(seed);
    forgetAll();
    disks.powerCut(tick());
    powered = false;
    memory.busMaster(false);
  }

  /** Bus mastering goes off for a while; what is under way may fail, nothing else. */
  void withoutBusMaster(Runnable meanwhile) {
    observe();
    say("bus mastering off");
    coverage.count("bus mastering off", activity());
    for (SubmissionQueue sq : sqs.values()) {
      sq.outstanding.values().forEach(c -> c.may(Spec.DATA_TRANSFER_ERROR));
    }
    tampered = true;
    memory.busMaster(false);
    target.configWrite(Spec.PCI_COMMAND, 2, Spec.PCI_MEMORY);
    meanwhile.run();
    observe();
    for (SubmissionQueue sq : sqs.values()) {
      sq.outstanding.values().forEach(c -> c.may(Spec.DATA_TRANSFER_ERROR));
    }
    memory.busMaster(true);
    target.configWrite(Spec.PCI_COMMAND, 2, Spec.PCI_MEMORY | Spec.PCI_MASTER);
    if ((target.read(Spec.CSTS, 4) & Spec.CSTS_CFS) != 0) {
      reset();
    }
  }

  // ---- commands

  /** Writes a command into a queue; the controller does not know of it yet. */
  void post(SubmissionQueue sq, Command command, int cidHigh) {
    command.cid = command.buffer == null ? 0xff : command.buffer.index;
    command.cid |= cidHigh << 8;
    command.number = sq.written++;
    command.put(memory.view(sq.base + (long) sq.tail * Spec.SQE, Spec.SQE));
    sq.tail = (sq.tail + 1) % sq.size;
    sq.outstanding.put(command.cid, command);
    sq.unannounced.add(command);
    say("SQ %d: %s", sq.id, command);
  }

  void ring(SubmissionQueue sq) {
    if (sq.unannounced.isEmpty()) {
      return;
    }
    say("SQ %d: tail %d", sq.id, sq.tail);
    for (Command command : sq.unannounced) {
      memory.grant(command);
      mayBeAborted(sq, command);
      command.effect.begins(tick());
    }
    sq.unannounced.clear();
    coverage.count("SQ doorbell", sq.ring() ? "wraps" : "good");
    if (sq.deleting) {
      aers.perhapsBadDoorbell();
    }
    target.write(Spec.DOORBELLS + sq.id * 8, 4, sq.tail);
  }

  /** An abort that is under way may be meant for an earlier command, and hit this one. */
  private void mayBeAborted(SubmissionQueue sq, Command command) {
    long name = (command.cid << 16 | sq.id) & 0xffff_ffffL;
    for (Command other : sqs.get(0).outstanding.values()) {
      if (other.aborts == name) {
        command.may(Spec.ABORT_REQUESTED);
      }
    }
  }

  /** Acknowledges entries of a completion queue. */
  void acknowledge(CompletionQueue cq, int entries) {
    int count = Math.min(entries, cq.unacknowledged());
    if (count > 0) {
      coverage.count("CQ doorbell", count == cq.size - 1 ? "of a full queue" : "good");
      cq.head = (cq.head + count) % cq.size;
      say("CQ %d: head %d", cq.id, cq.head);
      if (cq.deleting) {
        aers.perhapsBadDoorbell();
      }
      target.write(Spec.DOORBELLS + cq.id * 8 + 4, 4, cq.head);
    }
  }

  /** Looks at everything that the controller has done since the last time. */
  void observe() {
    String stray = memory.stray();
    Divergence.unless(stray == null, "%s", stray);
    if (!powered) {
      return;
    }
    int[] fresh = new int[interrupts.count()];
    int[] waiting = new int[interrupts.count()];
    List<CompletionQueue> adminLast = new ArrayList<>(cqs.values());
    for (CompletionQueue cq : adminLast.reversed()) {
      int count = entries(cq);
      if (cq.interrupts) {
        fresh[cq.vector] += count;
        waiting[cq.vector] += cq.unacknowledged();
      }
    }
    interrupts.check(new Interrupts.Arrivals(fresh, waiting), tampered);
    long csts = target.read(Spec.CSTS, 4);
    Divergence.unless((csts & Spec.CSTS_CFS) == 0 || tampered, "fatal status, CSTS 0x%x", csts);
  }

  private int entries(CompletionQueue cq) {
    ByteBuffer view = memory.view(cq.base, cq.size * Spec.CQE);
    int count = 0;
    while ((view.getInt(cq.seen * Spec.CQE + 12) >>> 16 & 1) == (cq.phase ? 1 : 0)) {
      int at = cq.seen * Spec.CQE;
      cq.saw();
      count++;
      completed(cq, view.getInt(at), view.getInt(at + 8), view.getInt(at + 12));
    }
    return count;
  }

  private void completed(CompletionQueue cq, int dw0, int dw2, int dw3) {
    int sqid = dw2 >>> 16;
    int cid = dw3 & 0xffff;
    int status = dw3 >>> 17 & 0x7ff;
    say("CQ %d: SQ %d cid %d status 0x%x", cq.id, sqid, cid, status);
    SubmissionQueue sq = sqs.get(sqid);
    Divergence.unless(sq != null && sq.cq == cq.id, "CQ %d has a completion of SQ %d", cq.id, sqid);
    Command command = sq.outstanding.remove(cid);
    Divergence.unless(
        command != null && !sq.unannounced.contains(command),
        "SQ %d completes cid %d, which is not under way",
        sqid,
        cid);
    sq.head(dw2 & 0xffff, command.number);
    Divergence.unless(
        command.statuses.contains(status) || sq.deleting && status == Spec.ABORTED_SQ_DELETED,
        "%s completes with 0x%x; allowed: %s",
        command,
        status,
        command.allowed());
    completions++;
    coverage.completed(sqid == 0, command, status);
    command.effect.completes(status, dw0, tick());
    drop(command);
  }

  /** A submission queue is deleted: what it had under way will never complete. */
  void removeSq(int qid) {
    SubmissionQueue sq = sqs.remove(qid);
    coverage.count("deleted SQ", sq.outstanding.isEmpty() ? "empty" : "completions left out");
    vanish(sq);
    memory.revoke(sq);
  }

  void removeCq(int qid) {
    memory.revoke(cqs.remove(qid));
  }

  /** Rings, acknowledges and waits until everything under way has completed. */
  void quiesce() {
    for (int i = 0; busy(); i++) {
      sqs.values().forEach(this::ring);
      target.advance(10 * MILLISECOND);
      observe();
      List.copyOf(cqs.values()).forEach(cq -> acknowledge(cq, cq.size));
      observe();
      Divergence.unless(i < 500, "never completes: %s, %s", underWay(), aers);
    }
  }

  private boolean busy() {
    return aers.owed()
        || aers.crowded()
        || sqs.values().stream().anyMatch(sq -> !underWay(sq).isEmpty());
  }

  private String activity() {
    return sqs.values().stream().allMatch(sq -> sq.outstanding.isEmpty())
        ? "idle"
        : "commands under way";
  }

  private static List<Command> underWay(SubmissionQueue sq) {
    return sq.outstanding.values().stream().filter(command -> !command.parked()).toList();
  }

  private List<Command> underWay() {
    return sqs.values().stream().flatMap(sq -> underWay(sq).stream()).toList();
  }
}
