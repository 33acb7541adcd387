package ringside.cpu.jvm.translate;

/** What a processor has seen of one block, and what has become of that. */
public final class Profile {
  /** In place of a RIP. */
  static final long NOWHERE = -1;

  private static final int MOST_TARGETS = 6;

  /** Executions more, before a block that another region has becomes the entry of its own. */
  private static final int MUCH_HOTTER = 30_000;

  /** How much oftener of late, too. */
  private static final int MUCH_OFTENER = 5;

  private static final int MOST_EXECUTIONS = 1 << 30;
  private static final long[] NONE = {};

  /** How often the interpreter was here, or a region began here. */
  int executions;

  /** The same of late. */
  private Recent recent = new Recent();

  /** Where an indirect branch at its end went. */
  long[] targets = NONE;

  /** Where most of the ways out by an indirect branch led of the region that begins here. */
  long usualExit = NOWHERE;

  /** How much oftener than elsewhere, since it became the usual one. */
  private int usual;

  /** The region that is entered here, or null. */
  private Attachment attachment;

  /** Entry of the last region that was asked for and is to have the block. */
  long inside = NOWHERE;

  /** That region, until it is clear whether it has the block. */
  private Translations.Ticket claim;

  /** The region that was asked for. */
  Translations.Ticket ticket;

  /** The linear address at which it is to be entered. */
  long ticketRip;

  /** {@link #requests} as soon as it is there. */
  int ticketRequests;

  /** How often a region was asked for to be entered here, in the lives before this one, too. */
  int requests;

  /** Executions before which no region that begins here is worth while. */
  private int notBefore;

  Attachment attachment() {
    return attachment;
  }

  /** Another region begins here from now on; null for none. */
  void attach(Attachment other) {
    if (attachment != null) {
      attachment.settled = false;
      attachment.tell();
      if (attachment.trial != null) {
        attachment.trial.elder.tell();
      }
    }
    attachment = other;
  }

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

  /** The block, or a region that begins with it, was executed so many times. */
  void executed(int times, long ticks) {
    recent.more(times, ticks);
    executions = Math.min(executions + times, MOST_EXECUTIONS);
  }

  /** The region that begins here was left by an indirect branch: one of many that were. */
  void left(long target) {
    if (usual == 0) {
      usualExit = target;
    }
    usual += target == usualExit ? 1 : -1;
  }

  /**
   * Whether a region that begins here is worth while by now.
   *
   * @param rip of the block
   * @param hot executions of a block that no region has
   */
  boolean hot(long rip, int hot) {
    int often = notBefore == 0 ? hot : MUCH_OFTENER * hot;
    if (recent.count() < often || executions < notBefore || requests != 0) {
      return false;
    }
    if (claim != null && !claim.refused) {
      if (claim.region == null) {
        return false;
      }
      if (claim.region.shape.at(rip) >= 0) {
        notBefore = executions + MUCH_HOTTER;
        claim = null;
        return false;
      }
    }
    claim = null;
    return true;
  }

  /** A region that begins elsewhere is to have the block. */
  void claimed(long entry, Translations.Ticket ticket) {
    inside = entry;
    claim = ticket;
  }

  /** A region was asked for, to be entered here. */
  void ask(Translations.Ticket newTicket, long rip, int asked) {
    ticket = newTicket;
    ticketRip = rip;
    ticketRequests = asked;
    if (attachment != null) {
      attachment.settled = false;
    }
  }

  /** What came of the region that was asked for is known now. */
  boolean due() {
    return ticket != null && (ticket.region != null || ticket.refused);
  }

  /** A region begins here, or soon will. */
  boolean begins() {
    return attachment != null || ticket != null;
  }

  /** All as if the block had never been executed. */
  void forget() {
    attach(null);
    ticket = null;
    ticketRequests = 0;
    requests = 0;
    executions = 0;
    recent = new Recent();
    notBefore = 0;
    inside = NOWHERE;
    claim = null;
    usualExit = NOWHERE;
    usual = 0;
  }
}
