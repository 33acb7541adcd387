package ringside.cpu;

/** CPUID as data. */
public final class Cpuid {
  /** The four result registers. */
  public record Result(int eax, int ebx, int ecx, int edx) {}

  public static final Result ZERO = new Result(0, 0, 0, 0);

  private Cpuid() {}
}
