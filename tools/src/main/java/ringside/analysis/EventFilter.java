package ringside.analysis;

import java.util.Optional;
import java.util.OptionalInt;
import ringside.trace.EventGlobs;
import ringside.trace.TraceRecord;

/**
 * Which events are wanted.
 *
 * @param domain only this domain's
 * @param from virtual ns, the first wanted
 * @param to virtual ns, the first no longer wanted
 */
public record EventFilter(Optional<EventGlobs> globs, OptionalInt domain, long from, long to) {
  /** Every event of these types. */
  public static EventFilter of(EventGlobs globs) {
    return new EventFilter(Optional.of(globs), OptionalInt.empty(), 0, Long.MAX_VALUE);
  }

  public boolean wants(TraceRecord record) {
    return record.time() >= from
        && record.time() < to
        && (domain.isEmpty() || domain.getAsInt() == record.domain())
        && (globs.isEmpty() || globs.get().selects(record.type()));
  }
}
