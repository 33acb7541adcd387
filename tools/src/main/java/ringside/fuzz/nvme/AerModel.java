package ringside.fuzz.nvme;

/**
 * Asynchronous events (section 5.2): requests are parked until one happens.
 *
 * <p>Invariant: no more requests complete than events were caused. An event that finds a request,
 * and its kind not masked by an earlier one whose log page nobody has read, completes the request.
 */
final class AerModel {
  private int parked;

  /** How many may be parked; one at least, until the controller has told. */
  private int limit = 1;

  private boolean limitKnown;

  private int caused;
  private int reported;

  /** Of the error log that are under way: each may end the masking any time. */
  private int logReads;

  /** The last event may not have been acknowledged yet. */
  private boolean perhapsMasked;

  /** It cannot have been, but by a read that is under way. */
  private boolean masked;

  private boolean owed;

  void limit(int most) {
    limit = most;
    limitKnown = true;
  }

  /** Whether one more may be refused. */
  boolean full() {
    return parked >= limit;
  }

  void park() {
    parked++;
  }

  /** A request has completed, for an event or not. */
  void unpark(boolean event, int dw0) {
    parked--;
    if (!event) {
      owed = false; // it may have been the one that the event would have found
      return;
    }
    Divergence.unless(caused > 0, "an asynchronous event that nothing caused");
    Divergence.unless(
        !masked || logReads > 0, "an asynchronous event before the log of the last one was read");
    int type = dw0 & 7;
    int info = dw0 >>> 8 & 0xff;
    int page = dw0 >>> 16 & 0xff;
    Divergence.unless(
        type == 0 && info <= 1 && page == 1, "asynchronous event 0x%x after a bad doorbell", dw0);
    caused--;
    reported++;
    perhapsMasked = true;
    masked = true;
    owed = false;
  }

  /** Somebody rang a doorbell that is none, or with a value that is none. */
  void badDoorbell() {
    caused++;
    owed |= parked > 0 && !perhapsMasked;
  }

  /** Somebody rang a doorbell that may have gone away a moment before. */
  void perhapsBadDoorbell() {
    caused++;
  }

  /** How many events were reported. */
  int reported() {
    return reported;
  }

  /** The error log is about to be read. */
  void logReadBegins() {
    logReads++;
  }

  /** Such a read is over, and has acknowledged nothing. */
  void logReadFails() {
    logReads--;
  }

  /**
   * The error log was read, and the event with it acknowledged.
   *
   * @param before events reported when that began; one reported meanwhile may be masked or not
   */
  void logRead(int before) {
    logReads--;
    masked = false;
    perhapsMasked &= reported != before;
  }

  /** More requests are parked than the controller keeps: the others are to be refused. */
  boolean crowded() {
    return limitKnown && parked > limit;
  }

  boolean owed() {
    return owed;
  }

  @Override
  public String toString() {
    return "%d event requests%s".formatted(parked, owed ? ", and an event" : "");
  }

  void reset() {
    parked = 0;
    caused = 0;
    logReads = 0;
    perhapsMasked = false;
    masked = false;
    owed = false;
  }
}
