package ringside.cpu.jvm.translate;

/** What a processor has seen of one block, and what has become of that. */
public final class Profile {
  private static final int MOST_TARGETS = 6;
  private static final long[] NONE = {};

  /** How often the interpreter was here. */
  int executions;

  /** Where an indirect branch at its end went. */
  long[] targets = NONE;

  /** The region that begins here. */
  Attachment attachment;

  /** The region that was asked for. */
  Translations.Ticket ticket;

  /** How often a region was asked for. */
  int requests;

  void went(long target) {
    if (targets.length == MOST_TARGETS) {
      return;
    }
    for (long known : targets) {
      if (known == target) {
        return;
      }
    }
    targets = java.util.Arrays.copyOf(targets, targets.length + 1);
    targets[targets.length - 1] = target;
  }
}
