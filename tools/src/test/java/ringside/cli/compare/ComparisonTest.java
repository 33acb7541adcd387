package ringside.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cli.compare.Comparison.Difference;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.x86.Mnemonic;

/** A fixed set of random sequences; {@code ringside engine compare} runs millions. */
class ComparisonTest {
  private static final int SEQUENCES = 12;
  private static final int MORE = 60;

  /** Where the source of the native judge is, as the launcher says it. */
  @BeforeAll
  static void home() {
    System.setProperty("ringside.home", System.getProperty("ringside.root"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"translator", "tlb", "unicorn", "native"})
  void judgesAgreeWithTheInterpreter(String other) {
    Assumptions.assumeTrue(Judges.available(other), "judge " + other + " is not here");
    boolean slow = other.equals("translator") || other.equals("tlb");
    List<Difference> differences = new ArrayList<>();
    try (Comparison comparison = Judges.comparison(List.of("interpreter", other))) {
      for (int seed = 0; seed < (slow ? SEQUENCES : MORE); seed++) {
        comparison.run(seed, differences);
      }
    }
    assertEquals(List.of(), differences);
  }

  @Test
  void sequencesReachTheirEndsAndUseManyInstructions() {
    try (Comparison comparison = new Comparison(List.of(interpreter()))) {
      List<Difference> none = new ArrayList<>();
      for (int seed = 0; seed < MORE; seed++) {
        comparison.run(seed, none);
      }
      long[] endings = comparison.endings();
      long all = Arrays.stream(endings).sum();
      assertTrue(endings[3] * 2 > all, "only " + endings[3] + " of " + all + " got to the end");
      long used = Arrays.stream(comparison.compared()).filter(n -> n > 0).count();
      assertTrue(used > 200, "only " + used + " instructions");
    }
  }

  @Test
  void aJudgeThatIsWrongAboutOneInstructionIsFound() {
    List<Difference> differences = new ArrayList<>();
    try (Comparison comparison = new Comparison(List.of(interpreter(), new WrongAboutXadd()))) {
      for (int seed = 0; seed < 200 && differences.isEmpty(); seed++) {
        comparison.run(seed, differences);
      }
    }
    assertEquals(Mnemonic.XADD.name(), differences.getFirst().mnemonic());
    assertTrue(differences.getFirst().listing().size() < 8, differences.toString());
  }

  private static Judge interpreter() {
    return new EngineJudge("interpreter", new JvmEngine(task -> {}), 1, 0, false);
  }

  /** Forgets the carry where XADD was executed. */
  private static final class WrongAboutXadd implements Judge {
    private final Judge right = interpreter();

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public List<Verdict> run(List<Order> orders) {
      return right.run(orders).stream().map(v -> changed(v, orders.getFirst())).toList();
    }

    private static Verdict changed(Verdict v, Order order) {
      boolean there = false;
      for (int i = 0; i < v.rip() - order.address() - 1; i++) {
        there |= order.code()[i] == 0x0f && (order.code()[i + 1] & 0xfe) == 0xc0;
      }
      return new Verdict(
          v.vector(),
          v.error(),
          v.address(),
          v.rip(),
          there ? v.rflags() ^ 1 : v.rflags(),
          v.general(),
          v.fx(),
          v.memory(),
          v.ticks());
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
