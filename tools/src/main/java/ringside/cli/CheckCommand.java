package ringside.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cli.system.DescriptionException;
import ringside.cli.system.Problem;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.Systems;
import ringside.cli.system.ValueOverride;

/** Validates a description, and the images that it names, without running anything. */
@Command(
    name = "check",
    description =
        "Check a system description and its images without booting: every error, not"
            + " only the first, with file:line:column.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private final Ringside ringside;

  @Parameters(paramLabel = "SYSTEM", description = "A description (.toml), or a system's name.")
  private String what;

  @Option(
      names = "--set",
      paramLabel = "DOMAIN.KEY=VALUE",
      description = "As boot takes it; repeatable.")
  private List<String> sets = new ArrayList<>();

  @Mixin private FormatOption format;

  private record ProblemJson(String where, int line, int column, String message, String hint) {}

  private record CheckJson(String system, boolean ok, int domains, List<ProblemJson> problems) {}

  CheckCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() {
    List<ValueOverride> overrides = sets.stream().map(ValueOverride::parse).toList();
    try {
      SystemDescription system = Systems.ofThisProject().read(what, overrides);
      int domains = system.domains().size();
      if (format.json()) {
        print(new CheckJson(system.name(), true, domains, List.of()));
      } else {
        ringside
            .terminal()
            .out()
            .println(what + ": ok, " + domains + (domains == 1 ? " domain" : " domains"));
      }
      return ExitCode.OK;
    } catch (DescriptionException e) {
      report(e.problems());
      return ExitCode.WRONG_INPUT;
    }
  }

  private void report(ImmutableList<Problem> problems) {
    if (format.json()) {
      List<ProblemJson> json =
          problems.stream()
              .map(
                  p ->
                      new ProblemJson(
                          p.where().source(),
                          p.where().line(),
                          p.where().column(),
                          p.message(),
                          p.hint()))
              .toList();
      print(new CheckJson(what, false, 0, json));
    } else {
      problems.forEach(ringside.terminal().out()::println);
      ringside.progress(problems.size() == 1 ? "1 error" : problems.size() + " errors");
    }
  }

  private void print(CheckJson json) {
    ringside.terminal().out().println(Json.text(json));
  }
}
