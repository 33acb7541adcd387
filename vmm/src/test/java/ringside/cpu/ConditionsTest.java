package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.cpu.FlagProgram.Before;
import ringside.cpu.FlagProgram.Op;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.TranslatorReport;

/** All conditions behind all that sets flags at edges of numbers, translated and interpreted. */
class ConditionsTest {
  private static final int HOT = 30;

  /** Pairs of a size, at least about. */
  private static final int LEAST = 100;

  private static final long MOST_TICKS = 10_000_000;

  private record Pair(long a, long b) {}

  /** Around the signs and ends of all sizes up to this one. */
  private static List<Long> edges(int size) {
    TreeSet<Long> edges = new TreeSet<>(List.of(0L, 1L));
    for (int bits = 8; bits <= 8 * size; bits *= 2) {
      long sign = 1L << bits - 1;
      edges.addAll(List.of(sign - 1, sign, sign + 1, 2 * sign - 1));
    }
    return List.copyOf(edges);
  }

  /** Each edge with each, several times: above the size may be anything. */
  private static List<Pair> pairs(int size) {
    Random random = new Random(size);
    List<Pair> pairs = new ArrayList<>();
    List<Long> edges = edges(size);
    for (long a : edges) {
      for (long b : edges) {
        for (int n = 0; n < Math.max(1, LEAST / (edges.size() * edges.size())); n++) {
          pairs.add(new Pair(a | above(size, random), b | above(size, random)));
        }
      }
    }
    Collections.shuffle(pairs, random);
    return pairs;
  }

  private static long above(int size, Random random) {
    long anything = random.nextInt(3) == 0 ? -1 : random.nextInt(3) == 0 ? 0 : random.nextLong();
    return size == 8 ? 0 : anything << 8 * size;
  }

  private record Run(String trace, long[] results) {}

  private static Run run(JvmEngine engine, byte[] program, List<Pair> pairs) {
    RunTrace trace = new RunTrace();
    Random random = new Random(1);
    long[] results = new long[FlagProgram.RESULTS_EACH * pairs.size()];
    try (TestGuest guest = new TestGuest(engine)) {
      for (int n = 0; n < pairs.size(); n++) {
        guest.u64(FlagProgram.PAIRS + 16L * n, pairs.get(n).a);
        guest.u64(FlagProgram.PAIRS + 16L * n + 8, pairs.get(n).b);
      }
      Cpu cpu = guest.start64(program);
      Exit exit = Exit.BUDGET_SPENT;
      while (exit == Exit.BUDGET_SPENT && cpu.ticks() < MOST_TICKS) {
        exit = cpu.run(1 + random.nextInt(40_000));
        trace.ended(exit, cpu);
      }
      assertEquals(Exit.HALTED, exit);
      Arrays.setAll(results, n -> guest.u64(FlagProgram.RESULTS + 8L * n));
    }
    return new Run(trace.toString(), results);
  }

  private static void same(Op op, Before before, int sizeBefore, int size) {
    List<Pair> pairs = pairs(size);
    byte[] program = FlagProgram.bytes(op, before, sizeBefore, size, pairs.size());
    JvmEngine translating = new JvmEngine(Runnable::run, HOT);
    Run expected = run(new JvmEngine(task -> {}), program, pairs);
    Run found = run(translating, program, pairs);
    String what = "%s of %d bytes behind %s of %d".formatted(op, size, before, sizeBefore);
    for (int n = 0; n < expected.results.length; n++) {
      Pair pair = pairs.get(n / FlagProgram.RESULTS_EACH);
      int result = n % FlagProgram.RESULTS_EACH;
      assertEquals(
          Long.toHexString(expected.results[n]),
          Long.toHexString(found.results[n]),
          () -> "%s, %x and %x: result %d".formatted(what, pair.a, pair.b, result));
    }
    assertEquals(expected.trace, found.trace, what);
    TranslatorReport report = translating.translations().report();
    assertTrue(report.translatedTicks() > report.ticks() / 2, () -> what + ": " + report);
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void conditionsAreTheInterpreters(Op op) {
    for (int size : op.sizes()) {
      same(op, Before.CMP, size, size);
      for (Before before : op.reads() ? Before.values() : new Before[0]) {
        same(op, before, size == 1 ? 8 : size / 2, size);
      }
    }
  }
}
