package ringside.cpu.lockstep;

import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Function;
import ringside.cpu.Cpu;
import ringside.cpu.Exit;
import ringside.cpu.GeneralProtection;
import ringside.cpu.Platform;

/**
 * The processor that is compared with the leader, on a thread of its own, so that it can stand in
 * the middle of a callback while the leader goes on.
 *
 * <p>Invariant: of this thread and the one that owns it exactly one runs at any time; each waits
 * for the other's message. Nothing depends on the host's scheduling therefore.
 */
final class Follower implements AutoCloseable {
  /** What happened: one of the two. */
  sealed interface Event {
    /** It stands in a callback until {@link #answer}. */
    record Called(Call call) implements Event {}

    /** What it was told to do is done; empty for an interrupt that was delivered. */
    record Ended(Optional<Exit> exit) implements Event {}
  }

  private static final Object CLOSE = new Object();

  private final SynchronousQueue<Object> orders = new SynchronousQueue<>();
  private final SynchronousQueue<Event> events = new SynchronousQueue<>();
  private final Cpu cpu;
  private Call standing;

  /**
   * @param maker makes the processor, on the board given
   */
  Follower(Function<Platform, Cpu> maker) {
    this.cpu = maker.apply(new Board(this::answerOf));
    Thread.ofPlatform().daemon().name("lockstep follower").start(this::work);
  }

  /** To be touched while the other thread waits only: between two events. */
  Cpu cpu() {
    return cpu;
  }

  boolean inCallback() {
    return standing != null;
  }

  Event run(long ticks) {
    return order((Function<Cpu, Optional<Exit>>) c -> Optional.of(c.run(ticks)));
  }

  Event interrupt(int vector) {
    return order((Function<Cpu, Optional<Exit>>) c -> c.interrupt(vector));
  }

  /** Lets it go on from its callback. */
  Event answer(Answer answer) {
    return order(answer);
  }

  private Event order(Object order) {
    try {
      orders.put(order);
      Event event = events.take();
      standing = event instanceof Event.Called called ? called.call() : null;
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts these threads", e);
    }
  }

  @SuppressWarnings("unchecked")
  private void work() {
    try {
      for (Object order = orders.take(); order != CLOSE; order = orders.take()) {
        events.put(new Event.Ended(done((Function<Cpu, Optional<Exit>>) order)));
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts these threads", e);
    }
  }

  private Optional<Exit> done(Function<Cpu, Optional<Exit>> order) {
    try {
      return order.apply(cpu);
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(new Exit.EngineFailure("the follower threw " + e));
    }
  }

  private Object answerOf(Call call) throws GeneralProtection {
    try {
      events.put(new Event.Called(call));
      return ((Answer) orders.take()).get();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts these threads", e);
    }
  }

  /** Lets it come to the end of what it is doing, whatever that is. */
  void finish() {
    while (standing != null) {
      cpu.requestExit();
      answer(new Answer(standing.nothing(), null));
    }
  }

  @Override
  public void close() {
    finish();
    try {
      orders.put(CLOSE);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts these threads", e);
    }
    cpu.close();
  }
}
