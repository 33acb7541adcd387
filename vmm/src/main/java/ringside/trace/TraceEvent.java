package ringside.trace;

/**
 * Something that happened, as a record of one of the families below. {@link #type} is its dotted
 * name ({@code evtchn.send}), which is what the globs of {@code --trace} match.
 */
public interface TraceEvent {
  String type();

  void fields(FieldSink sink);
}
