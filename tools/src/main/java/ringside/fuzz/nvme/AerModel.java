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

  private int caused;
  private int reported;
  private boolean masked;
  private boolean owed;

  void limit(int most) {
    limit = most;
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
    int type = dw0 & 7;
    int info = dw0 >>> 8 & 0xff;
    int page = dw0 >>> 16 & 0xff;
    Divergence.unless(
        type == 0 && info <= 1 && page == 1, "asynchronous event 0x%x after a bad doorbell", dw0);
    caused--;
    reported++;
    masked = true;
    owed = false;
  }

  /** Somebody rang a doorbell that is none, or with a value that is none. */
  void badDoorbell() {
    caused++;
    owed |= parked > 0 && !masked;
  }

  /** Somebody rang a doorbell that may have gone away a moment before. */
  void perhapsBadDoorbell() {
    caused++;
  }

  /** How many events were reported. */
  int reported() {
    return reported;
  }

  /**
   * The error log was read, and the event with it acknowledged.
   *
   * @param before events reported when that began; one reported meanwhile may be masked or not
   */
  void logRead(int before) {
    masked &= reported != before;
  }

  boolean owed() {
    return owed;
  }

  void reset() {
    parked = 0;
    caused = 0;
    masked = false;
    owed = false;
  }
}
