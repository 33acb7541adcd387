package ringside.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: what all verbs have in common. */
@Command(
    name = "ringside",
    description = "A small type-1-style hypervisor that you can watch at work.",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Results go to the standard output, all else to the standard error output.",
      "Exit code: 0 all guests ended well, 1 a guest failed or crashed, 2 wrong input."
    })
public final class Ringside {
  private final Terminal terminal;
  private Long seed;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Say nothing on the standard error output but errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more: what the hypervisor logs, and Java traces of errors.")
  private void verbose(boolean value) {
    verbose = value;
    if (value) { // read when the first logger is made, which is later
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
  }

  private boolean verbose;

  Ringside(Terminal terminal) {
    this.terminal = terminal;
  }

  public Terminal terminal() {
    return terminal;
  }

  public boolean quiet() {
    return quiet;
  }

  public boolean verbose() {
    return verbose;
  }

  /** Seed of the run that is under way, for a bug report; null before there is one. */
  Long seed() {
    return seed;
  }

  /** A run begins. */
  void running(long itsSeed) {
    seed = itsSeed;
  }

  /** A line about what is going on, unless nobody wants to know. */
  public void progress(String line) {
    if (!quiet) {
      terminal.out().flush();
      terminal.err().println(line);
      terminal.err().flush();
    }
  }
}
