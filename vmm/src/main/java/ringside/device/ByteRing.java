package ringside.device;

import ringside.memory.Frame;

/**
 * One direction of a ring page that the hypervisor shares with a guest: bytes, and the free-running
 * 32-bit positions of consumer and producer (public/io/console.h, xs_wire.h).
 *
 * <p>Invariant: whatever the guest writes into the page, and whenever, each call looks at a
 * position once, touches nothing but the ring's bytes and our own position, and ends.
 */
public final class ByteRing {
  /** The positions are further apart than the ring is long. */
  public static final int INSANE = -1;

  private final Frame page;
  private final int data;
  private final int size;
  private final int consumer;
  private final int producer;

  /**
   * @param data offset of the bytes in the page
   * @param size a power of two
   * @param consumer offset of the consumer's position
   * @param producer offset of the producer's position
   */
  public ByteRing(Frame page, int data, int size, int consumer, int producer) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("a ring of " + size + " bytes");
    }
    this.page = page;
    this.data = data;
    this.size = size;
    this.consumer = consumer;
    this.producer = producer;
  }

  /**
   * Moves up to {@code length} bytes out of the ring, as its consumer.
   *
   * @return how many, or {@link #INSANE}
   */
  public int take(byte[] into, int at, int length) {
    int from = page.volatileU32(consumer);
    int filled = filled(from, page.volatileU32(producer));
    if (filled == INSANE) {
      return INSANE;
    }
    int count = Math.min(length, filled);
    int first = Math.min(count, size - index(from));
    page.read(data + index(from), into, at, first);
    page.read(data, into, at + first, count - first);
    page.volatileU32(consumer, from + count);
    return count;
  }

  /**
   * Moves up to {@code length} bytes into the ring, as its producer.
   *
   * @return how many, or {@link #INSANE}
   */
  public int put(byte[] from, int at, int length) {
    int to = page.volatileU32(producer);
    int filled = filled(page.volatileU32(consumer), to);
    if (filled == INSANE) {
      return INSANE;
    }
    int count = Math.min(length, size - filled);
    int first = Math.min(count, size - index(to));
    page.write(data + index(to), from, at, first);
    page.write(data, from, at + first, count - first);
    page.volatileU32(producer, to + count);
    return count;
  }

  /** True when its consumer has taken everything. */
  public boolean empty() {
    return page.volatileU32(consumer) == page.volatileU32(producer);
  }

  /** Position of its consumer. */
  public int consumed() {
    return page.volatileU32(consumer);
  }

  /** Both positions to 0. */
  public void reset() {
    page.volatileU32(consumer, 0);
    page.volatileU32(producer, 0);
  }

  private int index(int position) {
    return position & size - 1;
  }

  private int filled(int from, int to) {
    return Integer.compareUnsigned(to - from, size) <= 0 ? to - from : INSANE;
  }
}
