package ringside.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import ringside.trace.HypercallEvent;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/**
 * What a first reading of a trace must tell the second, which writes it: the effects of each event,
 * and when each hypercall returned. Where a cause is not shown, the arrow comes from the nearest
 * earlier one that is; a return is shown as the end of its entry. Takes 12 bytes an event.
 */
final class Arrows {
  /** By id: the event that stands for it, itself when it is shown, or 0. */
  private int[] shown = new int[1 << 10];

  /** By id: its latest effect, and for an effect the one before it of the same cause; 0 ends. */
  private int[] lastEffect = new int[1 << 10];

  private int[] previousEffect = new int[1 << 10];
  private final Map<Long, Long> returns = new HashMap<>();
  private long lastTime;

  /** Reads every event that is left in the reader. */
  static Arrows of(TraceReader reader, EventFilter filter) {
    Arrows arrows = new Arrows();
    for (TraceRecord r = reader.next(); r != null; r = reader.next()) {
      arrows.add(r, filter.wants(r));
    }
    return arrows;
  }

  private void add(TraceRecord r, boolean wanted) {
    int id = Math.toIntExact(r.id());
    grow(id);
    lastTime = Math.max(lastTime, r.time());
    int cause = shown[(int) r.cause()];
    if (r.type().equals(HypercallEvent.RETURN)) {
      returns.put(r.cause(), r.time());
      shown[id] = cause;
    } else if (!wanted) {
      shown[id] = cause;
    } else {
      shown[id] = id;
      if (cause != 0) {
        previousEffect[id] = lastEffect[cause];
        lastEffect[cause] = id;
      }
    }
  }

  private void grow(int id) {
    if (id >= shown.length) {
      int length = Math.toIntExact(Math.min(2L * id, Integer.MAX_VALUE - 8));
      shown = Arrays.copyOf(shown, length);
      lastEffect = Arrays.copyOf(lastEffect, length);
      previousEffect = Arrays.copyOf(previousEffect, length);
    }
  }

  /** The ids of the shown events that this one caused, the latest first. */
  int[] effects(TraceRecord record) {
    return IntStream.iterate(lastEffect[(int) record.id()], id -> id != 0, id -> previousEffect[id])
        .toArray();
  }

  /** Whether an arrow leads to this event. */
  boolean isEffect(TraceRecord record) {
    return shown[(int) record.cause()] != 0;
  }

  /** When a hypercall returned, or -1 when it did not. */
  long returned(TraceRecord entry) {
    return returns.getOrDefault(entry.id(), -1L);
  }

  /** The latest time of any event. */
  long lastTime() {
    return lastTime;
  }
}
