package ringside.trace;

import java.util.List;

/**
 * File operations: a client's call and its return, and what the file system server does for it
 * between begin and end. Operations are those of the ABI group {@code IVMC_FILE}; {@code channel}
 * is the client's domid << 8 | slot.
 */
public sealed interface FileEvent extends TraceEvent {
  String CALL = "file.call";
  String RETURN = "file.return";
  String BEGIN = "file.begin";
  String PATH = "file.path";
  String COMMIT = "file.commit";
  String JOIN = "file.join";
  String END = "file.end";

  /** Every type of this family. */
  List<String> TYPES = List.of(CALL, RETURN, BEGIN, PATH, COMMIT, JOIN, END);

  /** A client sends a request; fields mean what the ABI says of the operation. */
  record Call(long channel, long sequence, int op, int fd, long length, long offset)
      implements FileEvent {
    @Override
    public String type() {
      return CALL;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel)
          .u64("sequence", sequence)
          .u16("op", op)
          .s64("fd", fd)
          .u64("length", length)
          .u64("offset", offset);
    }
  }

  /**
   * It is answered.
   *
   * @param result 0 or more, or a negative errno
   */
  record Return(long channel, long sequence, long result) implements FileEvent {
    @Override
    public String type() {
      return RETURN;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u64("sequence", sequence).s64("result", result);
    }
  }

  /**
   * A thread of the server begins to carry a request out, or a program with the file system in it
   * does so itself; then the channel is 0, and there is no call.
   *
   * @param thread where its structure lies; the thread does nothing else until the end
   */
  record Begin(long thread, long channel, long sequence, int op, int fd, long length)
      implements FileEvent {
    @Override
    public String type() {
      return BEGIN;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("thread", thread)
          .hex("channel", channel)
          .u64("sequence", sequence)
          .u16("op", op)
          .s64("fd", fd)
          .u64("length", length);
    }
  }

  /** A path or a name that it is about; the beginning of a very long one. */
  record Path(long thread, String path) implements FileEvent {
    @Override
    public String type() {
      return PATH;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("thread", thread).text("path", path);
    }
  }

  /**
   * A thread writes out what it and others have changed; without a cause it does so for nobody.
   *
   * @param durable so that no loss of power undoes it, else into the device
   */
  record Commit(long thread, boolean durable) implements FileEvent {
    @Override
    public String type() {
      return COMMIT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("thread", thread).flag("durable", durable);
    }
  }

  /** A thread finds that the commit which is its cause did what it wanted to have done. */
  record Join(long thread, boolean durable) implements FileEvent {
    @Override
    public String type() {
      return JOIN;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("thread", thread).flag("durable", durable);
    }
  }

  /**
   * The operation is over.
   *
   * @param begin id of its begin, 0 when that was not traced
   * @param result 0 or more, or a negative errno
   * @param extra as the ABI says of the operation
   */
  record End(long thread, long begin, long result, long extra) implements FileEvent {
    @Override
    public String type() {
      return END;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("thread", thread).u64("begin", begin).s64("result", result).hex("extra", extra);
    }
  }
}
