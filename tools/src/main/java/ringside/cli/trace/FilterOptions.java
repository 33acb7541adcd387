package ringside.cli.trace;

import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import ringside.analysis.EventFilter;
import ringside.trace.EventGlobs;
import ringside.trace.NoSuchEventException;

/** The options that choose events. */
final class FilterOptions {
  @Option(
      names = "--filter",
      paramLabel = "GLOBS",
      converter = Globs.class,
      description = "Only events of these types, for instance 'hypercall.*,evtchn.send'.")
  private EventGlobs globs;

  @Option(
      names = "--domain",
      paramLabel = "DOMID",
      description = "Only events of this domain; -1 is the machine itself.")
  private Integer domain;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = VirtualTime.class,
      description =
          "Only events from this virtual time on: 1500, 20us, 3ms, 1.5s. Default unit ns.")
  private Long from;

  @Option(
      names = {"--to", "--until"},
      paramLabel = "TIME",
      converter = VirtualTime.class,
      description = "Only events before this virtual time.")
  private Long until;

  EventFilter filter() {
    return new EventFilter(
        Optional.ofNullable(globs),
        domain == null ? OptionalInt.empty() : OptionalInt.of(domain),
        from == null ? 0 : from,
        until == null ? Long.MAX_VALUE : until);
  }

  /** Whether anything was asked for. */
  boolean given() {
    return globs != null || domain != null || from != null || until != null;
  }

  /** Globs of event types. */
  static final class Globs implements ITypeConverter<EventGlobs> {
    @Override
    public EventGlobs convert(String value) {
      try {
        return EventGlobs.parse(value);
      } catch (NoSuchEventException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
