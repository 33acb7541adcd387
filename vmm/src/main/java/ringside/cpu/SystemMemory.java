package ringside.cpu;

/**
 * Linear memory as the processor itself reads and writes it, with supervisor rights: descriptor
 * tables, TSS, the pushes of a delivery. Each engine has its own.
 *
 * <p>Does not check segment limits.
 */
public interface SystemMemory {
  /** The access failed; {@code exception} is what the processor raises for it. */
  final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient GuestException exception;

    public Fault(GuestException exception) {
      super(exception.toString(), null, false, false);
      this.exception = exception;
    }

    public GuestException exception() {
      return exception;
    }
  }

  /** Little-endian value of 1, 2, 4 or 8 bytes, zero-extended. */
  long read(long address, int size) throws Fault;

  /** Raises what {@link #write} would raise for these bytes, without writing. */
  void probeWrite(long address, int size) throws Fault;

  void write(long address, int size, long value) throws Fault;
}
