package ringside.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/** Why an event happened: the event, what caused it, what caused that, up to a root. */
public final class CauseChain {
  private CauseChain() {}

  /** From the event back to its root; empty when the file has no event of that id. */
  public static List<TraceRecord> of(TraceReader reader, long id) {
    List<TraceRecord> chain = new ArrayList<>();
    for (long next = id; next != 0; next = chain.getLast().cause()) {
      Optional<TraceRecord> record = reader.find(next);
      if (record.isEmpty()) {
        break; // only the first can be missing: a reader gives out no event whose cause comes later
      }
      chain.add(record.get());
    }
    return chain;
  }
}
