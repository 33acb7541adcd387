package ringside.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.cpu.Engine;

/** What leaving the guest's code costs, on each engine: calls, events, and a whole boot. */
final class CpuCalls {
  private static final int BOOTS = 7;
  private static final int QUICK_BOOTS = 2;
  private static final int WARM_BOOTS = 2;

  /** Nanoseconds; of the default engine. */
  private static final Map<String, Double> GOALS =
      Map.of(
          "null hypercall",
          50.0,
          "event round trip, polled",
          500.0,
          "event round trip, thread",
          500.0);

  private CpuCalls() {}

  static List<Sample> run(Map<String, Engine> engines, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    for (GuestLoop loop :
        List.of(
            Benchmarks.NULL_HYPERCALL,
            Benchmarks.POLLED_EVENT_ROUND_TRIP,
            Benchmarks.EVENT_ROUND_TRIP)) {
      FreshProcesses.run(loop, engines.keySet(), quick)
          .forEach((engine, s) -> samples.add(judged(engine, s)));
    }
    samples.addAll(boots(engines, quick));
    return samples;
  }

  private static Sample judged(String engine, Sample s) {
    double goal = GOALS.get(s.name());
    String verdict = s.median() <= goal ? "met" : "missed";
    return Sample.of(
        s.name() + ", " + engine,
        s.unit(),
        s.values(),
        "%s; goal up to %.0f: %s".formatted(s.how(), goal, verdict));
  }

  /** The engines take turns. */
  private static List<Sample> boots(Map<String, Engine> engines, boolean quick) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (int i = 0; i < WARM_BOOTS + (quick ? QUICK_BOOTS : BOOTS); i++) {
      boolean counts = i >= WARM_BOOTS;
      engines.forEach(
          (name, engine) -> {
            double ms = PromptTime.milliseconds(engine);
            if (counts) {
              values.computeIfAbsent(name, n -> new ArrayList<>()).add(ms);
            }
          });
    }
    return values.entrySet().stream()
        .map(
            e -> Sample.of("boot to the prompt, " + e.getKey(), "ms", e.getValue(), PromptTime.HOW))
        .toList();
  }
}
