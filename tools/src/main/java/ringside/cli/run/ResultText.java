package ringside.cli.run;

import java.io.PrintWriter;
import java.util.Locale;
import ringside.cli.Duration;
import ringside.cli.Ringside;
import ringside.cli.Table;
import ringside.domain.Outcome;
import ringside.domain.Verdict;
import ringside.trace.TraceWriter;

/** The end of a run for people: reports of crashes, and a line for each domain. */
public final class ResultText {
  /** Above so many domains, only those that did not end well get a line. */
  private static final int MAX_ROWS = 12;

  private final Ringside ringside;
  private final RunResult result;

  public ResultText(Ringside ringside, RunResult result) {
    this.ringside = ringside;
    this.result = result;
  }

  /**
   * @param trace what was recorded; null for nothing
   */
  public void print(TraceWriter trace) {
    PrintWriter err = ringside.terminal().err();
    for (DomainResult domain : result.domains()) {
      domain
          .outcome()
          .flatMap(Outcome::crash)
          .ifPresent(
              crash -> {
                err.println();
                CrashText.lines(crash).forEach(err::println);
              });
    }
    if (!ringside.quiet() || !result.well()) {
      printSummary(err, trace);
    }
    err.flush();
  }

  private void printSummary(PrintWriter err, TraceWriter trace) {
    Table table = new Table("domid>", "domain", "ended", "at>", "verdict", "");
    boolean all = result.domains().size() <= MAX_ROWS;
    int left = 0;
    for (DomainResult domain : result.domains()) {
      if (all || !domain.well()) {
        row(table, domain);
      } else {
        left++;
      }
    }
    err.println();
    if (left < result.domains().size()) {
      err.println(table);
    }
    if (left > 0) {
      err.println(left + " domains ended well.");
    }
    err.println(
        "%s: %s after %s of virtual time (seed %d, engine %s)"
            .formatted(
                result.system().name(),
                end(),
                Duration.text(result.virtualNs()),
                result.system().seed(),
                result.engine()));
    for (String fault : result.faultsNotReached()) {
      err.println("the fault " + fault + " never happened: its domain ended before");
    }
    if (trace != null) {
      err.println(
          "%d events recorded in %s, %d lost"
              .formatted(trace.records(), trace.name(), trace.lost()));
    }
  }

  private void row(Table table, DomainResult domain) {
    table.row(
        domain.domain().domid(),
        domain.domain().name(),
        ended(domain),
        Duration.text(domain.stoppedNs()),
        domain.outcome().map(Outcome::verdict).map(ResultText::verdict).orElse("-"),
        (domain.well() ? "" : "not well")
            + (domain.restarts() == 0 ? "" : " restarted " + domain.restarts() + " times"));
  }

  private static String verdict(Verdict verdict) {
    return verdict == Verdict.NONE ? "-" : verdict.name();
  }

  private static String ended(DomainResult domain) {
    return domain
        .outcome()
        .map(o -> o.crash().isPresent() ? "crashed" : o.reason().name().toLowerCase(Locale.ROOT))
        .orElse("still running");
  }

  private String end() {
    return switch (result.end()) {
      case ALL_STOPPED -> "all domains stopped";
      case STUCK -> "stuck, every vCPU waits for an event that nothing can send";
      case INTERRUPTED -> "interrupted";
      case TIME_LIMIT -> "the time limit was reached";
    };
  }
}
