package ringside.device;

import ringside.domain.Vcpu;

/**
 * Registers that vCPUs reach by port or by memory-mapped I/O; {@link Board} says at which address.
 * A device that has registers in both worlds has a block in each.
 */
public interface RegisterBlock {
  /** What the trace calls it. */
  String name();

  /**
   * @param offset of the first byte from the start of the block; all bytes are inside it
   * @param size 1, 2, 4 or 8 bytes
   * @return the value; bits above the size are ignored
   */
  long read(Vcpu vcpu, long offset, int size);

  /**
   * @param value zero-extended
   */
  void write(Vcpu vcpu, long offset, int size, long value);
}
