package ringside.cpu.jvm.translate;

/** What a processor has seen of one block, and what has become of that. */
public final class Profile {
  private static final int MOST_TARGETS = 6;

  /** Executions more, before a block that another region has becomes the entry of its own. */
  private static final int MUCH_HOTTER = 2_000;

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

  /** How often a region was asked for since accesses missed the fast path. */
  int carefulRequests;

  /** Executions before which no region that begins here is worth while. */
  private int notBefore;

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

  /**
   * Executions from which on a region that begins here is worth while.
   *
   * @param hot of a block that no region has
   */
  int hotAt(int hot) {
    return Math.max(hot, notBefore);
  }

  /** A region that begins elsewhere is to have the block. */
  void claimed() {
    notBefore = executions + MUCH_HOTTER;
  }

  /** All as if the block had never been executed. */
  void forget() {
    attachment = null;
    ticket = null;
    requests = 0;
    carefulRequests = 0;
    executions = 0;
    notBefore = 0;
  }
}
