package ringside.memory;

/**
 * A guest handed over an address that it may not use that way. Hypercalls answer it with -EFAULT;
 * it never leaves the VMM as a Java error. Preallocated stack traces are left out on purpose: a
 * hostile guest can cause millions of these.
 */
public final class GuestFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final long address;

  public GuestFault(String what, long address, long length) {
    super(
        what + " 0x" + Long.toHexString(address) + ", " + Long.toUnsignedString(length) + " bytes",
        null,
        false,
        false);
    this.address = address;
  }

  /** First address of the refused access: guest-physical or linear, as the message says. */
  public long address() {
    return address;
  }
}
