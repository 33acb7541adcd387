package ringside.cli.soak;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.cli.Duration;
import ringside.cli.run.RunOutput;
import ringside.domain.CrashReport;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.domain.Outcome;
import ringside.fault.FaultPlan;

/**
 * Hears how domains of a run end, and keeps the ends that neither the domain nor a plan of faults
 * wanted: a server that is restarted after one may serve its clients well, and yet something was
 * wrong. Of domains that have not ended with the run it says where they are.
 */
final class Crashes implements RunOutput {
  private final List<String> problems = new ArrayList<>();

  @Override
  public void consoleLine(int domid, String domain, String line) {}

  @Override
  public void stopped(String domain, Outcome outcome) {
    if (!outcome.well() && !outcome.detail().startsWith(FaultPlan.KILLED)) {
      problems.add(domain + ": " + text(outcome));
    }
  }

  /** The machine has come out of its run for good; ends whatever is left in it. */
  void left(Machine machine) {
    for (Domain domain : machine.domains()) {
      if (domain.running()) {
        String state = domain.vcpu(0).runState().name().toLowerCase(Locale.ROOT);
        machine.kill(domain, "has not ended, vCPU 0 is " + state);
        problems.add(domain.name() + ": " + text(domain.outcome()));
      }
    }
  }

  /** Each a line, in the order in which they came. */
  ImmutableList<String> problems() {
    return ImmutableList.copyOf(problems);
  }

  private static String text(Outcome outcome) {
    String verdict = outcome.verdict().well() ? "" : " and says " + outcome.verdict();
    return outcome.detail()
        + verdict
        + outcome.crash().map(report -> "; " + text(report)).orElse("");
  }

  private static String text(CrashReport report) {
    String callers =
        Stream.concat(
                report.place().stream(),
                report.stack().stream().flatMap(entry -> entry.place().stream()))
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return "at %s in %s".formatted(Duration.text(report.time()), callers);
  }
}
