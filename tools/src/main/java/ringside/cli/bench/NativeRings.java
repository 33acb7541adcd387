package ringside.cli.bench;

import java.util.List;
import java.util.Optional;
import ringside.cli.UserError;

/** The guest ringbench's split load natively: a program that make links from its own objects. */
final class NativeRings {
  private static final int OPERATIONS = 400_000;
  private static final int SAMPLES = 15;
  private static final int QUICK_SAMPLES = 5;

  private final RingSpans spans = new RingSpans(OPERATIONS, 0);
  private final int threads;
  private final int samples;
  private String missing = "";

  /**
   * @param threads at most; one by itself runs nothing, since it has no peer
   */
  NativeRings(int threads, boolean quick) {
    this.threads = threads;
    this.samples = quick ? QUICK_SAMPLES : SAMPLES;
  }

  /** Takes samples, in addition to those there are. */
  void run() {
    if (threads < 2) {
      return;
    }
    try {
      String program = HostPrograms.make("domains/ringbench/native", "rings");
      HostPrograms.run(
          List.of(program, "" + threads, "" + OPERATIONS, "" + samples), 0, this::hear);
    } catch (UserError e) {
      missing = e.getMessage();
    }
  }

  /** Understands "ran scq split 2 51234567 51200000". */
  private void hear(String line) {
    String[] words = line.split(" ");
    if (!words[0].equals("ran")) {
      throw new IllegalStateException("the rings said: " + line);
    }
    spans.add(RingSpans.Load.of(words), Long.parseLong(words[4]), Long.parseLong(words[5]));
  }

  RingSpans spans() {
    return spans;
  }

  /** Why samples could not be taken. */
  Optional<String> missing() {
    return Optional.of(missing).filter(why -> !why.isEmpty());
  }
}
