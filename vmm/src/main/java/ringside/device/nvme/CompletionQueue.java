package ringside.device.nvme;

import java.util.ArrayDeque;

/**
 * Where completions go (NVM Express 1.4, section 4.1).
 *
 * <p>Invariant: an entry is written only where the host has acknowledged the one before it; what
 * finds no room waits, in order.
 */
final class CompletionQueue {
  static final int ENTRY = 16;

  /** A completion that is not yet in guest memory. */
  record Entry(SubmissionQueue sq, int cid, int status, int dw0, long cause) {}

  final int id;
  final long base;
  final int size;
  final int vector;
  final boolean interrupts;
  final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private int head;
  private int tail;
  private boolean phase = true;

  CompletionQueue(int id, long base, int size, int vector, boolean interrupts) {
    this.id = id;
    this.base = base;
    this.size = size;
    this.vector = vector;
    this.interrupts = interrupts;
  }

  boolean full() {
    return (tail + 1) % size == head;
  }

  boolean empty() {
    return head == tail;
  }

  /** Where the next entry goes. */
  long address() {
    return base + (long) tail * ENTRY;
  }

  boolean phase() {
    return phase;
  }

  void advance() {
    tail++;
    if (tail == size) {
      tail = 0;
      phase = !phase;
    }
  }

  /**
   * The host acknowledges entries.
   *
   * @return false when it names ones that are not there
   */
  boolean acknowledge(int newHead) {
    int waits = Math.floorMod(tail - head, size);
    if (newHead >= size || Math.floorMod(newHead - head, size) > waits) {
      return false;
    }
    head = newHead;
    return true;
  }
}
