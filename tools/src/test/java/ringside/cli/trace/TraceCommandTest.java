package ringside.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TraceCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path file;
  private String out;
  private String err;

  @BeforeEach
  void record() throws IOException {
    file = SampleTrace.write(directory.resolve("a.trace"), 1000);
  }

  private int trace(Object... arguments) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    int code =
        new CommandLine(new TraceCommand())
            .setOut(new PrintWriter(outText))
            .setErr(new PrintWriter(errText, true))
            .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    out = outText.toString();
    err = errText.toString();
    return code;
  }

  @Test
  void showListsEventsWithTheirMeaningAndCause() {
    assertEquals(0, trace("show", file));
    List<String> lines = out.lines().toList();
    assertEquals(18, lines.size());
    assertEquals(
        "    0.000001000 d1v0        #4 hypercall.entry  event_channel_op("
            + "cmd=EVTCHNOP_send, arg=0x2000) evtchn_send{port=3}",
        lines.get(3));
    assertEquals(
        "    0.000001000 d1v0        #5 evtchn.send      port=3 remote_domain=2 remote_port=5 <-"
            + " #4",
        lines.get(4));
    assertTrue(lines.get(11).contains("status=GNTST_bad_gntref"), lines.get(11));
    assertTrue(lines.get(11).contains("mfn=0xffffffffffffffff readonly=1"), lines.get(11));
    assertTrue(lines.get(12).endsWith("result=-ENOSYS <- #11"), lines.get(12));
    assertTrue(lines.get(15).endsWith("text=\"got \\\"it\\\"\\n\""), lines.get(15));
    assertTrue(lines.get(17).contains(" -      "), lines.get(17));
    assertEquals("", err);
  }

  @Test
  void showChoosesEvents() {
    assertEquals(0, trace("show", file, "--filter", "evtchn.*", "--domain", "2", "--limit", "2"));
    assertEquals(List.of("#6", "#10"), ids());
    assertEquals(0, trace("show", file, "--from", "1.05us", "--to", "1070"));
    assertEquals(List.of("#9", "#10", "#11", "#12"), ids());
  }

  private List<String> ids() {
    return out.lines().map(line -> line.strip().split(" +")[2]).toList();
  }

  @Test
  void wrongFiltersAreWrongInputWithASuggestion() {
    assertEquals(2, trace("show", file, "--filter", "evtch.*"));
    assertTrue(err.contains("did you mean evtchn.*"), err);
    assertEquals(2, trace("show", file, "--from", "tomorrow"));
    assertTrue(err.contains("'tomorrow' is no time"), err);
  }

  @Test
  void whyGoesBackFromTheUpcallToTheSendersHypercall() {
    assertEquals(0, trace("why", file, "#10"));
    assertEquals(List.of("#10", "#6", "#5", "#4"), ids());
    assertEquals(0, trace("why", file, "16"));
    assertEquals(List.of("#16"), ids());
  }

  @Test
  void whyOfAnEventThatIsNotThereSaysWhichAre() {
    assertEquals(2, trace("why", file, "19"));
    assertEquals(file + ": no event #19; they go from #1 to #18\n", err);
    assertEquals("", out);
    assertEquals(2, trace("why", file, "0"));
    assertEquals(2, trace("why", file, "x"));
  }

  @Test
  void summaryCountsAndMeasures() throws IOException {
    assertEquals(0, trace("summary", file, "--format", "json"));
    JsonNode summary = JSON.readTree(out);
    assertEquals(18, summary.get("count").asInt());
    assertEquals("complete", summary.get("state").asText());
    assertEquals(0, summary.get("lost").asInt());
    assertEquals("unicorn", summary.get("engine").asText());
    assertEquals(4, summary.at("/types/hypercall.entry").asInt());
    assertEquals(
        "[{\"name\":\"event_channel_op EVTCHNOP_send\",\"calls\":1,\"returns\":1,\"errors\":{},"
            + "\"p50_ns\":40,\"p99_ns\":40,\"max_ns\":40},"
            + "{\"name\":\"grant_table_op\",\"calls\":1,\"returns\":1,\"errors\":{\"ENOSYS\":1},"
            + "\"p50_ns\":10,\"p99_ns\":10,\"max_ns\":10},"
            + "{\"name\":\"sched_op SCHEDOP_block\",\"calls\":1,\"returns\":1,\"errors\":{},"
            + "\"p50_ns\":550,\"p99_ns\":550,\"max_ns\":550},"
            + "{\"name\":\"sched_op SCHEDOP_shutdown\",\"calls\":1,\"returns\":0,\"errors\":{}}]",
        summary.get("hypercalls").toString());
    assertEquals(
        "[{\"domain\":2,\"virq\":\"TIMER\",\"count\":1}]", summary.get("virqs").toString());
    assertEquals(
        "[{\"domain\":1,\"port\":3,\"sends\":1,\"pending\":0,\"upcalls\":0,\"wakes\":0},"
            + "{\"domain\":2,\"port\":5,\"sends\":0,\"pending\":1,\"upcalls\":1,\"wakes\":1},"
            + "{\"domain\":2,\"port\":6,\"sends\":0,\"pending\":1,\"upcalls\":0,\"wakes\":0}]",
        summary.get("channels").toString());
  }

  @Test
  void summaryIsReadableAsText() {
    assertEquals(0, trace("summary", file));
    assertTrue(out.contains("18 events, complete"), out);
    assertTrue(out.matches("(?s).*sched_op SCHEDOP_block +1 +1 +550 +550 +550\n.*"), out);
    assertTrue(out.matches("(?s).*d2 b +5 +0 +1 +1 +1\n.*"), out);
  }

  @Test
  void diffOfEqualTracesFindsNothing() throws IOException {
    Path same = SampleTrace.write(directory.resolve("b.trace"), 1000);
    assertEquals(0, trace("diff", file, same));
    assertEquals("no difference\n", out);
    assertEquals("", err);
  }

  @Test
  void diffShowsTheFirstDifferenceWithWhatStandsAroundIt() throws IOException {
    Path other = SampleTrace.write(directory.resolve("b.trace"), 1001);
    assertEquals(1, trace("diff", file, other, "--context", "1"));
    List<String> lines = out.lines().toList();
    assertEquals("first difference after 3 equal events", lines.get(0));
    assertTrue(lines.get(1).contains(" #3 "), out);
    assertEquals("--- " + file, lines.get(2));
    assertTrue(lines.get(3).startsWith("-     0.000001000"), out);
    assertTrue(lines.get(4).contains(" #5 "), out);
    assertEquals("+++ " + other, lines.get(5));
    assertTrue(lines.get(6).startsWith("+     0.000001001"), out);
    assertEquals(8, lines.size());
    assertEquals(0, trace("diff", file, other, "--ignore-time"));
    assertEquals(0, trace("diff", file, other, "--filter", "domain.create"));
    assertEquals(1, trace("diff", file, other, "--format", "json"));
    assertEquals(3, JSON.readTree(out).get("equal").asInt());
    assertEquals(4, JSON.readTree(out).at("/a/0/id").asInt());
  }

  @Test
  void aTruncatedFileIsShownAsFarAsItGoesAndItsEndIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Path cut = directory.resolve("cut.trace");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length * 3 / 4));
    assertEquals(0, trace("show", cut));
    int shown = (int) out.lines().count();
    assertTrue(shown > 0 && shown < 18, out);
    assertTrue(
        err.matches("(?s).*cut.trace: truncated: ends at byte \\d+ after event " + shown + ": .*"),
        err);
    assertEquals(2, trace("diff", cut, cut), "nobody knows whether the rest is the same");
    assertEquals(1, trace("diff", file, cut));
    assertTrue(out.contains("+ (no more events)"), out);
  }

  @Test
  void aCorruptFileIsShownAsFarAsItGoesAndIsWrongInput() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 200] ^= 0x40;
    Files.write(file, bytes);
    assertEquals(2, trace("summary", file));
    assertTrue(err.contains("a.trace: corrupt at byte "), err);
    assertFalse(out.isEmpty());
  }

  @Test
  void whatIsNoTraceIsWrongInput() throws IOException {
    Path text = directory.resolve("text");
    Files.writeString(text, "hello, this is no trace");
    assertEquals(2, trace("show", text));
    assertTrue(err.startsWith(text + ": byte 0: this is not a Ringside trace"), err);
    assertEquals(2, trace("summary", directory.resolve("missing")));
    assertTrue(err.contains("missing: no such file"), err);
    assertEquals(2, trace());
    assertEquals(2, trace("export", file, "--to", "perfetto", "-o", file));
    assertEquals(0, trace("summary", file), "the trace is still there");
  }

  @Test
  void jsonLinesHoldEveryEvent() throws IOException {
    assertEquals(0, trace("export", file, "--to", "jsonl"));
    List<String> lines = out.lines().toList();
    assertEquals(18, lines.size());
    JsonNode entry = JSON.readTree(lines.get(3));
    assertEquals("hypercall.entry", entry.get("type").asText());
    assertEquals("3", entry.at("/fields/argument/port").asText());
    assertEquals("EVTCHNOP_send", entry.at("/fields/arguments/cmd").asText());
    assertEquals("0x2000", entry.at("/fields/a2").asText());
    JsonNode failed = JSON.readTree(lines.get(12));
    assertEquals(-38, failed.at("/fields/result").asInt());
    assertEquals("ENOSYS", failed.at("/fields/errno").asText());
    assertEquals(11, failed.get("cause").asInt());
    assertEquals(0, trace("show", file, "--format", "json"));
    assertEquals(lines, out.lines().toList());
  }

  @Test
  void perfettoGetsSlicesInstantsAndArrowsWhoseEndsPair() throws IOException {
    Path json = directory.resolve("a.json");
    assertEquals(0, trace("export", file, "--to", "perfetto", "-o", json));
    assertEquals("", out);
    JsonNode events = JSON.readTree(Files.readString(json)).get("traceEvents");
    Map<String, Integer> phases = new HashMap<>();
    Map<Integer, JsonNode> starts = new HashMap<>();
    Map<Integer, JsonNode> ends = new HashMap<>();
    Set<String> lanes = new HashSet<>();
    for (JsonNode event : events) {
      String phase = event.get("ph").asText();
      phases.merge(phase, 1, Integer::sum);
      switch (phase) {
        case "s" -> starts.put(event.get("id").asInt(), event);
        case "f" -> ends.put(event.get("id").asInt(), event);
        case "M" -> lanes.add(event.at("/args/name").asText());
        default -> {}
      }
    }
    assertEquals(4, phases.get("X"), "hypercalls");
    assertEquals(11, phases.get("i"), "all others but returns");
    assertEquals(Set.of(5, 6, 7, 10, 12, 15, 18), starts.keySet());
    assertEquals(phases.get("s"), starts.size());
    assertEquals(phases.get("f"), ends.size());
    assertEquals(starts.keySet(), ends.keySet());
    for (int id : starts.keySet()) {
      assertTrue(
          starts.get(id).get("ts").decimalValue().compareTo(ends.get(id).get("ts").decimalValue())
              <= 0);
      assertEquals("e", ends.get(id).get("bp").asText());
    }
    assertEquals(
        Set.of("domain 1 a", "domain 2 b", "domain", "vCPU 0", "machine"), lanes, "names of lanes");
    arrowEndsFollowTheirEvents(events);
  }

  /** Viewers bind the end of an arrow to what its lane shows last. */
  private static void arrowEndsFollowTheirEvents(JsonNode events) {
    JsonNode last = null;
    for (JsonNode event : events) {
      switch (event.get("ph").asText()) {
        case "X", "i" -> last = event;
        case "s" -> assertEquals(last.get("tid"), event.get("tid"));
        case "f" -> assertEquals(last.at("/args/id"), event.get("id"));
        default -> {}
      }
    }
  }

  @Test
  void perfettoSlicesLastFromEntryToReturn() throws IOException {
    assertEquals(0, trace("export", file, "--to", "perfetto"));
    Map<String, String> slices = new HashMap<>();
    for (JsonNode event : JSON.readTree(out).get("traceEvents")) {
      if (event.get("ph").asText().equals("X")) {
        String unfinished = event.at("/args/unfinished").asText();
        slices.put(
            event.get("name").asText(),
            event.get("ts").asText() + "+" + event.get("dur").asText() + unfinished);
      }
    }
    assertEquals(
        Map.of(
            "EVTCHNOP_send", "1.0+0.04",
            "SCHEDOP_block", "0.5+0.55",
            "grant_table_op", "1.06+0.01",
            "SCHEDOP_shutdown", "1.099+0.0true"),
        slices);
  }

  @Test
  void arrowsOfAnExportStepOverEventsThatAreLeftOut() throws IOException {
    String globs = "hypercall.*,evtchn.upcall";
    assertEquals(0, trace("export", file, "--to", "perfetto", "--filter", globs));
    Map<Integer, Integer> arrows = new HashMap<>();
    int last = 0;
    for (JsonNode event : JSON.readTree(out).get("traceEvents")) {
      switch (event.get("ph").asText()) {
        case "X", "i" -> last = event.at("/args/id").asInt();
        case "s" -> arrows.put(event.get("id").asInt(), last);
        default -> {}
      }
    }
    assertEquals(Map.of(10, 4), arrows, "from the send's hypercall to the upcall");
  }
}
