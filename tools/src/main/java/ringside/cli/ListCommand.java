package ringside.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import ringside.cli.system.Systems;

/** The systems in images/ that boot takes by name. */
@Command(
    name = "list",
    description = "List the systems that can be booted by name.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {
  private final Ringside ringside;

  @Mixin private FormatOption format;

  private record SystemJson(String name, String description) {}

  private record ListJson(List<SystemJson> systems, List<String> images) {}

  ListCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    Systems systems = Systems.ofThisProject();
    List<SystemJson> all = new ArrayList<>();
    systems.names().forEach(name -> all.add(new SystemJson(name, systems.describe(name))));
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new ListJson(all, systems.imageNames())));
      return;
    }
    Table table = new Table("system", "description");
    all.forEach(system -> table.row(system.name(), system.description()));
    ringside.terminal().out().println(table);
    ringside.progress("");
    ringside.progress("Single images boot by name too: " + String.join(", ", systems.imageNames()));
  }
}
