package ringside.cpu.lockstep;

import com.google.common.primitives.ImmutableLongArray;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ringside.cpu.Cpu;
import ringside.cpu.Exit;
import ringside.cpu.GeneralProtection;
import ringside.cpu.InitialState;
import ringside.cpu.Platform;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.LoggedCpu;
import ringside.cpu.lockstep.Call.Kind;
import ringside.cpu.lockstep.Follower.Event;
import ringside.memory.GuestSpace;

/**
 * A processor that is two: the leader runs first and makes the calls to the board, the follower
 * does the same again on the memory of before and is given the leader's answers.
 *
 * <p>Execution is cut into segments, each ending with a call to the board or with a run. Invariant:
 * between segments both processors have executed the same instructions, and registers and memory
 * were found equal. A run goes on behind its budget to the next transfer of control, where every
 * engine can stop.
 *
 * <p>Where the follower is {@link Known} to be unable to go the leader's way, the leader goes on
 * alone, which is said once.
 */
final class LockstepCpu implements Cpu {
  private static final long UNLIMITED = Long.MAX_VALUE / 4;
  private static final int LISTED = 24;
  private static final int BLOCKS_BEHIND = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(LockstepCpu.class);

  private final LoggedCpu leader;
  private final Follower follower;
  private final Platform board;
  private final PageLog log;
  private final CodeView code;

  /** What the follower gets when it goes on from its callback. */
  private Answer answer;

  /**
   * Ticks of the leader less those of the follower: an exception that follows another at once costs
   * the leader one, and libunicorn counts some blocks twice.
   */
  private long ahead;

  private int interrupting = -1;
  private boolean exceptionRaised;

  /** A handler was entered, and the flags have been different since. */
  private boolean delivered;

  /** It was entered in the present segment. */
  private boolean fresh;

  /** The segment that ends was that in which an exception was about to be delivered. */
  private boolean exceptionCall;

  /** In the present segment the frame of an exception is pushed. */
  private boolean pushed;

  private boolean probeStopped;

  /** The follower makes two calls of the present one. */
  private boolean split;

  private boolean windowAwaited;
  private long segmentRip;

  /** The segment began with the return from a call of the hypervisor. */
  private boolean afterHypercall;

  /** The leader is not followed any more. */
  private boolean alone;

  private final Set<Known> said = EnumSet.noneOf(Known.class);
  private String difference;

  LockstepCpu(
      GuestSpace space,
      Platform board,
      Function<Platform, LoggedCpu> leader,
      Function<Platform, Cpu> follower) {
    this.board = board;
    this.log = new PageLog(space);
    this.leader = leader.apply(new Board(this::leaderCalls));
    this.follower = new Follower(follower);
    this.code = new CodeView(this.leader, space);
    this.leader.log(log);
  }

  @Override
  public Exit run(long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("a budget of " + budget + " ticks");
    }
    if (alone || !windowAwaited) {
      return segments(budget);
    }
    long end = ticks() + budget;
    while (ticks() < end) {
      if (interruptible()) {
        return Exit.REQUESTED;
      }
      Exit exit = segments(1);
      if (exit != Exit.BUDGET_SPENT) {
        return exit;
      }
    }
    return Exit.BUDGET_SPENT;
  }

  private Exit segments(long budget) {
    probeStopped = false;
    segmentRip = code.rip();
    boolean looking = windowAwaited && !alone;
    Exit exit = looking ? toTransfer(Exit.BUDGET_SPENT) : leader.run(budget);
    if (alone) {
      return exit;
    }
    if (difference == null
        && !windowAwaited
        && !probeStopped
        && (exit == Exit.BUDGET_SPENT || exit == Exit.REQUESTED)) {
      exit = toTransfer(exit);
    }
    if (difference == null) {
      followToEnd(Optional.of(exit));
    }
    return difference == null ? exit : failure();
  }

  private Exit failure() {
    follower.finish();
    return new Exit.EngineFailure(difference);
  }

  /**
   * Lets the leader go on until it has executed a transfer of control; while an interrupt window is
   * awaited also until one opens, where every engine can stop, too.
   */
  private Exit toTransfer(Exit before) {
    while (difference == null && !alone) {
      boolean transfers = code.at(code.rip()).map(CodeView::transfers).orElse(false);
      boolean closed = !leader.interruptible();
      exceptionRaised = false;
      Exit exit = leader.run(1);
      if (exit != Exit.BUDGET_SPENT && exit != Exit.REQUESTED) {
        return exit;
      }
      boolean opened = windowAwaited && closed && leader.interruptible();
      if (probeStopped || (transfers || opened) && !exceptionRaised) {
        return before == Exit.REQUESTED ? before : exit;
      }
    }
    return before;
  }

  // The leader's calls.

  private Object leaderCalls(Call call) throws GeneralProtection {
    if (difference == null && !alone) {
      meet(call);
    }
    if (alone) {
      return call.make(board, this);
    }
    if (difference != null) {
      leader.requestExit();
      return call.nothing();
    }
    Answer all = Answer.of(call, board, this);
    exceptionRaised |= call.kind() == Kind.EXCEPTION;
    probeStopped |= call.kind() == Kind.PROBE && all.value().equals(true);
    answer = all;
    if (split) {
      secondHalf(call, all);
    }
    begin();
    afterHypercall = call.kind() == Kind.HYPERCALL;
    return all.get();
  }

  /** Lets the follower come to the same call, and compares. */
  private void meet(Call call) {
    boolean codeGone = afterHypercall && call.at(segmentRip) && code.at(segmentRip).isEmpty();
    Optional<Known> never = Known.before(call, codeGone);
    if (never.isPresent()) {
      leaveBehind(never.get());
      return;
    }
    log.rewind();
    Event event = goOn(UNLIMITED);
    while (event instanceof Event.Ended ended && goesOn(ended)) {
      event = follower.run(UNLIMITED);
    }
    if (!(event instanceof Event.Called called)) {
      differ("the leader made a call, the follower ended its run: " + call + ", " + event);
      return;
    }
    split = call.splits() && !called.call().equals(call);
    if (!same(split ? call.half(false) : call, called.call())) {
      differ("the calls differ: " + call + ", " + called.call());
      return;
    }
    if (call.kind() == Kind.EXCEPTION) {
      entered();
      exceptionCall = true;
      ahead = leader.ticks() - follower.cpu().ticks();
    }
    compare("before the call " + call, Registers.general(leader, follower.cpu()));
  }

  private boolean same(Call call, Call follows) {
    Optional<Known> why = call.equals(follows) ? Optional.empty() : Known.between(call, follows);
    why.filter(said::add).ifPresent(w -> LOG.warn("no difference: libunicorn {}", w.what()));
    return call.equals(follows) || why.isPresent();
  }

  /** From now on there is the leader only; the memory is as the leader has written it. */
  private void leaveBehind(Known why) {
    LOG.warn("after {} ticks our engine goes on alone: libunicorn {}", ticks(), why.what());
    alone = true;
    log.close();
    leader.interruptWindow(windowAwaited);
  }

  private static boolean goesOn(Event.Ended ended) {
    return ended.exit().isPresent() && mayGoOn(ended.exit());
  }

  /** Nothing has ended it, or a run's budget only. */
  private static boolean mayGoOn(Optional<Exit> exit) {
    return exit.isEmpty() || exit.get() == Exit.BUDGET_SPENT || exit.get() == Exit.REQUESTED;
  }

  /** The follower makes two calls where the leader made one. */
  private void secondHalf(Call call, Answer all) {
    Event event = follower.answer(all.half(false));
    if (!(event instanceof Event.Called called) || !called.call().equals(call.half(true))) {
      differ("half of the call " + call + " is missing: " + event);
      return;
    }
    answer = all.half(true);
    split = false;
  }

  /** From a callback, or with what both are to do. */
  private Event goOn(long ticks) {
    if (follower.inCallback()) {
      return follower.answer(answer);
    }
    if (interrupting >= 0) {
      int vector = interrupting;
      interrupting = -1;
      return follower.interrupt(vector);
    }
    return follower.run(ticks);
  }

  // The ends of runs.

  /** Lets the follower come to where the leader stopped, and compares. */
  private void followToEnd(Optional<Exit> exit) {
    log.rewind();
    long target = leader.ticks() - ahead;
    Optional<Exit> last = exit;
    boolean over = false;
    if (follower.inCallback()) {
      follower.cpu().requestExit();
      last = ended(follower.answer(answer), exit);
      over = !mayGoOn(last);
    }
    while (difference == null && !over && (interrupting >= 0 || follower.cpu().ticks() < target)) {
      last = ended(goOn(target - follower.cpu().ticks()), exit);
      over = !mayGoOn(last);
    }
    if (difference == null && !registers().isEmpty()) {
      last = over ? last : catchUp(exit, last);
    }
    if (difference != null) {
      return;
    }
    if (!sameEnd(exit, last)) {
      differ("the runs ended in two ways: " + exit + ", " + last);
      return;
    }
    compare("at the end of a run", registers());
    ahead = leader.ticks() - follower.cpu().ticks();
    delivered &= !Registers.sameFlags(leader, follower.cpu()) || fresh;
    fresh = false;
    begin();
  }

  /**
   * A block that libunicorn began twice was counted twice: then the follower is behind, and comes
   * to where the leader is within some blocks; an iteration of a repeated instruction is one. If it
   * does not, the difference is that of before.
   */
  private Optional<Exit> catchUp(Optional<Exit> exit, Optional<Exit> before) {
    Optional<Exit> last = before;
    String first = report("they differ at the end of a run\n" + String.join("\n", registers()));
    for (int k = 0; k < BLOCKS_BEHIND; k++) {
      last = ended(follower.run(1), exit);
      if (difference == null && registers().isEmpty()) {
        return last;
      }
      if (difference != null || !mayGoOn(last)) {
        break;
      }
    }
    difference = first;
    return last;
  }

  private List<String> registers() {
    return Registers.all(leader, follower.cpu(), delivered);
  }

  private Optional<Exit> ended(Event event, Optional<Exit> expected) {
    if (event instanceof Event.Ended ended) {
      return ended.exit();
    }
    differ("the follower made a call, the leader ended its run: " + event + ", " + expected);
    return expected;
  }

  private static boolean sameEnd(Optional<Exit> leader, Optional<Exit> follower) {
    boolean triple = leader.orElse(null) instanceof Exit.TripleFault;
    boolean halted = leader.orElse(null) == Exit.HALTED;
    return triple == (follower.orElse(null) instanceof Exit.TripleFault)
        && halted == (follower.orElse(null) == Exit.HALTED);
  }

  private void entered() {
    delivered = true;
    fresh = true;
  }

  // What is common to both.

  private void compare(String where, List<String> registers) {
    List<String> memory = log.differences(pushed, delivered);
    if (!registers.isEmpty() || !memory.isEmpty()) {
      differ(
          "they differ "
              + where
              + "\n"
              + String.join("\n", registers)
              + "\n"
              + String.join("\n", memory));
    }
  }

  private void differ(String what) {
    difference = report(what);
  }

  private String report(String what) {
    return "lockstep, after %d ticks (leader first, then follower): %s\nleader:\n%sfollower:\n%s"
            .formatted(ticks(), what, Registers.context(leader), Registers.context(follower.cpu()))
        + "code since the engines were equal:\n"
        + code.text(segmentRip, LISTED);
  }

  /** A new segment. */
  private void begin() {
    log.gfns().forEach(leader::logAgain);
    log.clear();
    pushed = exceptionCall;
    exceptionCall = false;
    segmentRip = code.rip();
  }

  @Override
  public long ticks() {
    return leader.ticks();
  }

  @Override
  public void requestExit() {
    leader.requestExit();
  }

  @Override
  public boolean interruptible() {
    return leader.interruptible();
  }

  @Override
  public void interruptWindow(boolean awaited) {
    windowAwaited = awaited;
    if (alone) {
      leader.interruptWindow(awaited);
    }
  }

  @Override
  public Optional<Exit> interrupt(int vector) {
    if (alone) {
      return leader.interrupt(vector);
    }
    interrupting = vector;
    entered();
    segmentRip = code.rip();
    Optional<Exit> exit = leader.interrupt(vector);
    if (difference == null) {
      followToEnd(exit);
    }
    return difference == null ? exit : Optional.of(failure());
  }

  @Override
  public long get(Register register) {
    return leader.get(register);
  }

  @Override
  public void set(Register register, long value) {
    leader.set(register, value);
    if (register != Register.CR8 && !alone) {
      follower.cpu().set(register, value);
    }
  }

  @Override
  public Segment segment(SegmentRegister register) {
    return leader.segment(register);
  }

  @Override
  public int cpl() {
    return leader.cpl();
  }

  @Override
  public boolean longMode() {
    return leader.longMode();
  }

  @Override
  public void vectors(long[] into) {
    leader.vectors(into);
  }

  @Override
  public void reset(InitialState state) {
    leader.reset(state);
    if (alone) {
      return;
    }
    follower.cpu().reset(state);
  }

  @Override
  public void watch(ImmutableLongArray addresses) {
    leader.watch(addresses);
    follower.cpu().watch(addresses);
  }

  @Override
  public void flush() {
    leader.flush();
    follower.cpu().flush();
  }

  /** A follower that was left behind stands where it is: the next step would change memory. */
  @Override
  public void close() {
    if (!alone || !follower.inCallback()) {
      follower.close();
    }
    leader.close();
  }
}
