package ringside.cpu.jvm.translate;

/**
 * What the {@link Registers#delta} of a register says, while the register has one version (see
 * {@link Track}): which bytes it is good for, in distances from the register's root.
 *
 * <p>It stood where the block began, was set by a look of the block, or is that of a register that
 * was copied.
 */
final class Delta {
  /** Of the register: another one is the end of it. */
  private final int version;

  /** The look that set it, whose run may become longer; or null. */
  private final Reach reach;

  /** What stood where the block began, or null. */
  private final Standing.Run run;

  /** What it was copied from, or null; and the distance of its root from the root of that. */
  private final Delta source;

  private final long distance;
  private boolean wanted;

  private Delta(int version, Reach reach, Standing.Run run, Delta source, long distance) {
    this.version = version;
    this.reach = reach;
    this.run = run;
    this.source = source;
    this.distance = distance;
  }

  /** Where the block begins. */
  static Delta inherited(Standing.Run run) {
    return new Delta(0, null, run, null, 0);
  }

  static Delta of(Reach look, int version) {
    return new Delta(version, look, null, null, 0);
  }

  Delta copied(int toVersion, long away) {
    return new Delta(toVersion, null, null, this, away);
  }

  int version() {
    return version;
  }

  Standing.Run run() {
    if (source != null) {
      return source.run().behind(distance);
    }
    return reach == null ? run : reach.run();
  }

  boolean wanted() {
    return wanted;
  }

  /** Somebody needs it. */
  void want() {
    wanted = true;
    if (reach != null) {
      reach.keep();
    }
    if (source != null) {
      source.want();
    }
  }

  /** The look may as well be for this. */
  void lengthen(Standing.Run more) {
    if (source != null) {
      source.lengthen(more.behind(-distance));
    } else if (reach != null
        && (reach.stores() || !more.stores())
        && reach.holds(more.first(), more.end())) {
      reach.add(more.first(), more.end(), false);
    }
  }
}
