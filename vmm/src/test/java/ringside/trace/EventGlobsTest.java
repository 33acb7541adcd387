package ringside.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventGlobsTest {
  @Test
  void aListSelectsWhatAnyOfItsGlobsMatches() throws Exception {
    EventGlobs globs = EventGlobs.parse(" hypercall.* ,evtchn.s?nd,*.map");
    List<String> selected = EventTypes.ALL.stream().filter(globs::selects).toList();
    assertEquals(
        List.of("hypercall.entry", "hypercall.return", "evtchn.send", "grant.map"), selected);
  }

  @Test
  void aStarSelectsEverything() throws Exception {
    EventGlobs globs = EventGlobs.parse("*");
    assertTrue(EventTypes.ALL.stream().allMatch(globs::selects));
  }

  @ParameterizedTest
  @CsvSource({
    "evtchn.*,evtchn.send,true",
    "evtchn.*,evtchn,false",
    "*.*,evtchn.send,true",
    "*e*d,evtchn.send,true",
    "*e*x,evtchn.send,false",
    "evtchn.send**,evtchn.send,true",
    "evtchn.sen,evtchn.send,false",
    "evtchn?send,evtchn.send,true",
    "evtchn.send?,evtchn.send,false",
  })
  void globsMatchWholeNames(String glob, String name, boolean expected) {
    assertEquals(expected, EventGlobs.matches(glob, name));
  }

  @ParameterizedTest
  @CsvSource({
    "evtch.*,evtchn.*",
    "hypercall,hypercall.*",
    "evtchn.snd,evtchn.send",
    "hypercall.entry;evtchn.*,evtchn.*",
  })
  void aGlobThatMatchesNothingIsAnErrorWithASuggestion(String glob, String suggestion) {
    NoSuchEventException e =
        assertThrows(NoSuchEventException.class, () -> EventGlobs.parse("*," + glob));
    assertTrue(e.getMessage().contains('"' + glob + '"'), e.getMessage());
    assertTrue(e.getMessage().contains(suggestion), e.getMessage());
  }

  @Test
  void noGlobAtAllIsAnError() {
    assertThrows(NoSuchEventException.class, () -> EventGlobs.parse(" , "));
  }

  @Test
  void namesOfAFileMayBeOthersThanOurs() throws Exception {
    EventGlobs globs = EventGlobs.parse("nvme.*", List.of("nvme.doorbell"));
    assertTrue(globs.selects("nvme.doorbell"));
    assertFalse(globs.selects("evtchn.send"));
  }
}
