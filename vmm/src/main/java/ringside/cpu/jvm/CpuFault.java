package ringside.cpu.jvm;

/**
 * An instruction cannot be done: the processor raises an exception. Thrown before anything of the
 * instruction is visible; RIP is still the instruction's. One object per {@link Core}, without a
 * stack trace: a hostile guest can cause millions.
 */
public final class CpuFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private int vector;
  private int errorCode;
  private long address;
  private boolean software;
  private boolean trap;

  CpuFault() {
    super(null, null, false, false);
  }

  CpuFault set(int newVector, int newErrorCode, long newAddress) {
    vector = newVector;
    errorCode = newErrorCode;
    address = newAddress;
    software = false;
    trap = false;
    return this;
  }

  CpuFault software(int newVector) {
    set(newVector, -1, 0);
    software = true;
    trap = true;
    return this;
  }

  CpuFault trap(int newVector) {
    set(newVector, -1, 0);
    trap = true;
    return this;
  }

  /** Not a fault: the instruction is done. */
  public boolean trap() {
    return trap;
  }

  /** INT n, INT3, INTO: the gate's DPL counts. */
  public boolean software() {
    return software;
  }

  public int vector() {
    return vector;
  }

  /** Pushed error code, or -1. */
  public int errorCode() {
    return errorCode;
  }

  /** Linear address of a page fault, else 0. */
  public long address() {
    return address;
  }
}
