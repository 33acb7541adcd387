package ringside.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import ringside.trace.BlkEvent;
import ringside.trace.DomainEvent;
import ringside.trace.EvtchnEvent;
import ringside.trace.FileEvent;
import ringside.trace.HypercallEvent;
import ringside.trace.SchedEvent;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;
import ringside.trace.VirqEvent;

/** Counts over a whole trace, in orders that depend on its events only. */
public final class TraceSummary {
  /** A hypercall, or one of its sub-operations. Durations are virtual ns from entry to return. */
  public static final class Calls {
    private static final long LONGEST = 1L << 61; // the histogram takes no more than twice that

    private final SortedMap<String, Long> errors = new TreeMap<>();
    private final Histogram durations = new Histogram(3);
    private long entered;
    private long returned;

    void enter() {
      entered++;
    }

    /**
     * @param ns since it was entered; negative: not known
     */
    void leave(Optional<String> errno, long ns) {
      returned++;
      errno.ifPresent(name -> errors.merge(name, 1L, Long::sum));
      if (ns >= 0) {
        durations.recordValue(Math.min(ns, LONGEST));
      }
    }

    public long entered() {
      return entered;
    }

    /** May be less than entered: a call may not come back, as one that shuts down. */
    public long returned() {
      return returned;
    }

    /** Number of returns by errno name. */
    public SortedMap<String, Long> errors() {
      return errors;
    }

    public long errorCount() {
      return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    public Histogram durations() {
      return durations;
    }
  }

  /** An event channel's end: a port of a domain. */
  public record Port(int domain, long port) implements Comparable<Port> {
    @Override
    public int compareTo(Port other) {
      int byDomain = Integer.compare(domain, other.domain);
      return byDomain != 0 ? byDomain : Long.compare(port, other.port);
    }
  }

  /** What happened at a port. */
  public static final class Traffic {
    private long sends;
    private long pendings;
    private long upcalls;
    private long wakes;

    /** Sends by the port's own domain. */
    public long sends() {
      return sends;
    }

    /** Times its pending bit was set. */
    public long pendings() {
      return pendings;
    }

    /** Upcalls it was responsible for. */
    public long upcalls() {
      return upcalls;
    }

    /** Blocked vCPUs that its becoming pending made runnable. */
    public long wakes() {
      return wakes;
    }
  }

  private record Open(Calls calls, long time) {}

  private final EventDecoder decoder;
  private final SortedMap<String, Long> types = new TreeMap<>();
  private final SortedMap<String, Calls> hypercalls = new TreeMap<>();
  private final SortedMap<Integer, SortedMap<String, Long>> virqs = new TreeMap<>();
  private final SortedMap<Port, Traffic> ports = new TreeMap<>();
  private final SortedMap<Integer, String> domains = new TreeMap<>();
  private final Map<Long, Open> open = new HashMap<>();
  private final FileSummary files;

  /** The last event that made each port pending, both ways. */
  private final Map<Port, Long> lastPending = new HashMap<>();

  private final Map<Long, Port> pendingPort = new HashMap<>();
  private long events;
  private long firstTime = -1;
  private long lastTime = -1;

  private TraceSummary(EventDecoder decoder) {
    this.decoder = decoder;
    this.files = new FileSummary(decoder);
  }

  /** Reads every event that is left in the reader and wanted. */
  public static TraceSummary of(TraceReader reader, EventDecoder decoder, EventFilter filter) {
    TraceSummary summary = new TraceSummary(decoder);
    for (TraceRecord r = reader.next(); r != null; r = reader.next()) {
      if (filter.wants(r)) {
        summary.add(r);
      }
    }
    return summary;
  }

  private void add(TraceRecord r) {
    events++;
    firstTime = firstTime < 0 ? r.time() : firstTime;
    lastTime = r.time();
    types.merge(r.type(), 1L, Long::sum);
    switch (r.type()) {
      case HypercallEvent.ENTRY -> entry(r);
      case HypercallEvent.RETURN -> result(r);
      case VirqEvent.RAISE ->
          virqs
              .computeIfAbsent(r.domain(), d -> new TreeMap<>())
              .merge(r.text("name", "?"), 1L, Long::sum);
      case EvtchnEvent.SEND -> traffic(port(r)).sends++;
      case EvtchnEvent.PENDING -> pending(r);
      case EvtchnEvent.UPCALL -> traffic(port(r)).upcalls++;
      case SchedEvent.WAKE -> wake(r);
      case FileEvent.CALL, FileEvent.BEGIN, FileEvent.RETURN, FileEvent.END -> files.add(r);
      case FileEvent.COMMIT, FileEvent.JOIN, BlkEvent.SUBMIT -> files.add(r);
      case DomainEvent.CREATE -> domains.put(r.domain(), r.text("name", ""));
      default -> {}
    }
  }

  private void entry(TraceRecord r) {
    String op = r.text("sub_op", "");
    String name = r.text("name", "?");
    Calls calls = calls(op.isEmpty() ? name : name + " " + op);
    calls.enter();
    open.put(r.id(), new Open(calls, r.time()));
  }

  /** A return whose entry was not recorded counts under the name of its hypercall alone. */
  private void result(TraceRecord r) {
    Open entry = open.remove(r.cause());
    Calls calls = entry != null ? entry.calls() : calls(r.text("name", "?"));
    long ns = entry != null ? r.time() - entry.time() : -1;
    calls.leave(decoder.errno(r.number("result", 0)), ns);
  }

  private void pending(TraceRecord r) {
    Port port = port(r);
    traffic(port).pendings++;
    Long previous = lastPending.put(port, r.id());
    if (previous != null) {
      pendingPort.remove(previous);
    }
    pendingPort.put(r.id(), port);
  }

  private void wake(TraceRecord r) {
    Port port = pendingPort.get(r.cause());
    if (port != null) {
      traffic(port).wakes++;
    }
  }

  private static Port port(TraceRecord r) {
    return new Port(r.domain(), r.number("port", 0));
  }

  private Traffic traffic(Port port) {
    return ports.computeIfAbsent(port, p -> new Traffic());
  }

  private Calls calls(String name) {
    return hypercalls.computeIfAbsent(name, n -> new Calls());
  }

  public long events() {
    return events;
  }

  /** Virtual ns of the first event, or -1 when there is none. */
  public long firstTime() {
    return firstTime;
  }

  /** Virtual ns of the last event, or -1 when there is none. */
  public long lastTime() {
    return lastTime;
  }

  /** Names of domains by domid, as far as their creation was recorded. */
  public SortedMap<Integer, String> domains() {
    return domains;
  }

  /** Number of events by type. */
  public SortedMap<String, Long> types() {
    return types;
  }

  /** By name, followed by the sub-operation's when there is one. */
  public SortedMap<String, Calls> hypercalls() {
    return hypercalls;
  }

  /** Number of VIRQs by domid and name. */
  public SortedMap<Integer, SortedMap<String, Long>> virqs() {
    return virqs;
  }

  public SortedMap<Port, Traffic> ports() {
    return ports;
  }

  /** What was done with files. */
  public FileSummary files() {
    return files;
  }

  /** The types, most frequent first. */
  public List<Map.Entry<String, Long>> typesByCount() {
    List<Map.Entry<String, Long>> list = new ArrayList<>(types.entrySet());
    list.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    return list;
  }
}
