package ringside.trace;

import java.util.List;

/** What the NVMe driver of a guest does; what the controller does has a family of its own. */
public sealed interface DriverEvent extends TraceEvent {
  String NVME_SUBMIT = "driver.nvme_submit";
  String NVME_DOORBELL = "driver.nvme_doorbell";
  String NVME_COMPLETE = "driver.nvme_complete";

  /** Every type of this family. */
  List<String> TYPES = List.of(NVME_SUBMIT, NVME_DOORBELL, NVME_COMPLETE);

  /** A command is in the submission queue; sequence counts the requests of a channel or device. */
  record NvmeSubmit(int qid, int cid, long sequence, long channel) implements DriverEvent {
    @Override
    public String type() {
      return NVME_SUBMIT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("qid", qid).u32("cid", cid).u64("sequence", sequence).hex("channel", channel);
    }
  }

  /** The driver is about to write a tail doorbell. */
  record NvmeDoorbell(int qid, int tail) implements DriverEvent {
    @Override
    public String type() {
      return NVME_DOORBELL;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("qid", qid).u32("tail", tail);
    }
  }

  /** The driver takes a completion. */
  record NvmeComplete(int qid, int cid, long status) implements DriverEvent {
    @Override
    public String type() {
      return NVME_COMPLETE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("qid", qid).u32("cid", cid).s64("status", status);
    }
  }
}
