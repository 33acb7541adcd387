package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct ivmc_ring}. The head of a ring; its 2 x entries words of eight bytes follow at
 * once, in the order of their tickets. Each word stands in a line of 128 bytes of its own.
 */
public final class IvmcRing extends Snapshot {
  /** inout s32, one of IVMC_RECEIVER: the sleep word. */
  public static final AbiOffset RECEIVER = new AbiOffset("receiver", 0, 0, 4, 4);

  /** inout u32: of a free ring: how many wait for a slot. */
  public static final AbiOffset WAITERS = new AbiOffset("waiters", 4, 4, 4, 4);

  /** inout u64: next dequeue ticket. */
  public static final AbiOffset HEAD = new AbiOffset("head", 128, 128, 8, 8);

  /** inout u64: signed: steps that may still fail before the ring counts as empty. */
  public static final AbiOffset THRESHOLD = new AbiOffset("threshold", 256, 256, 8, 8);

  /** inout u64: next enqueue ticket. */
  public static final AbiOffset TAIL = new AbiOffset("tail", 384, 384, 8, 8);

  private IvmcRing(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 512;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcRing of(byte[] bytes, Width width) {
    return new IvmcRing(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcRing of(byte[] bytes, int base, Width width) {
    return new IvmcRing(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcRing zero(Width width) {
    return new IvmcRing(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_ring";
  }

  /** The sleep word. */
  public int receiver() {
    return getS32(0);
  }

  /** Sets receiver. */
  public void receiver(long value) {
    put32(0, value);
  }

  /** Of a free ring: how many wait for a slot. */
  public long waiters() {
    return getU32(4);
  }

  /** Sets waiters. */
  public void waiters(long value) {
    put32(4, value);
  }

  /** Next dequeue ticket. */
  public long head() {
    return get64(128);
  }

  /** Sets head. */
  public void head(long value) {
    put64(128, value);
  }

  /** Signed: steps that may still fail before the ring counts as empty. */
  public long threshold() {
    return get64(256);
  }

  /** Sets threshold. */
  public void threshold(long value) {
    put64(256, value);
  }

  /** Next enqueue ticket. */
  public long tail() {
    return get64(384);
  }

  /** Sets tail. */
  public void tail(long value) {
    put64(384, value);
  }
}
