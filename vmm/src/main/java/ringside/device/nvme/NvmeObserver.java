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

  /** The host failed, not the guest. */
  default void diskError(String why) {}

  /** Level of the interrupt pin. */
  default void pin(boolean asserted) {}
}
