package ringside.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ringside.cli.control.RunningSystem;

/** Crashes a domain of a system that runs. */
@Command(
    name = "kill",
    description = "Crash a domain of a running system on the spot.",
    mixinStandardHelpOptions = true,
    footer = {"", "What becomes of it is said by its on_crash: destroy, restart or preserve."})
final class KillCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its name or PID, see ps.")
  private String system;

  @Parameters(index = "1", paramLabel = "DOMAIN", description = "The domain's name.")
  private String domain;

  @Mixin private FormatOption format;

  private record KillJson(String system, String domain) {}

  KillCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    RunningSystem.named(system).kill(domain);
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new KillJson(system, domain)));
    } else {
      ringside.progress("ringside: " + domain + " of " + system + " is killed");
    }
  }
}
