package ringside.cli.run;

import ringside.domain.Outcome;
import ringside.fault.RecoveryReport;

/** Who shows what happens while a system runs. */
public interface RunOutput {
  /** A line of a guest's console, without its end. */
  void consoleLine(int domid, String domain, String line);

  /** What the guest writes whose console is a terminal: as it comes, lines may be unfinished. */
  default void terminalText(String text) {}

  /** What somebody typed on that terminal, when the guest gets it; usually with its newline. */
  default void typed(String text) {}

  default void stopped(String domain, Outcome outcome) {}

  /** A client has its server back. */
  default void recovered(RecoveryReport report) {}

  /** Something that the hypervisor has to say about a domain. */
  default void note(String domain, String what) {}
}
