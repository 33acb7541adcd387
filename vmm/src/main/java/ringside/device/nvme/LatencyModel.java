package ringside.device.nvme;

/** When a command's media work is done: what makes a disk of one storage class like that class. */
public interface LatencyModel {
  /** What kinds of work take different times. */
  enum Work {
    READ,
    WRITE,
    FLUSH,
    /** Write zeroes, deallocate: no data are transferred. */
    TRIM,
    /** Everything that the controller answers itself. */
    ADMIN
  }

  /**
   * A command begins its work.
   *
   * @param now virtual time in nanoseconds
   * @param bytes that are transferred, 0 or more
   * @return when it is done; {@code now} for at once
   */
  long done(Work work, long bytes, long now);

  /** Nothing is under way any more: the controller was reset. */
  void reset();

  /** Everything is done at once. */
  LatencyModel NONE =
      new LatencyModel() {
        @Override
        public long done(Work work, long bytes, long now) {
          return now;
        }

        @Override
        public void reset() {}
      };
}
