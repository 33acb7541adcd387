package ringside.abi.gen;

/**
 * The console: a page with two rings, and a hypercall for emergencies. Generated from console.abi.
 */
public final class ConsoleAbi {
  private ConsoleAbi() {}

  // XENCONS_CONNECTION: State of the console's other end.

  /** Somebody reads and writes. */
  public static final int XENCONSOLE_CONNECTED = 0;

  /** Nobody does. */
  public static final int XENCONSOLE_DISCONNECTED = 1;

  // CONSOLEIO: Operations of console_io.

  /** Write count bytes. */
  public static final int CONSOLEIO_write = 0;

  /** Read at most count bytes, without waiting. */
  public static final int CONSOLEIO_read = 1;
}
