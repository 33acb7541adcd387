package ringside.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import ringside.trace.Traces.Emitted;

class TraceRoundTripTest {
  @Provide
  Arbitrary<List<Emitted>> runs() {
    Arbitrary<Emitted> event =
        Combinators.combine(
                Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.integers().between(-1, 0x7fff),
                Arbitraries.integers().between(-1, 127),
                Arbitraries.longs().greaterOrEqual(0),
                AnyEvent.arbitrary())
            .as(Emitted::new);
    return event.list().ofMaxSize(40).map(TraceRoundTripTest::withPossibleCauses);
  }

  private static List<Emitted> withPossibleCauses(List<Emitted> events) {
    List<Emitted> result = new ArrayList<>();
    for (Emitted e : events) {
      long cause = e.cause() % (result.size() + 1);
      result.add(new Emitted(e.time(), e.domain(), e.vcpu(), cause, e.event()));
    }
    return result;
  }

  private static byte[] write(int blockRecords, List<Emitted> run) {
    return Traces.write(
        blockRecords,
        EventGlobs.ALL,
        tracer -> {
          for (int i = 0; i < run.size(); i++) {
            Emitted e = run.get(i);
            assertEquals(i + 1, tracer.emit(e.time(), e.domain(), e.vcpu(), e.cause(), e.event()));
          }
        });
  }

  private static void assertSame(Emitted e, long id, TraceRecord record) {
    assertEquals(id, record.id());
    assertEquals(e.cause(), record.cause());
    assertEquals(e.time(), record.time());
    assertEquals(e.domain(), record.domain());
    assertEquals(e.vcpu(), record.vcpu());
    assertEquals(e.event().type(), record.type());
    assertEquals(ExpectedValues.of(e.event()), ExpectedValues.of(record));
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll("runs") List<Emitted> run, @ForAll @IntRange(min = 1, max = 10) int blockRecords)
      throws TraceFormatException {
    try (TraceReader reader = TraceReader.of(write(blockRecords, run))) {
      assertEquals(Traces.HEADER, reader.header());
      List<TraceRecord> records = Traces.all(reader);
      assertTrue(reader.end().complete(), reader.end()::toString);
      assertEquals(run.size(), records.size());
      for (int i = 0; i < run.size(); i++) {
        assertSame(run.get(i), i + 1, records.get(i));
      }
    }
  }

  @Property(tries = 100)
  void anyEventIsFoundByItsId(
      @ForAll("runs") List<Emitted> run, @ForAll @IntRange(min = 1, max = 10) int blockRecords)
      throws TraceFormatException {
    try (TraceReader reader = TraceReader.of(write(blockRecords, run))) {
      for (int id = run.size(); id >= 1; id--) {
        assertSame(run.get(id - 1), id, reader.find(id).orElseThrow());
      }
      assertTrue(reader.find(run.size() + 1L).isEmpty());
      assertTrue(reader.find(0).isEmpty());
      reader.rewind();
      assertEquals(run.size(), Traces.all(reader).size());
    }
  }

  @Property(tries = 100)
  void seekingATimeSkipsNothingFromThenOn(@ForAll @IntRange(min = 0, max = 120) int time)
      throws TraceFormatException {
    List<Emitted> run = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      run.add(new Emitted(i * 2L, 0, 0, 0, new ConsoleEvent.Write("ring", "line " + i)));
    }
    try (TraceReader reader = TraceReader.of(write(7, run))) {
      reader.seekTime(time);
      List<TraceRecord> found = Traces.all(reader);
      long wanted = run.stream().filter(e -> e.time() >= time).count();
      assertEquals(wanted, found.stream().filter(r -> r.time() >= time).count());
      assertTrue(found.size() < wanted + 8, "more than a block too many");
      assertTrue(reader.end().complete());
    }
  }

  @Property(tries = 50)
  void equalRunsGiveEqualBytes(@ForAll("runs") List<Emitted> run) {
    assertArrayEquals(write(3, run), write(3, run));
  }
}
