package ringside.trace;

import java.util.List;

/** Messages on a domain's xenstore ring. */
public sealed interface XenstoreEvent extends TraceEvent {
  String REQUEST = "xenstore.request";
  String REPLY = "xenstore.reply";
  String WATCH_EVENT = "xenstore.watch_event";

  /** Every type of this family. */
  List<String> TYPES = List.of(REQUEST, REPLY, WATCH_EVENT);

  /**
   * @param op its name: READ, WRITE, ...
   * @param length bytes of the payload
   */
  record Request(String op, int transaction, String path, int length) implements XenstoreEvent {
    @Override
    public String type() {
      return REQUEST;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("op", op).u32("transaction", transaction).text("path", path).u32("length", length);
    }
  }

  /**
   * @param error errno name, or empty
   * @param length bytes of the payload
   */
  record Reply(String op, String error, int length) implements XenstoreEvent {
    @Override
    public String type() {
      return REPLY;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("op", op).text("error", error).u32("length", length);
    }
  }

  /** A watch fires. */
  record WatchEvent(String path, String token) implements XenstoreEvent {
    @Override
    public String type() {
      return WATCH_EVENT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("path", path).text("token", token);
    }
  }
}
