package ringside.trace;

import java.util.List;

/**
 * Entries that go through the rings of IVMC channels, and the sleep words of their receivers, as
 * the probes of the guests tell. {@code channel} is the client's domid << 8 | slot, {@code ring}
 * one of IVMC_RING.
 */
public sealed interface RingEvent extends TraceEvent {
  String ENQUEUE = "ring.enqueue";
  String DEQUEUE = "ring.dequeue";
  String SLEEP = "ring.sleep";
  String WAKE = "ring.wake";
  String NOTIFY = "ring.notify";

  /** Every type of this family. */
  List<String> TYPES = List.of(ENQUEUE, DEQUEUE, SLEEP, WAKE, NOTIFY);

  /** An index goes in. */
  record Enqueue(long channel, int ring, int index, long sequence) implements RingEvent {
    @Override
    public String type() {
      return ENQUEUE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("ring", ring).u32("index", index).u64("sequence", sequence);
    }
  }

  /** An index comes out: caused by its enqueue, or by the wake-up that it came with. */
  record Dequeue(long channel, int ring, int index, long sequence) implements RingEvent {
    @Override
    public String type() {
      return DEQUEUE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("ring", ring).u32("index", index).u64("sequence", sequence);
    }
  }

  /** The receiver blocks. */
  record Sleep(long channel, int ring) implements RingEvent {
    @Override
    public String type() {
      return SLEEP;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("ring", ring);
    }
  }

  /** The receiver looks again after it was blocked. */
  record Wake(long channel, int ring) implements RingEvent {
    @Override
    public String type() {
      return WAKE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("ring", ring);
    }
  }

  /** The sender is about to notify a receiver that does not look by itself. */
  record Notify(long channel, int ring) implements RingEvent {
    @Override
    public String type() {
      return NOTIFY;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("ring", ring);
    }
  }
}
