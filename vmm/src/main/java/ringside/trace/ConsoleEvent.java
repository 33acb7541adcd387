package ringside.trace;

import java.util.List;

/** What guests write to their consoles. */
public sealed interface ConsoleEvent extends TraceEvent {
  String WRITE = "console.write";

  /** Every type of this family. */
  List<String> TYPES = List.of(WRITE);

  /**
   * @param channel ring, console_io, debugcon
   */
  record Write(String channel, String text) implements ConsoleEvent {
    @Override
    public String type() {
      return WRITE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("channel", channel).text("text", text);
    }
  }
}
