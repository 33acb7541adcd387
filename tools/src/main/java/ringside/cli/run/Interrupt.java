package ringside.cli.run;

import java.util.concurrent.CountDownLatch;
import ringside.domain.Machine;

/**
 * Ctrl-C: lets a running machine stop at its next decision, so that the report is printed and the
 * trace is whole; the process ends when this is closed.
 *
 * <p>Invariant: while it is open the JVM, once told to end, waits for it.
 */
public final class Interrupt implements RunHooks, AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interrupt");
  private volatile boolean wanted;
  private volatile Machine machine;

  public Interrupt() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The machine that an interrupt stops; at once when it has come already. */
  @Override
  public void starts(Machine running) {
    machine = running;
    if (wanted) {
      running.interrupt();
    }
  }

  private void interrupted() {
    wanted = true;
    Machine running = machine;
    if (running != null) {
      running.interrupt();
    }
    boolean waiting = true;
    while (waiting) {
      try {
        closed.await();
        waiting = false;
      } catch (InterruptedException e) {
        wanted = true; // nobody interrupts this thread; the wait goes on
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      wanted = true; // the JVM is ending already, which is what this is for
    }
  }
}
