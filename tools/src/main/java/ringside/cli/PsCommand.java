package ringside.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import ringside.cli.control.MachineView;
import ringside.cli.control.RunningSystem;

/** The systems that run now. */
@Command(
    name = "ps",
    description = "List the systems that run now, and their domains.",
    mixinStandardHelpOptions = true)
final class PsCommand implements Runnable {
  private final Ringside ringside;

  @Mixin private FormatOption format;

  private record SystemJson(String name, long pid, MachineView machine) {}

  private record PsJson(List<SystemJson> systems) {}

  PsCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    List<SystemJson> systems = new ArrayList<>();
    for (RunningSystem system : RunningSystem.all()) {
      try {
        systems.add(new SystemJson(system.name(), system.pid(), system.domains()));
      } catch (UserError e) { // it ended while we asked
        ringside.progress("ringside: " + e.getMessage());
      }
    }
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new PsJson(systems)));
      return;
    }
    Table table =
        new Table("system", "pid>", "virtual time>", "domid>", "domain", "state", "vCPUs");
    for (SystemJson system : systems) {
      for (MachineView.DomainView domain : system.machine().domains()) {
        table.row(
            system.name(),
            system.pid(),
            Duration.text(system.machine().virtualNs()),
            domain.domid(),
            domain.name(),
            domain.running() ? "running" : "stopped",
            String.join(" ", domain.vcpus()));
      }
    }
    ringside.terminal().out().println(table);
  }
}
