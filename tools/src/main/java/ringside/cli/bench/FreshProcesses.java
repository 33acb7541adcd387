package ringside.cli.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.cli.Json;
import ringside.cli.UserError;

/**
 * A loop measured by Ringside commands of its own, as a user's system runs.
 *
 * <p>Invariant: nothing has run in a process before the loop. HotSpot compiles the hypervisor by
 * what ran in a process so far: after another engine, or after millions of other hypercalls, the
 * same calls take up to twice as long. It also decides differently from process to process, so
 * there are several, and the engines take turns.
 */
final class FreshProcesses {
  private static final int PROCESSES = 3;
  private static final int QUICK_PROCESSES = 1;

  private FreshProcesses() {}

  /**
   * Measures on several engines.
   *
   * @param engines their names
   * @param quick true for one process an engine
   * @return what all processes of an engine measured, by its name
   * @throws UserError when a process fails; it has said why
   */
  static Map<String, Sample> run(GuestLoop loop, Collection<String> engines, boolean quick) {
    Map<String, List<Sample>> parts = new LinkedHashMap<>();
    for (int i = 0; i < (quick ? QUICK_PROCESSES : PROCESSES); i++) {
      for (String engine : engines) {
        parts
            .computeIfAbsent(engine, e -> new ArrayList<>())
            .add(only(loop.name(), said(command(loop.name(), engine))));
      }
    }
    Map<String, Sample> joined = new LinkedHashMap<>();
    parts.forEach((engine, samples) -> joined.put(engine, joined(samples)));
    return joined;
  }

  /** Never with {@code --quick}: what sleeps and wakes would not be warm, and judged so. */
  private static List<String> command(String name, String engine) {
    return List.of(HostPrograms.ringside(), "bench", "--engine", engine, "--format", "json", name);
  }

  /** What a command says on its standard output. */
  static String said(List<String> command) {
    List<String> lines = new ArrayList<>();
    HostPrograms.run(command, 0, lines::add);
    return String.join("\n", lines);
  }

  /** The one sample of a command that was asked for this benchmark alone. */
  static Sample only(String name, String json) {
    List<Sample> results = Json.read(json, BenchResult.class).results();
    if (results.size() != 1 || !results.getFirst().name().equals(name)) {
      throw new UserError(
          "a process that was to measure \"%s\" measured %s"
              .formatted(name, results.stream().map(Sample::name).toList()));
    }
    return results.getFirst();
  }

  /** One sample out of what several processes measured of the same. */
  static Sample joined(List<Sample> parts) {
    Sample first = parts.getFirst();
    List<Double> values = parts.stream().flatMap(p -> p.values().stream()).toList();
    String how = first.how() + ", in processes of its own: " + parts.size();
    return Sample.of(first.name(), first.unit(), values, how);
  }
}
