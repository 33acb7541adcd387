package ringside.domain;

import static ringside.abi.gen.HvmAbi.HVM_NR_PARAMS;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CALLBACK_IRQ;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CALLBACK_TYPE_VECTOR;

/**
 * A domain's HVM parameters (public/hvm/params.h): values by index, and what the hypervisor itself
 * reads from them. Which of them a guest may read or write is {@code hvm_op}'s business.
 */
public final class HvmParams {
  private final long[] values = new long[HVM_NR_PARAMS];

  public long get(int index) {
    return values[index];
  }

  public void set(int index, long value) {
    values[index] = value;
  }

  /** Vector for upcalls on every vCPU, or 0: CALLBACK_IRQ of type vector (bits 63:56 = 2). */
  public int callbackVector() {
    long via = values[HVM_PARAM_CALLBACK_IRQ];
    return via >>> 56 == HVM_PARAM_CALLBACK_TYPE_VECTOR ? (int) via & 0xff : 0;
  }
}
