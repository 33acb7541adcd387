package ringside.cli.run;

import java.util.List;
import ringside.cli.Duration;
import ringside.fault.RecoveryReport;

/** A recovery as lines for people. */
public final class RecoveryText {
  private RecoveryText() {}

  /** The outage and its parts, in both times. */
  public static List<String> lines(RecoveryReport report) {
    return List.of(
        "%s: %s was away for %s (%s of host time); %d requests in flight, %d resent, %d answered"
            .formatted(
                report.client(),
                report.server(),
                Duration.text(report.virtualTime().total()),
                Duration.text(report.hostTime().total()),
                report.inFlight(),
                report.resent(),
                report.answered()),
        "  virtual time  " + split(report.virtualTime()),
        "  host time     " + split(report.hostTime()));
  }

  private static String split(RecoveryReport.Outage outage) {
    return "detection %s, boot %s, reconnection %s, resend %s"
        .formatted(
            Duration.text(outage.detection()),
            Duration.text(outage.boot()),
            Duration.text(outage.reconnection()),
            Duration.text(outage.resend()));
  }
}
