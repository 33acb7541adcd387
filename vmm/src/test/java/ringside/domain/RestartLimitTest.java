package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which restarts are one too many. */
class RestartLimitTest {
  private static final int DOMID = 3;

  private final RestartLimit limit = new RestartLimit();

  private void restartsAllowed(int count, long everyNs) {
    for (int i = 0; i < count; i++) {
      assertTrue(limit.allows(DOMID, i * everyNs));
    }
  }

  @Test
  void theEleventhInSuccession() {
    restartsAllowed(10, 1_000_000_000);
    assertFalse(limit.allows(DOMID, 10_000_000_000L));
    assertTrue(limit.allows(DOMID + 1, 10_000_000_000L), "others have their own");
  }

  @Test
  void noneOfADomainThatWasUpForTenSecondsEachTime() {
    restartsAllowed(100, 10_000_000_000L);
  }

  @Test
  void notTheNextAfterALongLife() {
    restartsAllowed(10, 0);
    assertFalse(limit.allows(DOMID, 9_999_999_999L));
    assertTrue(limit.allows(DOMID, 10_000_000_000L));
  }
}
