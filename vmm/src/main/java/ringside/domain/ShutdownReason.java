package ringside.domain;

/** Why a domain stopped: SHUTDOWN_* of public/sched.h, in the order of their values. */
public enum ShutdownReason {
  POWEROFF,
  REBOOT,
  SUSPEND,
  CRASH,
  WATCHDOG,
  SOFT_RESET;

  /** Null for a value that is none. */
  public static ShutdownReason of(long value) {
    return value >= 0 && value < values().length ? values()[(int) value] : null;
  }
}
