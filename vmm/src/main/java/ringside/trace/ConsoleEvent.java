package ringside.trace;

import java.util.List;

/** What guests write to their consoles, and what is typed there. */
public sealed interface ConsoleEvent extends TraceEvent {
  String WRITE = "console.write";
  String INPUT = "console.input";

  /** Every type of this family. */
  List<String> TYPES = List.of(WRITE, INPUT);

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

  /** Bytes that come from outside: what a run is determined by beside its images and seed. */
  record Input(String text) implements ConsoleEvent {
    @Override
    public String type() {
      return INPUT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("text", text);
    }
  }
}
