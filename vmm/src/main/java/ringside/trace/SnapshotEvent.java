package ringside.trace;

import java.util.List;

/**
 * What IVMC channels looked like at a moment that matters: when a server or client has stopped, and
 * at the end of the run. One event for each ring and each slot with a request, all of one moment in
 * a row.
 */
public sealed interface SnapshotEvent extends TraceEvent {
  String RING = "snapshot.ring";
  String SLOT = "snapshot.slot";

  /** Every type of this family. */
  List<String> TYPES = List.of(RING, SLOT);

  /**
   * A ring.
   *
   * @param channel the client's domid << 8 | its slot
   * @param ring its name
   * @param order log2 of the indices it can hold
   * @param receiver the sleep word
   * @param entries all of them in the order of their tickets, as RingView.compact writes them
   */
  record Ring(
      int channel,
      String service,
      long epoch,
      String ring,
      int order,
      int receiver,
      long waiters,
      long head,
      long threshold,
      long tail,
      String entries)
      implements SnapshotEvent {
    @Override
    public String type() {
      return RING;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("channel", channel)
          .text("service", service)
          .u64("epoch", epoch)
          .text("ring", ring)
          .u8("order", order)
          .s64("receiver", receiver)
          .u64("waiters", waiters)
          .u64("head", head)
          .s64("threshold", threshold)
          .u64("tail", tail)
          .text("entries", entries);
    }
  }

  /**
   * A small slot that carries a request.
   *
   * @param where the ring that holds it, or server, or client
   * @param block first block of the request
   * @param length bytes
   */
  record Slot(
      int channel, int index, String where, long sequence, String op, long block, long length)
      implements SnapshotEvent {
    @Override
    public String type() {
      return SLOT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("channel", channel)
          .u32("index", index)
          .text("where", where)
          .u64("sequence", sequence)
          .text("op", op)
          .u64("block", block)
          .u64("length", length);
    }
  }
}
