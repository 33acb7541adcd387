package ringside.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on the standard error output when that is a terminal, else nothing. Any thread calls. */
final class Progress implements AutoCloseable {
  private final ProgressBar bar;

  /**
   * @param what what is counted
   * @param most how many there will be
   */
  Progress(Ringside ringside, String what, long most) {
    boolean shown = ringside.terminal().colourErr() && !ringside.quiet();
    bar =
        shown
            ? new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(most)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null;
  }

  /** So many more are done. */
  synchronized void step(long more) {
    if (bar != null) {
      bar.stepBy(more);
    }
  }

  /** So many are done. */
  synchronized void at(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
