package ringside.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import ringside.cli.compare.Comparison;
import ringside.cli.compare.Comparison.Difference;
import ringside.cli.compare.Judges;
import ringside.cpu.x86.Mnemonic;

/** Random instructions on all that can execute them. */
@Command(
    name = "compare",
    description = "Execute random instruction sequences on several engines; they must agree.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Judges: interpreter and translator of engine jvm, tlb (translated code whose memory is not",
      "linear), unicorn, and native, the processor of this computer. The others are compared with",
      "the first: registers, flags that are defined, memory, vectors, exceptions, ticks."
    })
final class EngineCompareCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 20;

  private final Ringside ringside;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Instructions to compare, with k or M; default ${DEFAULT-VALUE}.")
  private String count = "100k";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the first sequence; the others follow. Default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--judges",
      paramLabel = "NAMES",
      split = ",",
      description = "Who executes; default: all that this computer has.")
  private List<String> judges = List.of();

  @Option(names = "--threads", paramLabel = "N", description = "Threads; default: one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private FormatOption format;

  private record CompareJson(
      long seed,
      List<String> judges,
      long sequences,
      long instructions,
      double seconds,
      Map<String, Long> mnemonics,
      Map<Integer, Long> exceptions,
      List<Difference> differences) {}

  private final AtomicLong sequences = new AtomicLong();
  private final AtomicLong instructions = new AtomicLong();
  private final List<Difference> differences = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> mnemonics = new TreeMap<>();
  private final Map<Integer, Long> exceptions = new TreeMap<>();
  private RuntimeException failure;

  EngineCompareCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() throws InterruptedException {
    long wanted = wanted();
    if (judges.isEmpty()) {
      judges = Judges.NAMES.stream().filter(Judges::available).toList();
    }
    if (judges.size() < 2 || threads < 1) {
      throw new UserError("a comparison needs two judges and a thread");
    }
    long begin = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    try (Progress progress = new Progress(ringside, "instructions", wanted)) {
      for (int i = 0; i < threads; i++) {
        workers.add(Thread.ofPlatform().name("compare-" + i).start(() -> work(wanted, progress)));
      }
      for (Thread worker : workers) {
        worker.join();
      }
    }
    if (failure != null) {
      throw failure;
    }
    report((System.nanoTime() - begin) / 1e9);
    return differences.isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
  }

  private long wanted() {
    String digits = count.replaceAll("[kM]$", "");
    try {
      long factor = count.endsWith("k") ? 1_000 : count.endsWith("M") ? 1_000_000 : 1;
      return Long.parseLong(digits) * factor;
    } catch (NumberFormatException e) {
      throw new UserError("--count: " + count + " is no number");
    }
  }

  private void work(long wanted, Progress progress) {
    try (Comparison comparison = Judges.comparison(judges)) {
      List<Difference> found = new ArrayList<>();
      while (instructions.get() < wanted && !full()) {
        long done = comparison.run(seed + sequences.getAndIncrement(), found);
        progress.at(Math.min(wanted, instructions.addAndGet(done)));
        note(found);
        found.clear();
      }
      add(comparison);
    } catch (RuntimeException e) {
      synchronized (this) {
        failure = e;
        instructions.set(wanted);
      }
    }
  }

  private synchronized boolean full() {
    return differences.size() >= MOST_SHOWN;
  }

  /** One for each instruction and pair of judges. */
  private synchronized void note(List<Difference> found) {
    for (Difference d : found) {
      if (seen.add(d.second() + " " + d.mnemonic()) && differences.size() < MOST_SHOWN) {
        differences.add(d);
      }
    }
  }

  private synchronized void add(Comparison comparison) {
    long[] counts = comparison.compared();
    for (Mnemonic m : Mnemonic.values()) {
      if (counts[m.ordinal()] > 0) {
        mnemonics.merge(m.name(), counts[m.ordinal()], Long::sum);
      }
    }
    long[] endings = comparison.endings();
    for (int vector = 0; vector < endings.length; vector++) {
      if (endings[vector] > 0) {
        exceptions.merge(vector, endings[vector], Long::sum);
      }
    }
  }

  private void report(double seconds) {
    CompareJson result =
        new CompareJson(
            seed,
            judges,
            sequences.get(),
            instructions.get(),
            seconds,
            mnemonics,
            exceptions,
            differences);
    if (format.json()) {
      ringside.terminal().out().println(Json.text(result));
      return;
    }
    Table table = new Table("instruction", "compared>");
    mnemonics.forEach((name, n) -> table.row(name, "" + n));
    ringside.terminal().out().println(table);
    for (String judge : judges) {
      for (String line : Judges.notAsked(judge)) {
        ringside.terminal().out().println(judge + " is not asked about " + line);
      }
    }
    for (Difference d : differences) {
      ringside.terminal().out().println();
      ringside.terminal().out().println(again(d));
      d.listing().forEach(line -> ringside.terminal().out().println("  " + line));
      ringside.terminal().out().println("  " + d.first() + " | " + d.second());
      d.differences().forEach(line -> ringside.terminal().out().println("    " + line));
    }
    ringside
        .terminal()
        .out()
        .println(
            "%d instructions in %d sequences on %s, ended by exceptions %s: %d differences; %.1f s"
                .formatted(
                    result.instructions(),
                    result.sequences(),
                    String.join(", ", judges),
                    exceptions,
                    differences.size(),
                    seconds));
  }

  private static String again(Difference d) {
    return "ringside engine compare --count 1 --threads 1 --judges %s,%s --seed %d"
        .formatted(d.first(), d.second(), d.seed());
  }
}
