package ringside.cpu.unicorn;

import ringside.cpu.Exit;

/**
 * Why a stay in libunicorn ends, gathered by the callbacks and read by the run loop.
 *
 * <p>Invariant: whenever something is gathered here, the processor stops at the next block at the
 * latest.
 */
final class RunControl {
  private final long uc;
  private final BudgetHook budget;
  private boolean inside;
  private boolean requested;
  private Exit ending;
  private Throwable failure;

  RunControl(long uc, BudgetHook budget) {
    this.uc = uc;
    this.budget = budget;
  }

  void entering() {
    inside = true;
  }

  void left() {
    inside = false;
  }

  /** True from before uc_emu_start until it returned: state may be changed by callbacks only. */
  boolean inside() {
    return inside;
  }

  /** Leaves libunicorn before the next block; the run goes on unless something else is gathered. */
  void interrupt() {
    if (inside) {
      budget.hold();
    }
  }

  /** Leaves libunicorn at once; only from the hook of exceptions, where RIP is up to date. */
  void interruptAtException() {
    if (inside) {
      Uc.stop(uc);
    }
  }

  void request() {
    requested = true;
    interrupt();
  }

  void end(Exit exit) {
    ending = exit;
    interrupt();
  }

  /** Keeps the first exception of Java that a callback met. */
  void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
    interrupt();
  }

  /** After a failure the callbacks only let time pass. */
  boolean failed() {
    return failure != null;
  }

  void throwFailure() {
    if (failure != null) {
      Throwable thrown = failure;
      failure = null;
      throw Uc.rethrow(thrown);
    }
  }

  Exit takeEnding() {
    Exit exit = ending;
    ending = null;
    return exit;
  }

  boolean takeRequest() {
    boolean was = requested;
    requested = false;
    return was;
  }
}
