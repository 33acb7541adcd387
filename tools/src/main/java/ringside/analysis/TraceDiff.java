package ringside.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/**
 * Where two traces part. Events are compared in order; with a filter only those it wants, and then
 * without ids and causes, since those count events that were left out.
 */
public final class TraceDiff {
  /** What is compared. */
  public record Options(Optional<EventFilter> filter, boolean ignoreTime, int context) {}

  /**
   * The first difference.
   *
   * @param equal how many events are equal before it
   * @param before the last of the equal ones, as they stand in the first trace
   * @param left the events from the difference on in the first trace; empty when it has no more
   * @param right the same of the second
   */
  public record Divergence(
      long equal, List<TraceRecord> before, List<TraceRecord> left, List<TraceRecord> right) {}

  private final Options options;

  public TraceDiff(Options options) {
    this.options = options;
  }

  /** Nothing when all events that could be read are equal. */
  public Optional<Divergence> compare(TraceReader left, TraceReader right) {
    Deque<TraceRecord> before = new ArrayDeque<>();
    long equal = 0;
    while (true) {
      TraceRecord a = next(left);
      TraceRecord b = next(right);
      if (a == null && b == null) {
        return Optional.empty();
      }
      if (a == null || b == null || !same(a, b)) {
        return Optional.of(
            new Divergence(equal, List.copyOf(before), after(a, left), after(b, right)));
      }
      equal++;
      before.addLast(a);
      if (before.size() > options.context()) {
        before.removeFirst();
      }
    }
  }

  private TraceRecord next(TraceReader reader) {
    TraceRecord record = reader.next();
    while (record != null
        && options.filter().isPresent()
        && !options.filter().get().wants(record)) {
      record = reader.next();
    }
    return record;
  }

  private List<TraceRecord> after(TraceRecord first, TraceReader reader) {
    List<TraceRecord> records = new ArrayList<>();
    for (TraceRecord r = first;
        r != null && records.size() <= options.context();
        r = next(reader)) {
      records.add(r);
    }
    return records;
  }

  private boolean same(TraceRecord a, TraceRecord b) {
    return a.schema().equals(b.schema())
        && a.domain() == b.domain()
        && a.vcpu() == b.vcpu()
        && (options.ignoreTime() || a.time() == b.time())
        && (options.filter().isPresent() || a.cause() == b.cause())
        && a.values().equals(b.values());
  }
}
