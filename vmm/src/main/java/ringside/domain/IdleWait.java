package ringside.domain;

/**
 * Somebody who has input for a guest and is asked for it when no vCPU can run. The hypervisor
 * itself never waits for anything outside of it; whoever gives it input does.
 *
 * <p>Virtual time stands still while it waits: what a guest sees does not depend on when the input
 * came, only on what it is.
 */
public interface IdleWait {
  /** What came of looking for input. */
  enum Input {
    /** A guest has been given some: something is to be looked at anew. */
    GIVEN,
    /** A guest asks, and there is none yet. */
    AWAITED,
    /** No guest asks. */
    NOT_ASKED
  }

  /** No input. */
  IdleWait NONE =
      new IdleWait() {
        @Override
        public boolean waited() {
          return false;
        }

        @Override
        public Input polled() {
          return Input.NOT_ASKED;
        }

        @Override
        public void wake() {}
      };

  /**
   * Gives a guest what it has asked for, after waiting for it if need be. On the machine's thread.
   *
   * @return true when something is to be looked at anew; false when no guest asks, and virtual time
   *     goes on
   */
  boolean waited();

  /**
   * Gives a guest what it has asked for if it is there, and does not wait: where several pCPUs run,
   * time goes on, and whoever has new input lets the machine look ({@link Machine#atNextDecision}).
   */
  Input polled();

  /** Ends the waiting that is under way, or the next; from any thread. */
  void wake();
}
