package ringside.analysis;

import ringside.trace.TraceRecord;

/**
 * An event on one line: virtual time in seconds, who (Xen's d1v0), id, type, fields, cause. The
 * columns are wide enough for most traces; nothing is ever cut.
 */
public final class EventLine {
  private static final long SECOND = 1_000_000_000;

  private final EventDecoder decoder;

  public EventLine(EventDecoder decoder) {
    this.decoder = decoder;
  }

  public String of(TraceRecord r) {
    String cause = r.cause() == 0 ? "" : " <- #" + r.cause();
    String line =
        "%s %-6s %7s %-16s %s"
            .formatted(
                time(r.time()), who(r.domain(), r.vcpu()), "#" + r.id(), r.type(), decoder.line(r));
    return line.stripTrailing() + cause;
  }

  /** Seconds with nine decimals. */
  public static String time(long ns) {
    return "%5s.%09d"
        .formatted(Long.divideUnsigned(ns, SECOND), Long.remainderUnsigned(ns, SECOND));
  }

  /** {@code d1v0}, {@code d1} when it is about no vCPU, {@code -} for the machine. */
  public static String who(int domain, int vcpu) {
    String owner = domain < 0 ? "-" : "d" + domain;
    return vcpu < 0 ? owner : owner + "v" + vcpu;
  }
}
