package ringside.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {
  @Test
  void chainsOfCausesStepOverWhatIsNotSelected() throws Exception {
    EventGlobs globs = EventGlobs.parse("hypercall.*, evtchn.upcall");
    byte[] file =
        Traces.write(
            10,
            globs,
            tracer -> {
              assertTrue(tracer.on("hypercall.entry"));
              assertFalse(tracer.on("evtchn.send"));
              long entry =
                  tracer.emit(
                      1, 1, 0, 0, new HypercallEvent.Entry(32, "n", "", 0, 0, 0, 0, 0, 0, 64));
              long send = tracer.emit(1, 1, 0, entry, new EvtchnEvent.Send(1, 2, 1));
              long pending = tracer.emit(1, 2, 0, send, new EvtchnEvent.Pending(1, false));
              assertEquals(entry, pending);
              assertEquals(2, tracer.emit(2, 2, 0, pending, new EvtchnEvent.Upcall(0x20, 1)));
            });
    try (TraceReader reader = TraceReader.of(file)) {
      List<TraceRecord> records = Traces.all(reader);
      assertEquals(List.of("hypercall.entry", "evtchn.upcall"), types(records));
      assertEquals(1, records.get(1).cause());
      assertEquals(List.of("hypercall.entry", "evtchn.upcall"), names(reader));
    }
  }

  private static List<String> types(List<TraceRecord> records) {
    return records.stream().map(TraceRecord::type).toList();
  }

  private static List<String> names(TraceReader reader) {
    return reader.types().stream().map(EventSchema::name).toList();
  }

  @Test
  void aFullDiskCostsEventsThatAreCountedAndNothingElse() throws Exception {
    int full = Traces.small().length + 200;
    MemoryChannel file = new MemoryChannel(full);
    TraceWriter writer = new TraceWriter("full", file, Traces.HEADER, EventGlobs.ALL, 4);
    for (int i = 0; i < 100; i++) {
      writer.emit(i, 1, 0, 0, new ConsoleEvent.Write("ring", "some line, number " + i));
    }
    writer.close();
    assertEquals("No space left on device", writer.failure().orElseThrow().getMessage());
    assertEquals(100, writer.records() + writer.lost());
    assertTrue(writer.records() > 0 && writer.lost() > 0);
    try (TraceReader reader = TraceReader.of(file.bytes())) {
      assertEquals(writer.records(), Traces.all(reader).size());
      assertTrue(reader.end().complete(), reader.end()::toString);
      assertEquals(writer.lost(), reader.end().lost());
      assertEquals(writer.lost() + " events lost while recording", reader.end().toString());
    }
  }

  @Test
  void aFileThatCannotEvenTakeItsHeaderIsAnError() {
    assertThrows(
        IOException.class,
        () -> new TraceWriter("x", new MemoryChannel(10), Traces.HEADER, EventGlobs.ALL, 4));
  }

  @Test
  void aCauseThatWasNotRecordedIsABug() throws Exception {
    try (TraceWriter writer =
        new TraceWriter("x", new MemoryChannel(), Traces.HEADER, EventGlobs.ALL, 4)) {
      assertThrows(
          IllegalArgumentException.class, () -> writer.emit(0, 0, 0, 1, new EvtchnEvent.Close(1)));
    }
  }

  @Test
  void whatIsEmittedAfterTheEndIsNotRecorded() throws Exception {
    MemoryChannel file = new MemoryChannel();
    TraceWriter writer = new TraceWriter("x", file, Traces.HEADER, EventGlobs.ALL, 4);
    writer.emit(0, 0, 0, 0, new EvtchnEvent.Close(1));
    writer.close();
    writer.close();
    assertEquals(0, writer.emit(0, 0, 0, 0, new EvtchnEvent.Close(2)));
    try (TraceReader reader = TraceReader.of(file.bytes())) {
      assertEquals(1, reader.end().records());
    }
  }

  @Test
  void aTextLongerThanABlockIsKeptWhole(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("long.trace");
    String text = "x".repeat(3 * TraceFormat.BLOCK_BYTES);
    try (TraceWriter writer = TraceWriter.create(path, Traces.HEADER, EventGlobs.ALL)) {
      writer.emit(5, 1, 0, 0, new ConsoleEvent.Write("console_io", text));
      writer.emit(6, 1, 0, 1, new ConsoleEvent.Write("console_io", "y"));
    }
    try (TraceReader reader = TraceReader.open(path)) {
      assertEquals(text, reader.next().text("text", ""));
      assertEquals("y", reader.next().text("text", ""));
      assertTrue(reader.end().complete(), reader.end()::toString);
    }
  }
}
