package ringside.fuzz.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The controller against the model, for a while; {@code ringside fuzz nvme} goes on longer. */
class NvmeFuzzerTest {
  private static final int STEPS = 20_000;

  @Test
  void theControllerDoesNothingThatTheSpecificationForbids() {
    NvmeFuzzer.Report report = NvmeFuzzer.run(1, STEPS, _ -> {});
    report.failure().ifPresent(NvmeFuzzerTest::fail);
    assertEquals(STEPS, report.steps());
    assertTrue(report.commands() > STEPS / 5, report.commands() + " commands");
  }

  private static void fail(NvmeFuzzer.Failure failure) {
    throw new AssertionError(
        "seed %d, %d steps: %s%n%s"
            .formatted(
                failure.seed(),
                failure.steps(),
                failure.message(),
                String.join("\n", failure.log())));
  }
}
