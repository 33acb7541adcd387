package ringside.cli.system;

/** Kinds of devices, as a description's {@code type} names them in lower case. */
public enum DeviceKind {
  /** Bytes written to a port are console output. */
  DEBUGCON,
  /** A write to a port ends the domain. */
  DEBUG_EXIT,
  /** An NVMe controller, passed through. */
  NVME
}
