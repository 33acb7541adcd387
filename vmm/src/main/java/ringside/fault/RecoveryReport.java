package ringside.fault;

/**
 * What one client of a service saw of the death and return of its server.
 *
 * @param atNs virtual time of the fault
 * @param virtualTime the outage in virtual time
 * @param hostTime the same in time of the host
 * @param inFlight requests without a response when the client began to recover
 * @param resent of these, how many it sent again
 * @param answered of these, how many had their answer already
 */
public record RecoveryReport(
    String server,
    String client,
    long atNs,
    Outage virtualTime,
    Outage hostTime,
    long inFlight,
    long resent,
    long answered) {
  /**
   * An outage, split; in nanoseconds.
   *
   * @param detection from the fault until it was noticed
   * @param boot until the rebuilt server had registered
   * @param reconnection until the client's channel was connected again
   * @param resend until every request without an answer was sent again
   */
  public record Outage(long detection, long boot, long reconnection, long resend) {
    public long total() {
      return detection + boot + reconnection + resend;
    }
  }
}
