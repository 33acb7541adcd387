package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrialTest {
  private final Trial trial = new Trial(null);
  private int turns;
  private int measured;

  private boolean elderMisses;

  /** Entries, in which the new region needs so long for a tick, and the other one 100 ns. */
  private void entries(int count, long youngNs) {
    for (int k = 0; k < count && !trial.over(); k++) {
      boolean young = trial.turn();
      turns += young ? 1 : 0;
      if (trial.measures()) {
        measured++;
        trial.took(10 * (young ? youngNs : 100), 10, !young && elderMisses);
      }
    }
  }

  @Test
  void aSlowOneHasFewTurns() {
    entries(17_000, 1_000);
    assertFalse(trial.over());
    assertEquals(1_000, turns);
    assertEquals(2_000, measured);
  }

  @Test
  void aFastOneTakesThePlace() {
    entries(17_000, 1_000);
    entries(2_000, 120);
    assertTrue(trial.over());
    assertTrue(turns < 1_100, () -> turns + " turns");
  }

  @Test
  void oneThatIsSlowerByHalfDoesNot() {
    entries(100_000, 150);
    assertFalse(trial.over());
  }

  @Test
  void butItDoesWhereTheOtherOneIsLeftForAccesses() {
    elderMisses = true;
    entries(2_000, 150);
    assertTrue(trial.over());
  }

  @Test
  void itEnds() {
    entries(2_100_000, 1_000);
    assertTrue(trial.over());
  }
}
