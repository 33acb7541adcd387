package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingProcessesTest {
  private static final String SCQ = "rings on 2 pCPUs: scq, split, 2 vCPUs";
  private static final String LOCK = "rings on 2 pCPUs: lock, split, 2 vCPUs";

  private static Sample of(String name, double... ns) {
    List<Double> values = Arrays.stream(ns).boxed().toList();
    return Sample.of(name, "ns", values, "a put or take");
  }

  private static Map<String, Sample> process(Sample... rows) {
    return RingProcesses.byName(List.of(rows));
  }

  private static Map<String, Sample> joined(List<Map<String, Sample>> processes) {
    return RingProcesses.byName(RingProcesses.joined(processes));
  }

  @Test
  void ringsAreComparedWithinAProcessNotAcross() {
    Map<String, Sample> rows =
        joined(
            List.of(
                process(of(SCQ, 10, 12, 11), of(LOCK, 33)),
                process(of(SCQ, 100), of(LOCK, 200)),
                process(of(SCQ, 20), of(LOCK, 80))));
    assertEquals(List.of(10.0, 12.0, 11.0, 100.0, 20.0), rows.get(SCQ).values());
    Sample ratio = rows.get("rings on 2 pCPUs: scq / lock, split, 2 vCPUs");
    assertEquals(List.of(3.0, 2.0, 4.0), ratio.values());
    assertEquals(3.0, ratio.median());
    assertEquals(3, rows.size(), "the lock ring is not compared with itself");
  }

  @Test
  void bothAreComparedWithWhatTheyAreNatively() {
    Map<String, Sample> rows =
        joined(
            List.of(
                process(
                    of(SCQ, 20),
                    of(SCQ + ", native", 10),
                    of(LOCK, 30),
                    of(LOCK + ", native", 40))));
    assertEquals(2.0, rows.get(SCQ + " / native").median());
    assertEquals(0.75, rows.get(LOCK + " / native").median());
    assertEquals(4.0, rows.get("rings on 2 pCPUs: scq / lock, split, 2 vCPUs, native").median());
  }

  @Test
  void aProcessInWhichARingWasNotMeasuredIsNotCompared() {
    Sample none = Sample.none(LOCK, "ns", "no CPU");
    Map<String, Sample> rows =
        joined(List.of(process(of(SCQ, 20), none), process(of(SCQ, 10), of(LOCK, 30))));
    Sample ratio = rows.get("rings on 2 pCPUs: scq / lock, split, 2 vCPUs");
    assertEquals(List.of(3.0), ratio.values());
    assertEquals("times the lock ring's speed; a value for each process", ratio.how());
    assertEquals(List.of(30.0), rows.get(LOCK).values());
  }

  @Test
  void whatCouldNotBeMeasuredInAnyProcessSaysWhy() {
    Sample none = Sample.none("rings on 2 pCPUs, native", "ns", "gcc is not installed");
    Map<String, Sample> rows = joined(List.of(process(none), process(none)));
    assertEquals(List.of(none), List.copyOf(rows.values()));
  }
}
