package ringside.cli.trace;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import ringside.analysis.EventLine;
import ringside.analysis.FileSummary;
import ringside.analysis.TraceSummary;
import ringside.trace.TraceHeader;
import ringside.trace.TraceReader;

/** A summary as tables. */
final class SummaryText {
  private final PrintWriter out;
  private final TraceSummary summary;

  private SummaryText(PrintWriter out, TraceSummary summary) {
    this.out = out;
    this.summary = summary;
  }

  static void write(PrintWriter out, Path file, TraceReader reader, TraceSummary summary) {
    SummaryText text = new SummaryText(out, summary);
    text.heading(file, reader);
    text.types();
    text.hypercalls();
    text.virqs();
    text.channels();
    text.files();
  }

  private void heading(Path file, TraceReader reader) {
    TraceHeader header = reader.header();
    out.printf(
        "%s: engine %s, seed %s, events %s%n",
        file,
        header.get(TraceHeader.ENGINE),
        header.get(TraceHeader.SEED),
        header.get(TraceHeader.EVENTS));
    out.printf("%d events, %s%n", summary.events(), reader.end());
    if (summary.events() > 0) {
      out.printf(
          "virtual time %s to %s s%n",
          EventLine.time(summary.firstTime()).strip(), EventLine.time(summary.lastTime()).strip());
    }
  }

  private void types() {
    List<Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, Long> type : summary.typesByCount()) {
      rows.add(new Object[] {type.getKey(), type.getValue()});
    }
    table(rows, "event", "count");
  }

  private void hypercalls() {
    calls("hypercall", summary.hypercalls());
  }

  private void calls(String what, Map<String, TraceSummary.Calls> byName) {
    List<Object[]> rows = new ArrayList<>();
    byName.forEach(
        (name, calls) -> {
          Histogram ns = calls.durations();
          boolean timed = ns.getTotalCount() > 0;
          rows.add(
              new Object[] {
                name,
                calls.entered(),
                calls.returned(),
                timed ? ns.getValueAtPercentile(50) : "-",
                timed ? ns.getValueAtPercentile(99) : "-",
                timed ? ns.getMaxValue() : "-",
                errors(calls)
              });
        });
    table(rows, what, "calls", "returns", "p50 ns", "p99 ns", "max ns", "errors");
  }

  private void files() {
    calls("file call (client)", summary.files().calls());
    calls("file operation", summary.files().operations());
    List<Object[]> rows = new ArrayList<>();
    summary
        .files()
        .requests()
        .forEach((name, of) -> rows.add(new Object[] {name, of.count(), of.bytes()}));
    FileSummary.Requests background = summary.files().background();
    if (background.count() > 0) {
      rows.add(new Object[] {"(background)", background.count(), background.bytes()});
    }
    table(rows, "block requests for", "count", "bytes");
  }

  private static String errors(TraceSummary.Calls calls) {
    return calls.errors().entrySet().stream()
        .map(error -> error.getKey() + " " + error.getValue())
        .collect(Collectors.joining(", "));
  }

  private void virqs() {
    List<Object[]> rows = new ArrayList<>();
    summary
        .virqs()
        .forEach(
            (domain, counts) ->
                counts.forEach(
                    (virq, count) -> rows.add(new Object[] {domain(domain), virq, count})));
    table(rows, "domain", "VIRQ", "count");
  }

  private void channels() {
    List<Object[]> rows = new ArrayList<>();
    summary
        .ports()
        .forEach(
            (port, traffic) ->
                rows.add(
                    new Object[] {
                      domain(port.domain()),
                      port.port(),
                      traffic.sends(),
                      traffic.pendings(),
                      traffic.upcalls(),
                      traffic.wakes()
                    }));
    table(rows, "domain", "port", "sends", "pending", "upcalls", "wakes");
  }

  private String domain(int domid) {
    String name = summary.domains().get(domid);
    return name == null ? EventLine.who(domid, -1) : EventLine.who(domid, -1) + " " + name;
  }

  /** Nothing when there are no rows; numbers stand to the right. */
  private void table(List<Object[]> rows, String... heads) {
    if (rows.isEmpty()) {
      return;
    }
    Column[] columns = new Column[heads.length];
    Object[][] cells = rows.toArray(Object[][]::new);
    for (int i = 0; i < heads.length; i++) {
      boolean number = cells[0][i] instanceof Long || heads[i].endsWith(" ns");
      columns[i] =
          new Column()
              .header(heads[i])
              .headerAlign(number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
              .dataAlign(number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
              .maxWidth(Integer.MAX_VALUE);
    }
    out.println();
    AsciiTable.getTable(AsciiTable.NO_BORDERS, columns, cells)
        .lines()
        .map(String::stripTrailing)
        .forEach(line -> out.print(line + "\n"));
  }
}
