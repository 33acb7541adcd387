package ringside.memory;

/**
 * A guest linear (virtual) address, in bytes, as hypercall arguments carry them. It means nothing
 * without a vCPU's page tables: see {@link ringside.cpu.LinearMemory}.
 */
public record Gva(long value) {
  public static final Gva NULL = new Gva(0);

  public boolean isNull() {
    return value == 0;
  }

  public Gva plus(long bytes) {
    return new Gva(value + bytes);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
