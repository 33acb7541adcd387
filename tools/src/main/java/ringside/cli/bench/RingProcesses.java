package ringside.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.cli.Json;
import ringside.cli.UserError;
import ringside.cpu.Engine;

/**
 * Rings on several pCPUs, measured by Ringside commands of their own, one after the other.
 *
 * <p>Invariant: rings are compared within a process, and the comparisons of all processes are
 * shown. Where a process's memory and code come to lie, and where the host lets its threads run,
 * stays as it is for as long as it runs: the same ring is twice as fast in one as in the next.
 */
public record RingProcesses(RingSpeed rings) implements Benchmark {
  private static final int PROCESSES = 7;
  private static final int QUICK_PROCESSES = 3;

  /** A row's name: benchmark, ring, load; and whether it is of threads of the host. */
  private static final Pattern NAME = Pattern.compile("(.*: )(\\w+)(, .*?)(, native)?");

  private static final String LOCK = "lock";

  @Override
  public String name() {
    return rings.name();
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    List<Map<String, Sample>> processes = new ArrayList<>();
    for (int i = 0; i < (quick ? QUICK_PROCESSES : PROCESSES); i++) {
      String json = FreshProcesses.said(command(engine, quick));
      processes.add(byName(Json.read(json, BenchResult.class).results()));
    }
    return joined(processes);
  }

  private List<String> command(Engine engine, boolean quick) {
    List<String> command =
        new ArrayList<>(List.of(HostPrograms.ringside(), "bench", "--rings-process"));
    command.addAll(List.of("--pcpus", "" + rings.pcpus(), "--engine", engine.name()));
    command.addAll(List.of("--format", "json"));
    if (quick) {
      command.add("--quick");
    }
    return command;
  }

  /**
   * What one of these processes measures.
   *
   * @throws UserError for one pCPU, on which rings take turns in the same process
   */
  public static List<Sample> one(Engine engine, boolean quick, int pcpus) {
    Benchmark found =
        Benchmarks.ALL.stream()
            .flatMap(b -> b.on(pcpus).stream())
            .filter(b -> pcpus > 1 && b instanceof RingProcesses)
            .findFirst()
            .orElseThrow(() -> new UserError("--rings-process is for several pCPUs"));
    return ((RingProcesses) found).rings.run(engine, quick);
  }

  static Map<String, Sample> byName(List<Sample> results) {
    Map<String, Sample> byName = new LinkedHashMap<>();
    results.forEach(sample -> byName.put(sample.name(), sample));
    return byName;
  }

  /** All that was measured of a row, and how it compares with others of the same process. */
  static List<Sample> joined(List<Map<String, Sample>> processes) {
    Set<String> names = new LinkedHashSet<>();
    processes.forEach(process -> names.addAll(process.keySet()));
    List<Sample> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(row(name, processes));
      Matcher parts = NAME.matcher(name);
      if (!parts.matches()) {
        continue;
      }
      String before = parts.group(1);
      String ring = parts.group(2);
      String after = name.substring(parts.end(2));
      if (!ring.equals(LOCK)) {
        String how = "times the lock ring's speed";
        String title = before + ring + " / lock" + after;
        addRatio(rows, title, how, before + LOCK + after, name, processes);
      }
      if (parts.group(4) == null) {
        addRatio(
            rows,
            name + " / native",
            "times as long as natively",
            name,
            name + ", native",
            processes);
      }
    }
    return rows;
  }

  private static Sample row(String name, List<Map<String, Sample>> processes) {
    List<Sample> parts =
        processes.stream().filter(p -> p.containsKey(name)).map(p -> p.get(name)).toList();
    List<Double> values = parts.stream().flatMap(p -> p.values().stream()).toList();
    Sample first = parts.getFirst();
    if (values.isEmpty()) {
      return first;
    }
    String how = "a put or take, in %d processes".formatted(parts.size());
    return Sample.of(name, first.unit(), values, how);
  }

  /** Of the medians of two rows, in each process that has both. */
  private static void addRatio(
      List<Sample> rows,
      String title,
      String how,
      String dividend,
      String divisor,
      List<Map<String, Sample>> processes) {
    List<Double> ratios =
        processes.stream()
            .filter(process -> measured(process, dividend) && measured(process, divisor))
            .map(process -> process.get(dividend).median() / process.get(divisor).median())
            .toList();
    if (!ratios.isEmpty()) {
      rows.add(Sample.of(title, "x", ratios, how + "; a value for each process"));
    }
  }

  private static boolean measured(Map<String, Sample> process, String name) {
    return process.containsKey(name) && !process.get(name).values().isEmpty();
  }
}
