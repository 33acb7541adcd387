package ringside.fuzz.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;

/** The controller against the model, for a while; {@code ringside fuzz nvme} goes on longer. */
class NvmeFuzzerTest {
  private static final int STEPS = 20_000;

  private static final ImmutableMap<String, ImmutableList<String>> MUST_HAPPEN =
      ImmutableMap.<String, ImmutableList<String>>builder()
          .put("I/O: read", ImmutableList.of("success", "invalid PRP offset", "LBA out of range"))
          .put("I/O: write", ImmutableList.of("success", "data transfer error"))
          .put("I/O: flush", ImmutableList.of("success", "invalid namespace"))
          .put("I/O: compare", ImmutableList.of("success", "compare failure"))
          .put("I/O: write zeroes", ImmutableList.of("success"))
          .put("I/O: dataset management", ImmutableList.of("success", "LBA out of range"))
          .put("I/O: verify", ImmutableList.of("success"))
          .put("I/O: unknown", ImmutableList.of("invalid opcode"))
          .put("admin: abort", ImmutableList.of("success"))
          .put("admin: asynchronous event", ImmutableList.of("success", "aborted"))
          .put("admin: create CQ", ImmutableList.of("success", "invalid qid", "invalid vector"))
          .put("admin: create SQ", ImmutableList.of("success", "invalid CQ", "invalid queue size"))
          .put("admin: delete CQ", ImmutableList.of("success", "invalid queue deletion"))
          .put("admin: delete SQ", ImmutableList.of("success", "invalid qid"))
          .put("deleted SQ", ImmutableList.of("completions left out"))
          .put("SQ doorbell", ImmutableList.of("good", "wraps", "bad value", "of no queue"))
          .put("CQ doorbell", ImmutableList.of("good", "of a full queue", "bad value"))
          .put("PRPs", ImmutableList.of("list", "list, chained", "mistake: no memory"))
          .put("interrupt", ImmutableList.of("message", "held back by a mask"))
          .put("reset", ImmutableList.of("commands under way"))
          .put("power cut", ImmutableList.of("commands under way"))
          .put("shutdown, normal", ImmutableList.of("commands under way"))
          .buildOrThrow();

  @Test
  void theControllerDoesNothingThatTheSpecificationForbids() {
    NvmeFuzzer.Report report = NvmeFuzzer.run(1, STEPS, _ -> {});
    report.failure().ifPresent(NvmeFuzzerTest::fail);
    assertEquals(STEPS, report.steps());
    assertTrue(report.commands() > STEPS / 5, report.commands() + " commands");
  }

  @Test
  void thatManyStepsReachEveryCommandAndEveryKindOfTrouble() {
    var coverage = NvmeFuzzer.run(2, STEPS, _ -> {}).coverage();
    MUST_HAPPEN.forEach(
        (group, members) -> {
          assertTrue(coverage.containsKey(group), () -> group + " is not in " + coverage.keySet());
          members.forEach(
              member ->
                  assertTrue(
                      coverage.get(group).containsKey(member),
                      () -> group + ": no " + member + " in " + coverage.get(group)));
        });
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
