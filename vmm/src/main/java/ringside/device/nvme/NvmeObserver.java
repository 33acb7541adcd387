package ringside.device.nvme;

/** Who watches a controller: the trace, and the pin for those who use no messages. */
public interface NvmeObserver {
  /**
   * A doorbell was rung while the controller was ready.
   *
   * @return trace id, for what follows from it
   */
  default long doorbell(int qid, boolean completion, int value, long cause) {
    return cause;
  }

  /**
   * A command was fetched.
   *
   * @return trace id, for what follows from it
   */
  default long fetch(int qid, Sqe sqe, long cause) {
    return cause;
  }

  /**
   * A command is done; its completion goes to guest memory as soon as there is room.
   *
   * @return trace id
   */
  default long complete(int qid, int cid, int status, long cause) {
    return cause;
  }

  /** The controller cannot go on: CSTS.CFS. */
  default void fatal(String why) {}

  /** A command's data are transferred. */
  default void dma(long gpa, int length, boolean write, long cause) {}

  /** The controller's owner does not have the memory that was to be read or written. */
  default void dmaBlocked(long gpa, int length, boolean write, long cause) {}

  /** A timer was set that may be due before what runs now is to end. */
  default void timerSet() {}

  /**
   * Between two commands: whatever may happen to a controller, a reset included, may happen in
   * here.
   *
   * @param settle what was begun is to come to its end first: called before anything happens
   */
  default void between(Runnable settle) {}

  /** The controller is reset, and so many commands with it that were under way. */
  default void reset(int cancelled) {}

  /**
   * The host wants an orderly end (CC.SHN).
   *
   * @param abrupt without notice
   */
  default void shutdown(boolean abrupt) {}

  /** The host failed, not the guest. */
  default void diskError(String why) {}

  /**
   * Level of the interrupt pin.
   *
   * @param cause trace id
   */
  default void pin(boolean asserted, long cause) {}
}
