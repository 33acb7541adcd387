package ringside.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import ringside.trace.BlkEvent;
import ringside.trace.DriverEvent;
import ringside.trace.FileEvent;
import ringside.trace.NvmeEvent;
import ringside.trace.TraceRecord;

/**
 * What takes from one event to another, one within the other: file operations of a server, block
 * requests, NVMe commands.
 *
 * <p>Invariant: spans of one row are nested. Of what goes on at once within a span, the first is in
 * its row, the others have rows of their own.
 */
final class RequestSpans {
  /**
   * @param row what nests is in one
   * @param domain whose it is: the outermost's
   * @param parent null: outermost
   */
  record Span(String row, int domain, String name, Span parent) {}

  /**
   * An end of a span.
   *
   * @param begins else it ends
   */
  record Edge(Span span, boolean begins) {}

  private record Operation(long id) {}

  private record Request(int domain, long channel, long sequence) {}

  private record Command(int domain, long queue, long id) {}

  /** Channels have names that are the same in all domains, devices of a domain small numbers. */
  private static final int DEVICES = 256;

  private final EventDecoder decoder;
  private final Map<Record, Span> open = new HashMap<>();
  private final Map<Command, Request> requests = new HashMap<>();
  private final Map<Long, Span> doneFor = new HashMap<>();
  private final Map<Span, Span> childInRow = new HashMap<>();

  RequestSpans(EventDecoder decoder) {
    this.decoder = decoder;
  }

  /** The span that begins or ends with this event, if any does; all events in their order. */
  Optional<Edge> at(TraceRecord r) {
    return switch (r.type()) {
      case FileEvent.BEGIN -> {
        Edge edge = begin(r, new Operation(r.id()), operation(r), null);
        doneFor.put(r.id(), edge.span());
        yield Optional.of(edge);
      }
      case FileEvent.COMMIT, FileEvent.JOIN -> {
        Span span = doneFor.get(r.cause());
        if (span != null) {
          doneFor.put(r.id(), span);
        }
        yield Optional.empty();
      }
      case FileEvent.END -> end(new Operation(r.number("begin", 0)));
      case BlkEvent.SUBMIT ->
          Optional.of(begin(r, request(r, "device"), "block request", doneFor.get(r.cause())));
      case BlkEvent.COMPLETE -> end(request(r, "device"));
      case DriverEvent.NVME_SUBMIT -> {
        requests.put(command(r, "qid"), request(r, "channel"));
        yield Optional.empty();
      }
      case NvmeEvent.COMMAND -> {
        Command command = command(r, "queue");
        Request request = requests.remove(command);
        Span parent = request == null ? null : open.get(request);
        yield Optional.of(begin(r, command, "NVMe command", parent));
      }
      case NvmeEvent.COMPLETION -> end(command(r, "queue"));
      default -> Optional.empty();
    };
  }

  private String operation(TraceRecord r) {
    return decoder.fileOperation(r.number("op", 0));
  }

  private static Request request(TraceRecord r, String channel) {
    long name = r.number(channel, 0);
    return new Request(name < DEVICES ? r.domain() : -1, name, r.number("sequence", 0));
  }

  private static Command command(TraceRecord r, String queue) {
    return new Command(r.domain(), r.number(queue, 0), r.number("cid", 0));
  }

  private Edge begin(TraceRecord r, Record key, String name, Span parent) {
    boolean inRow = parent != null && !childInRow.containsKey(parent);
    int domain = parent == null ? r.domain() : parent.domain();
    Span span = new Span(inRow ? parent.row() : "#" + r.id(), domain, name, parent);
    if (inRow) {
      childInRow.put(parent, span);
    }
    open.put(key, span);
    return new Edge(span, true);
  }

  private Optional<Edge> end(Record key) {
    Span span = open.remove(key);
    if (span == null) {
      return Optional.empty();
    }
    if (span.parent() != null) {
      childInRow.remove(span.parent(), span);
    }
    childInRow.remove(span);
    return Optional.of(new Edge(span, false));
  }
}
