package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.cli.Json;
import ringside.cli.UserError;

class FreshProcessesTest {
  private static final Sample FAST = Sample.of("event", "ns", List.of(1.0, 2.0, 3.0), "a loop");
  private static final Sample SLOW = Sample.of("event", "ns", List.of(7.0, 8.0, 9.0), "a loop");

  private static String json(Sample... samples) {
    return Json.text(
        new BenchResult("ringside bench", "1", "jvm", "1", "a host", 2, List.of(samples)));
  }

  @Test
  void aProcessesJsonIsReadAsItWasMeasured() {
    assertEquals(FAST, FreshProcesses.only("event", json(FAST)));
  }

  @Test
  void whatMeasuredSomethingElseIsRefused() {
    for (String json : List.of(json(), json(FAST, SLOW))) {
      assertThrows(UserError.class, () -> FreshProcesses.only("event", json));
    }
    UserError error =
        assertThrows(UserError.class, () -> FreshProcesses.only("hypercall", json(FAST)));
    assertTrue(error.getMessage().contains("\"hypercall\" measured [event]"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> FreshProcesses.only("event", "measuring"));
  }

  @Test
  void theMedianIsOfAllProcesses() {
    Sample joined = FreshProcesses.joined(List.of(FAST, SLOW, SLOW));
    assertEquals(List.of(1.0, 2.0, 3.0, 7.0, 8.0, 9.0, 7.0, 8.0, 9.0), joined.values());
    assertEquals(7, joined.median());
    assertEquals("a loop, in processes of its own: 3", joined.how());
  }
}
