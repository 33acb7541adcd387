package ringside.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Small traces for tests. */
final class Traces {
  static final TraceHeader HEADER =
      TraceHeader.of(7, "unicorn", "0123456789abcdef", EventGlobs.ALL, "");

  /** What a call of {@link Tracer#emit} gets. */
  record Emitted(long time, int domain, int vcpu, long cause, TraceEvent event) {}

  private Traces() {}

  static byte[] write(int blockRecords, EventGlobs globs, Consumer<Tracer> events) {
    MemoryChannel file = new MemoryChannel();
    try (TraceWriter writer = new TraceWriter("memory", file, HEADER, globs, blockRecords)) {
      events.accept(writer);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file.bytes();
  }

  /** Domain 1 notifies domain 2, three blocks long. */
  static byte[] small() {
    return write(
        4,
        EventGlobs.ALL,
        tracer -> {
          tracer.emit(0, 1, -1, 0, new DomainEvent.Create("a", "hello.elf", 16, 1));
          tracer.emit(0, 2, -1, 0, new DomainEvent.Create("b", "hello.elf", 16, 1));
          for (int i = 0; i < 2; i++) {
            long now = 1000 + 100 * i;
            byte[] argument = {3, 0, 0, 0};
            long entry =
                tracer.emit(
                    now,
                    1,
                    0,
                    0,
                    new HypercallEvent.Entry(
                        32,
                        "event_channel_op",
                        "send",
                        4,
                        0x2000,
                        0,
                        0,
                        0,
                        0,
                        "evtchn_send",
                        64,
                        argument));
            long send = tracer.emit(now, 1, 0, entry, new EvtchnEvent.Send(3, 2, 5));
            long pending = tracer.emit(now, 2, 0, send, new EvtchnEvent.Pending(5, false));
            tracer.emit(
                now + 40, 1, 0, entry, new HypercallEvent.Return(32, "event_channel_op", 0));
            tracer.emit(now + 50, 2, 0, pending, new EvtchnEvent.Upcall(0x20, 5));
          }
        });
  }

  static List<TraceRecord> all(TraceReader reader) {
    List<TraceRecord> records = new ArrayList<>();
    for (TraceRecord r = reader.next(); r != null; r = reader.next()) {
      records.add(r);
    }
    return records;
  }
}
