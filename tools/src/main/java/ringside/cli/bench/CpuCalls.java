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
      Map.of("null hypercall", 50.0, "event round trip, polled", 500.0, "event round trip", 500.0);

  private CpuCalls() {}

  static List<Sample> run(Map<String, Engine> engines, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    for (GuestLoop loop :
        List.of(
            Benchmarks.NULL_HYPERCALL,
            Benchmarks.POLLED_EVENT_ROUND_TRIP,
            Benchmarks.EVENT_ROUND_TRIP)) {
      engines.forEach(
          (name, engine) -> {
            for (Sample s : loop.run(engine, quick)) {
              double goal = GOALS.get(s.name());
              String how =
                  "%s; goal up to %.0f: %s"
                      .formatted(s.how(), goal, s.median() <= goal ? "met" : "missed");
              samples.add(Sample.of(s.name() + ", " + name, s.unit(), s.values(), how));
            }
          });
    }
    samples.addAll(boots(engines, quick));
    return samples;
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
