package ringside.fuzz.nvme;

import java.util.List;

/**
 * The MSI-X vectors, and which messages must have come.
 *
 * <p>Invariant: between two checks, an open vector gives at least one message if entries came to a
 * queue that uses it, and none otherwise; a masked one gives none, and is pending instead. One that
 * is opened while it is pending gives a message at once, unless all was acknowledged meanwhile.
 */
final class Interrupts {
  private static final int ENTRY = 16;
  private static final long ADDRESS = 0xfee0_0000L;
  private static final int DATA = 0x40;
  private static final int ENABLE = 0x8000;
  private static final int FUNCTION_MASK = 0x4000;

  private final Target target;
  private final Coverage coverage;
  private int capability;
  private int table;
  private int pendingBits;
  private int count;
  private boolean enabled;
  private boolean functionMasked;
  private boolean[] masked = {};
  private boolean[] pending = {};
  private boolean[] opened = {};

  /** What entries came, how many are not acknowledged: per vector. */
  record Arrivals(int[] fresh, int[] waiting) {}

  Interrupts(Target target, Coverage coverage) {
    this.target = target;
    this.coverage = coverage;
  }

  int count() {
    return count;
  }

  /** After power-on: finds the table, fills it, switches messages on. */
  void start() {
    capability = (int) target.configRead(Spec.PCI_CAPABILITIES, 1);
    for (int n = 0; target.configRead(capability, 1) != Spec.CAP_MSIX; n++) {
      capability = (int) target.configRead(capability + 1, 1);
      Divergence.unless(capability != 0 && n < 48, "there is no MSI-X capability");
    }
    count = (int) (target.configRead(capability + 2, 2) & 0x7ff) + 1;
    long tableWord = target.configRead(capability + 4, 4);
    long pendingWord = target.configRead(capability + 8, 4);
    Divergence.unless((tableWord & 7) == 0 && (pendingWord & 7) == 0, "MSI-X is not in BAR 0");
    table = (int) tableWord;
    pendingBits = (int) pendingWord;
    masked = new boolean[count];
    pending = new boolean[count];
    opened = new boolean[count];
    for (int v = 0; v < count; v++) {
      target.write(table + v * ENTRY, 4, ADDRESS);
      target.write(table + v * ENTRY + 4, 4, 0);
      target.write(table + v * ENTRY + 8, 4, DATA + v);
      target.write(table + v * ENTRY + 12, 4, 0);
    }
    functionMasked = false;
    enabled = true;
    control();
    target.messages();
  }

  private void control() {
    int value = (enabled ? ENABLE : 0) | (functionMasked ? FUNCTION_MASK : 0);
    target.configWrite(capability + 2, 2, value);
  }

  void mask(int vector, boolean mask) {
    opened[vector] |= masked[vector] && !mask;
    masked[vector] = mask;
    target.write(table + vector * ENTRY + 12, 4, mask ? 1 : 0);
  }

  void maskFunction(boolean mask) {
    for (int v = 0; v < count; v++) {
      opened[v] |= functionMasked && !mask;
    }
    functionMasked = mask;
    control();
  }

  /** Nothing is pending in a controller that was reset. */
  void reset() {
    pending = new boolean[count];
  }

  /**
   * Compares messages with what arrived since the last check.
   *
   * @param lenient messages may have been lost or come late: something was switched off meanwhile
   */
  void check(Arrivals arrivals, boolean lenient) {
    List<Target.Message> messages = target.messages();
    int[] came = new int[count];
    for (Target.Message message : messages) {
      int v = message.data() - DATA;
      Divergence.unless(
          message.address() == ADDRESS && v >= 0 && v < count, "message %s, unknown", message);
      came[v]++;
    }
    for (int v = 0; v < count; v++) {
      if (lenient) {
        pending[v] |= arrivals.fresh[v] > 0;
      } else {
        check(v, came[v], arrivals.fresh[v], arrivals.waiting[v]);
      }
      opened[v] = false;
    }
  }

  private void check(int v, int came, int fresh, int waiting) {
    if (masked[v] || functionMasked) {
      Divergence.unless(came == 0, "vector %d is masked, and there was a message", v);
      pending[v] |= fresh > 0;
      if (fresh > 0) {
        coverage.count("interrupt", "held back by a mask");
      }
      Divergence.unless(
          fresh == 0 || pendingBit(v), "vector %d is masked, its pending bit is not set", v);
      return;
    }
    int most = fresh + (opened[v] ? 1 : 0);
    int least = fresh > 0 || opened[v] && pending[v] && waiting > 0 ? 1 : 0;
    Divergence.unless(
        came >= least && came <= most,
        "vector %d: %d messages for %d new entries%s, %d not acknowledged",
        v,
        came,
        fresh,
        opened[v] ? " after it was opened" : "",
        waiting);
    if (came > 0) {
      coverage.count("interrupt", fresh > 0 ? "message" : "message after unmasking");
    }
    pending[v] = false;
  }

  private boolean pendingBit(int v) {
    return (target.read(pendingBits + v / 32 * 4, 4) >>> v % 32 & 1) != 0;
  }
}
