package ringside.domain;

/**
 * A domain's HVM parameters (public/hvm/params.h): values by index, and what the hypervisor itself
 * reads from them. Which of them a guest may read or write is {@code hvm_op}'s business.
 */
public final class HvmParams {
  public static final int CALLBACK_IRQ = 0;
  public static final int STORE_PFN = 1;
  public static final int STORE_EVTCHN = 2;
  public static final int CONSOLE_PFN = 17;
  public static final int CONSOLE_EVTCHN = 18;
  public static final int COUNT = 39;

  private static final int CALLBACK_TYPE_VECTOR = 2;

  private final long[] values = new long[COUNT];

  public long get(int index) {
    return values[index];
  }

  public void set(int index, long value) {
    values[index] = value;
  }

  /** Vector for upcalls on every vCPU, or 0: CALLBACK_IRQ of type vector (bits 63:56 = 2). */
  public int callbackVector() {
    long via = values[CALLBACK_IRQ];
    return via >>> 56 == CALLBACK_TYPE_VECTOR ? (int) via & 0xff : 0;
  }
}
