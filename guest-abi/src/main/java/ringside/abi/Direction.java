package ringside.abi;

import java.util.Locale;

/** Who writes a field: of an argument during the call, of a shared structure at any time. */
public enum Direction {
  /** The guest writes, the hypervisor reads. */
  IN,
  /** The hypervisor writes, the guest reads. */
  OUT,
  /** Both write. */
  INOUT,
  /** Nobody: padding. */
  PAD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
