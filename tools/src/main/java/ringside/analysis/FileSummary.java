package ringside.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.trace.BlkEvent;
import ringside.trace.FileEvent;
import ringside.trace.TraceRecord;

/**
 * File operations of a trace by name: how clients wait for them, what the server does for them, and
 * the block requests they cause.
 *
 * <p>Invariant: a block request counts for the operation whose thread submitted it, a commit's for
 * the one that began the commit; those of no operation are background work.
 */
public final class FileSummary {
  /** Requests to a device. */
  public static final class Requests {
    private long count;
    private long bytes;

    public long count() {
      return count;
    }

    public long bytes() {
      return bytes;
    }

    private void add(TraceRecord submit) {
      count++;
      bytes += submit.number("length", 0);
    }
  }

  private record Call(int domain, long channel, long sequence) {}

  private record Open(TraceSummary.Calls calls, long time) {}

  private final EventDecoder decoder;
  private final SortedMap<String, TraceSummary.Calls> calls = new TreeMap<>();
  private final SortedMap<String, TraceSummary.Calls> operations = new TreeMap<>();
  private final SortedMap<String, Requests> requests = new TreeMap<>();
  private final Requests background = new Requests();
  private final Map<Call, Open> called = new HashMap<>();
  private final Map<Long, Open> begun = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private boolean served;

  FileSummary(EventDecoder decoder) {
    this.decoder = decoder;
  }

  void add(TraceRecord r) {
    switch (r.type()) {
      case FileEvent.CALL -> called.put(call(r), enter(calls, r));
      case FileEvent.RETURN -> leave(called.remove(call(r)), r);
      case FileEvent.BEGIN -> {
        served = true;
        begun.put(r.id(), enter(operations, r));
        names.put(r.id(), name(r));
      }
      case FileEvent.END -> leave(begun.remove(r.number("begin", 0)), r);
      case BlkEvent.SUBMIT -> {
        String name = names.get(r.cause());
        (name == null ? background : requests.computeIfAbsent(name, n -> new Requests())).add(r);
      }
      default -> { // a step within an operation
        String name = names.get(r.cause());
        if (name != null) {
          names.put(r.id(), name);
        }
      }
    }
  }

  private static Call call(TraceRecord r) {
    return new Call(r.domain(), r.number("channel", 0), r.number("sequence", 0));
  }

  private String name(TraceRecord r) {
    return decoder.fileOperation(r.number("op", 0));
  }

  private Open enter(Map<String, TraceSummary.Calls> byName, TraceRecord r) {
    TraceSummary.Calls of = byName.computeIfAbsent(name(r), n -> new TraceSummary.Calls());
    of.enter();
    return new Open(of, r.time());
  }

  /** One whose begin was not recorded has no name. */
  private void leave(Open open, TraceRecord r) {
    if (open != null) {
      open.calls().leave(decoder.errno(r.number("result", 0)), r.time() - open.time());
    }
  }

  /** As clients see them, from request to answer; by name. */
  public SortedMap<String, TraceSummary.Calls> calls() {
    return calls;
  }

  /** In the server, without waiting for a thread of it; by name. */
  public SortedMap<String, TraceSummary.Calls> operations() {
    return operations;
  }

  /** Block requests by the name of the operation that caused them; others are not in it. */
  public SortedMap<String, Requests> requests() {
    return requests;
  }

  /** Block requests of no operation; nothing where no operation was recorded at all. */
  public Requests background() {
    return served ? background : new Requests();
  }
}
