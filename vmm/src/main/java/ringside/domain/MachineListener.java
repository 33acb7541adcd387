package ringside.domain;

/** What people outside want to hear of a running machine. Called on the machine's thread. */
public interface MachineListener {
  /** Bytes that a guest wrote to its console, by ring or hypercall; not necessarily whole lines. */
  default void consoleOutput(Domain domain, byte[] bytes) {}

  /** It was built, for the first time or anew; it does not run yet. */
  default void domainCreated(Domain domain) {}

  /** It stopped running for good; what its policy says follows. */
  default void domainStopped(Domain domain, Outcome outcome) {}

  /** It is about to be built anew, after it stopped. */
  default void domainRestarts(Domain domain) {}

  /** Something worth a line in the log: a refused access, a limit reached. */
  default void notice(Domain domain, String what) {}
}
