package ringside.trace;

import java.util.List;

/** Block requests of a client, from the program's call to its answer. */
public sealed interface BlkEvent extends TraceEvent {
  String SUBMIT = "blk.submit";
  String COMPLETE = "blk.complete";

  /** Every type of this family. */
  List<String> TYPES = List.of(SUBMIT, COMPLETE);

  /**
   * A request begins. Its cause is what the thread did it for; without one it is background work.
   *
   * @param thread where its structure lies
   */
  record Submit(long device, long sequence, int op, long block, long length, long thread)
      implements BlkEvent {
    @Override
    public String type() {
      return SUBMIT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u64("device", device)
          .u64("sequence", sequence)
          .u32("op", op)
          .u64("block", block)
          .u64("length", length)
          .hex("thread", thread);
    }
  }

  /** It is answered. */
  record Complete(long device, long sequence, long status) implements BlkEvent {
    @Override
    public String type() {
      return COMPLETE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u64("device", device).u64("sequence", sequence).s64("status", status);
    }
  }
}
