package ringside.cli.trace;

import java.io.IOException;
import java.nio.file.Path;
import ringside.trace.ConsoleEvent;
import ringside.trace.DomainEvent;
import ringside.trace.EventGlobs;
import ringside.trace.EvtchnEvent;
import ringside.trace.GrantEvent;
import ringside.trace.HypercallEvent;
import ringside.trace.SchedEvent;
import ringside.trace.TraceHeader;
import ringside.trace.TraceWriter;
import ringside.trace.Tracer;
import ringside.trace.VirqEvent;

/** Two domains: a notifies b, which was blocked; a maps a grant of b and fails; b gets a VIRQ. */
final class SampleTrace {
  private static final byte[] PORT_3 = {3, 0, 0, 0};

  private SampleTrace() {}

  /** Writes the trace; the round trip begins at this virtual time. */
  static Path write(Path file, long start) throws IOException {
    TraceHeader header = TraceHeader.of(7, "unicorn", "c0ffee", EventGlobs.ALL, "");
    try (TraceWriter tracer = TraceWriter.create(file, header, EventGlobs.ALL)) {
      events(tracer, start);
    }
    return file;
  }

  private static void events(Tracer tracer, long start) {
    tracer.emit(0, 1, -1, 0, new DomainEvent.Create("a", "ping.elf", 16, 1)); // #1
    tracer.emit(0, 2, -1, 0, new DomainEvent.Create("b", "ping.elf", 16, 1)); // #2
    long block = tracer.emit(500, 2, 0, 0, call(29, "sched_op", "SCHEDOP_block", 1)); // #3
    long entry = // #4
        tracer.emit(
            start,
            1,
            0,
            0,
            new HypercallEvent.Entry(
                32,
                "event_channel_op",
                "EVTCHNOP_send",
                4,
                0x2000,
                0,
                0,
                0,
                0,
                "evtchn_send",
                64,
                PORT_3));
    long send = tracer.emit(start, 1, 0, entry, new EvtchnEvent.Send(3, 2, 5)); // #5
    long pending = tracer.emit(start, 2, 0, send, new EvtchnEvent.Pending(5, false)); // #6
    tracer.emit(start, 2, 0, pending, new SchedEvent.Wake("event")); // #7
    tracer.emit(
        start + 40, 1, 0, entry, new HypercallEvent.Return(32, "event_channel_op", 0)); // #8
    tracer.emit(start + 50, 2, 0, block, new HypercallEvent.Return(29, "sched_op", 0)); // #9
    tracer.emit(start + 50, 2, 0, pending, new EvtchnEvent.Upcall(0x20, 5)); // #10
    long bad = tracer.emit(start + 60, 1, 0, 0, call(20, "grant_table_op", "", 99)); // #11
    tracer.emit(start + 60, 1, 0, bad, new GrantEvent.Map(2, 8, 0x40, -1, true, 0, -3)); // #12
    tracer.emit(start + 70, 1, 0, bad, new HypercallEvent.Return(20, "grant_table_op", -38)); // #13
    long virq = tracer.emit(start + 90, 2, 0, 0, new VirqEvent.Raise(0, "TIMER", 6)); // #14
    tracer.emit(start + 90, 2, 0, virq, new EvtchnEvent.Pending(6, true)); // #15
    tracer.emit(start + 95, 2, 0, 0, new ConsoleEvent.Write("ring", "got \"it\"\n")); // #16
    tracer.emit(start + 99, 1, 0, 0, call(29, "sched_op", "SCHEDOP_shutdown", 2)); // #17
    tracer.emit(start + 99, -1, -1, 17, new DomainEvent.Destroy()); // #18
  }

  private static HypercallEvent.Entry call(int number, String name, String op, long a1) {
    return new HypercallEvent.Entry(number, name, op, a1, 0, 0, 0, 0, 0, 64);
  }
}
