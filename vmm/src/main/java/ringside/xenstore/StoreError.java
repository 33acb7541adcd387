package ringside.xenstore;

import ringside.abi.Errno;

/** A request that is refused; the client gets the errno's name. */
public final class StoreError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int errno;

  StoreError(int errno) {
    super(Errno.name(-errno).orElseThrow(), null, false, false);
    this.errno = errno;
  }

  /** Positive: EINVAL and so on. */
  public int errno() {
    return errno;
  }
}
