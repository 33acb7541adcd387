package ringside.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import ringside.cli.bench.KernelRunner.Kernel;
import ringside.cli.bench.KernelRunner.Order;
import ringside.cli.bench.KernelRunner.Slices;

/**
 * Runs kernels on several runners in turns. The value of a round is its fastest slice, the ratio of
 * a round that of two values in it.
 *
 * <p>Invariant: a value stands in the results only when its runner's checksum is that of the first.
 */
final class KernelRace {
  static final String NATIVE = "native";
  static final String QEMU = "qemu";

  /** Left out of the second mean: bulk copies are a matter of memory alone. */
  private static final String LEFT_OUT = "repmovsb";

  private static final Map<String, Double> GOALS = Map.of("jvm", 2.5, "jvm paged", 3.8);

  private static final int ROUNDS = 5;
  private static final int SLICES = 3;
  private static final int WARM_SLICES = 8;
  private static final int QUICK_ROUNDS = 2;
  private static final int QUICK_SLICES = 1;
  private static final int QUICK_WARM_SLICES = 3;
  private static final long CHECKED_ROUNDS = 3;

  private final List<KernelRunner> runners;
  private final boolean quick;

  /** By kernel and by runner: nanoseconds of a unit, one value a round. */
  private final Map<Kernel, Map<String, List<Double>>> results = new LinkedHashMap<>();

  private final List<Sample> wrong = new ArrayList<>();

  KernelRace(List<KernelRunner> runners, boolean quick) {
    this.runners = List.copyOf(runners);
    this.quick = quick;
  }

  /** Runs one kernel everywhere. */
  void run(Kernel kernel) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    Map<KernelRunner, Long> rounds = new LinkedHashMap<>();
    String expected = "";
    for (KernelRunner runner : runners) {
      Slices first = runner.run(new Order(kernel, 1, 1, CHECKED_ROUNDS));
      if (expected.isEmpty()) {
        expected = first.check();
      }
      if (first.check().equals(expected)) {
        rounds.put(
            runner, Calibration.rounds(runner, kernel, quick ? QUICK_WARM_SLICES : WARM_SLICES));
        values.put(runner.name(), new ArrayList<>());
      } else {
        String reason = "its checksum is " + first.check() + ", not " + expected;
        wrong.add(Sample.none(kernel.name() + ", " + runner.name(), "ns", reason));
      }
    }
    int slices = quick ? QUICK_SLICES : SLICES;
    for (int i = 0; i < (quick ? QUICK_ROUNDS : ROUNDS); i++) {
      rounds.forEach(
          (runner, perSlice) -> {
            Slices run = runner.run(new Order(kernel, perSlice, slices, 0));
            values
                .get(runner.name())
                .add((double) run.fastest() / ((double) perSlice * kernel.units()));
          });
    }
    results.put(kernel, values);
  }

  /** All that was measured: each kernel everywhere, then means, then who is ahead of whom. */
  List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(wrong);
    results.forEach(
        (kernel, values) ->
            values.forEach(
                (runner, ns) -> {
                  String how = "per " + kernel.unit();
                  if (!runner.equals(NATIVE) && values.containsKey(NATIVE)) {
                    how += "; %.2f x native".formatted(median(ratios(kernel, runner, NATIVE)));
                  }
                  samples.add(Sample.of(kernel.name() + ", " + runner, "ns", ns, how));
                }));
    for (KernelRunner runner : runners) {
      if (!runner.name().equals(NATIVE)) {
        means(samples, runner.name());
      }
    }
    for (String other : List.of(QEMU, "unicorn")) {
      ahead(samples, "jvm", other);
    }
    return samples;
  }

  private void means(List<Sample> samples, String runner) {
    List<Kernel> both = both(runner, NATIVE);
    if (both.isEmpty()) {
      return;
    }
    List<Kernel> without = both.stream().filter(k -> !k.name().equals(LEFT_OUT)).toList();
    samples.add(mean(runner, both, "geometric mean", "of all %d kernels".formatted(both.size())));
    Sample mean =
        mean(runner, without, "geometric mean less " + LEFT_OUT, "of %d".formatted(without.size()));
    Double goal = GOALS.get(runner);
    String how = mean.how();
    if (goal != null && without.size() == results.size() - 1) {
      how +=
          String.format(
              Locale.ROOT, ", goal up to %.2f: %s", goal, mean.median() <= goal ? "met" : "missed");
    }
    samples.add(Sample.of(mean.name(), mean.unit(), mean.values(), how));
  }

  private Sample mean(String runner, List<Kernel> kernels, String what, String how) {
    List<List<Double>> all = kernels.stream().map(k -> ratios(k, runner, NATIVE)).toList();
    List<Double> means =
        IntStream.range(0, all.getFirst().size())
            .mapToObj(
                i ->
                    Math.exp(
                        all.stream().mapToDouble(r -> Math.log(r.get(i))).average().orElseThrow()))
            .toList();
    return Sample.of(what + ", " + runner, "x native", means, how);
  }

  private void ahead(List<Sample> samples, String ours, String other) {
    List<Kernel> both = both(ours, other);
    if (both.isEmpty()) {
      return;
    }
    List<String> behind =
        both.stream()
            .filter(k -> median(ratios(k, ours, other)) > 1)
            .map(k -> "%s %.2f x".formatted(k.name(), median(ratios(k, ours, other))))
            .toList();
    samples.add(
        Sample.of(
            "%s behind %s".formatted(ours, other),
            "kernels",
            List.of((double) behind.size()),
            "of %d, goal up to 1: %s%s"
                .formatted(
                    both.size(),
                    behind.size() <= 1 ? "met" : "missed",
                    behind.isEmpty() ? "" : "; " + String.join(", ", behind))));
  }

  private List<Kernel> both(String a, String b) {
    return results.entrySet().stream()
        .filter(e -> e.getValue().containsKey(a) && e.getValue().containsKey(b))
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Double> ratios(Kernel kernel, String runner, String other) {
    List<Double> own = results.get(kernel).get(runner);
    List<Double> base = results.get(kernel).get(other);
    return IntStream.range(0, own.size()).mapToObj(i -> own.get(i) / base.get(i)).toList();
  }

  private static double median(List<Double> values) {
    return Sample.of("", "", values, "").median();
  }
}
