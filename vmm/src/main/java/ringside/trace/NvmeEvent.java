package ringside.trace;

import java.util.List;

/** What an NVMe controller does. */
public sealed interface NvmeEvent extends TraceEvent {
  String DOORBELL = "nvme.doorbell";
  String COMMAND = "nvme.command";
  String COMPLETION = "nvme.completion";
  String INTERRUPT = "nvme.interrupt";
  String DMA_BLOCKED = "nvme.dma_blocked";
  String DMA = "nvme.dma";
  String RESET = "nvme.reset";
  String SHUTDOWN = "nvme.shutdown";
  String FATAL = "nvme.fatal";

  /** Every type of this family. */
  List<String> TYPES =
      List.of(DOORBELL, COMMAND, COMPLETION, INTERRUPT, DMA_BLOCKED, FATAL, DMA, RESET, SHUTDOWN);

  /**
   * A doorbell was rung.
   *
   * @param completion of a completion queue, else of a submission queue
   * @param value new head or tail
   */
  record Doorbell(int queue, boolean completion, int value) implements NvmeEvent {
    @Override
    public String type() {
      return DOORBELL;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("queue", queue).flag("completion", completion).u16("value", value);
    }
  }

  /**
   * A command was fetched from a submission queue.
   *
   * @param block first logical block, of I/O commands that have one
   * @param blocks how many
   */
  record Command(int queue, int cid, int opcode, long nsid, long block, int blocks)
      implements NvmeEvent {
    @Override
    public String type() {
      return COMMAND;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("queue", queue)
          .u16("cid", cid)
          .hex("opcode", opcode)
          .u64("nsid", nsid)
          .u64("block", block)
          .u32("blocks", blocks);
    }
  }

  /**
   * A command is done, its data have been transferred.
   *
   * @param status as in a completion entry: code, type, more, do not retry
   */
  record Completion(int queue, int cid, int status) implements NvmeEvent {
    @Override
    public String type() {
      return COMPLETION;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("queue", queue).u16("cid", cid).hex("status", status);
    }
  }

  /** A message-signalled interrupt was sent. */
  record Interrupt(long address, int data) implements NvmeEvent {
    @Override
    public String type() {
      return INTERRUPT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("address", address).hex("data", data);
    }
  }

  /**
   * The controller was told to use memory that its domain does not have.
   *
   * @param address guest physical
   * @param length bytes
   */
  record DmaBlocked(long address, int length, boolean write) implements NvmeEvent {
    @Override
    public String type() {
      return DMA_BLOCKED;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("address", address).u32("length", length).flag("write", write);
    }
  }

  /** The controller has set CSTS.CFS and waits for a reset. */
  record Fatal(String why) implements NvmeEvent {
    @Override
    public String type() {
      return FATAL;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("why", why);
    }
  }

  /**
   * Data go from or to guest memory.
   *
   * @param write to it
   */
  record Dma(long address, int length, boolean write) implements NvmeEvent {
    @Override
    public String type() {
      return DMA;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("address", address).u32("length", length).flag("write", write);
    }
  }

  /**
   * The controller is reset.
   *
   * @param cancelled commands that were under way, and have had no effect
   */
  record Reset(int cancelled) implements NvmeEvent {
    @Override
    public String type() {
      return RESET;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("cancelled", cancelled);
    }
  }

  /** The host wants an orderly end. */
  record Shutdown(boolean abrupt) implements NvmeEvent {
    @Override
    public String type() {
      return SHUTDOWN;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.flag("abrupt", abrupt);
    }
  }
}
