package ringside.domain;

/**
 * Somebody who has input for a guest and is asked for it when no vCPU can run. The hypervisor
 * itself never waits for anything outside of it; whoever gives it input does.
 *
 * <p>Virtual time stands still while it waits: what a guest sees does not depend on when the input
 * came, only on what it is.
 */
public interface IdleWait {
  /** No input. */
  IdleWait NONE =
      new IdleWait() {
        @Override
        public boolean waited() {
          return false;
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

  /** Ends the waiting that is under way, or the next; from any thread. */
  void wake();
}
