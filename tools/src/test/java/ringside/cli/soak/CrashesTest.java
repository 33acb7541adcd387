package ringside.cli.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ringside.domain.Outcome;
import ringside.domain.ShutdownReason;
import ringside.domain.Verdict;
import ringside.fault.FaultPlan;

/** Which ends of domains speak against the hypervisor. */
class CrashesTest {
  private final Crashes crashes = new Crashes();

  private void stopped(ShutdownReason reason, String detail, Verdict verdict) {
    crashes.stopped("storage", new Outcome(reason, detail, Optional.empty(), verdict));
  }

  @Test
  void oneThatNobodyPlannedDoesEvenIfTheDomainIsRestarted() {
    stopped(ShutdownReason.WATCHDOG, "watchdog 1 of the guest ran out", Verdict.NONE);
    assertEquals(List.of("storage: watchdog 1 of the guest ran out"), crashes.problems());
  }

  @Test
  void aPlannedOneDoesNot() {
    stopped(ShutdownReason.CRASH, FaultPlan.KILLED + "kill:at=5ms", Verdict.NONE);
    assertEquals(List.of(), crashes.problems());
  }

  @Test
  void theGuestsOwnDoesByItsVerdict() {
    stopped(ShutdownReason.POWEROFF, "the guest shut down", Verdict.SUCCESS);
    stopped(ShutdownReason.POWEROFF, "the guest shut down", Verdict.FAILURE);
    assertEquals(List.of("storage: the guest shut down and says FAILURE"), crashes.problems());
  }
}
