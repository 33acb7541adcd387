package ringside.device.nvme;

import java.util.ArrayDeque;

/**
 * Asynchronous events (NVM Express 1.4, section 5.2): requests wait until something happens.
 *
 * <p>Invariant: after an event was reported, no other of its type is until the host has read the
 * log page that belongs to it. Events that find no request wait, a few of them.
 */
final class AsyncEvents {
  static final int INVALID_REGISTER = 0;
  static final int INVALID_VALUE = 1;

  /** How many requests may wait. */
  static final int LIMIT = 4;

  private static final int ERROR_LOG = 1;

  private final NvmeController controller;
  private final ArrayDeque<SubmissionQueue.Flight> requests = new ArrayDeque<>();
  private final ArrayDeque<Integer> events = new ArrayDeque<>();
  private boolean masked;

  AsyncEvents(NvmeController controller) {
    this.controller = controller;
  }

  void reset() {
    requests.clear();
    events.clear();
    masked = false;
  }

  void park(SubmissionQueue.Flight request) {
    if (requests.size() == LIMIT) {
      controller.finish(request, Status.AER_LIMIT, 0);
      return;
    }
    requests.add(request);
    report();
  }

  /** The request was aborted. */
  void forget(SubmissionQueue.Flight request) {
    requests.remove(request);
  }

  void badDoorbell(int kind) {
    if (events.size() < LIMIT) {
      events.add(kind << 8 | ERROR_LOG << 16);
    }
    report();
  }

  /** The host has read a log page, and wants to hear of its events again. */
  void logRead(int page) {
    if (page == ERROR_LOG) {
      masked = false;
      report();
    }
  }

  private void report() {
    if (!masked && !requests.isEmpty() && !events.isEmpty()) {
      masked = true;
      controller.finish(requests.remove(), Status.SUCCESS, events.remove());
    }
  }
}
