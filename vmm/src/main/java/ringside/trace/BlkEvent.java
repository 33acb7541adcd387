package ringside.trace;

import java.util.List;

/** Block requests of a client, from the program's call to its answer. */
public sealed interface BlkEvent extends TraceEvent {
  String SUBMIT = "blk.submit";
  String COMPLETE = "blk.complete";

  /** Every type of this family. */
  List<String> TYPES = List.of(SUBMIT, COMPLETE);

  /** A request begins. */
  record Submit(long device, long sequence, int op, long block, long length) implements BlkEvent {
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
          .u64("length", length);
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
