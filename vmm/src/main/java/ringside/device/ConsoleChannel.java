package ringside.device;

/** The ways on which a guest's output reaches its console. */
public enum ConsoleChannel {
  /** The ring of the PV console. */
  RING("ring"),
  /** The hypercall. */
  CONSOLE_IO("console_io"),
  /** Port 0xe9 and its like. */
  DEBUGCON("debugcon");

  private final String traceName;

  ConsoleChannel(String traceName) {
    this.traceName = traceName;
  }

  /** As it stands in the trace. */
  String traceName() {
    return traceName;
  }
}
