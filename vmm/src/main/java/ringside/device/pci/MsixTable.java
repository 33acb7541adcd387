package ringside.device.pci;

import ringside.device.MsiPort;

/**
 * The vectors of a function (PCI Local Bus 3.0, section 6.8.2).
 *
 * <p>Invariant: a message is sent only while the capability is enabled, the function not masked,
 * the vector not masked and the function a bus master; an interrupt that comes when one of the last
 * three forbids it makes the vector pending, and is sent when nothing forbids it any more.
 */
public final class MsixTable {
  private static final int ENTRY = 16;
  private static final int WORDS = 4;
  private static final int DATA = 2;
  private static final int CONTROL = 3;
  private static final int MASKED = 1;

  private final MsiPort port;
  private final int[] words;
  private final boolean[] pending;
  private final long[] causes;
  private boolean enabled;
  private boolean functionMasked;
  private boolean busMaster;

  /**
   * @param vectors how many, 1 to 2048
   */
  public MsixTable(int vectors, MsiPort port) {
    this.port = port;
    words = new int[vectors * WORDS];
    pending = new boolean[vectors];
    causes = new long[vectors];
    reset();
  }

  public int vectors() {
    return pending.length;
  }

  public boolean enabled() {
    return enabled;
  }

  /** All vectors masked, none pending, messages off. */
  public void reset() {
    for (int i = 0; i < words.length; i++) {
      words[i] = i % WORDS == CONTROL ? MASKED : 0;
    }
    for (int vector = 0; vector < pending.length; vector++) {
      pending[vector] = false;
    }
    enabled = false;
    functionMasked = false;
    busMaster = false;
  }

  /** What configuration space says. */
  public void control(boolean isEnabled, boolean isFunctionMasked, boolean isBusMaster) {
    enabled = isEnabled;
    functionMasked = isFunctionMasked;
    busMaster = isBusMaster;
    for (int vector = 0; vector < pending.length; vector++) {
      sendPending(vector);
    }
  }

  /** Length of the table in bytes. */
  public int length() {
    return words.length * Integer.BYTES;
  }

  /** Reads an aligned 32-bit word of the table. */
  public int read(int offset) {
    return words[offset / Integer.BYTES];
  }

  public void write(int offset, int value) {
    int word = offset / Integer.BYTES;
    words[word] = word % WORDS == CONTROL ? value & MASKED : value;
    sendPending(offset / ENTRY);
  }

  /** Reads an aligned 32-bit word of the pending bits. */
  public int readPending(int offset) {
    int bits = 0;
    for (int i = 0; i < Integer.SIZE && offset * Byte.SIZE + i < pending.length; i++) {
      bits |= pending[offset * Byte.SIZE + i] ? 1 << i : 0;
    }
    return bits;
  }

  /** An interrupt; nothing when messages are not enabled. */
  public void raise(int vector, long cause) {
    if (enabled) {
      pending[vector] = true;
      causes[vector] = cause;
      sendPending(vector);
    }
  }

  /** What the interrupt was for is gone: a vector that waits need not be heard of. */
  public void withdraw(int vector) {
    pending[vector] = false;
  }

  private void sendPending(int vector) {
    boolean masked = functionMasked || (words[vector * WORDS + CONTROL] & MASKED) != 0;
    if (pending[vector] && enabled && busMaster && !masked) {
      pending[vector] = false;
      int word = vector * WORDS;
      long address = words[word] & 0xffff_fffcL | (long) words[word + 1] << 32;
      port.message(address, words[word + DATA], causes[vector]);
    }
  }
}
