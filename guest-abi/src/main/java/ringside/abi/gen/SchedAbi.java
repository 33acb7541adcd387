package ringside.abi.gen;

/** Giving up the CPU, and shutting down. Generated from sched.abi. */
public final class SchedAbi {
  private SchedAbi() {}

  // SHUTDOWN: Why a domain shuts down.

  /** It is done. */
  public static final int SHUTDOWN_poweroff = 0;

  /** To be started again. */
  public static final int SHUTDOWN_reboot = 1;

  /** To be saved. */
  public static final int SHUTDOWN_suspend = 2;

  /** It noticed that it is broken. */
  public static final int SHUTDOWN_crash = 3;

  /** Its watchdog was not fed. */
  public static final int SHUTDOWN_watchdog = 4;

  /** To be reset with its memory kept. */
  public static final int SHUTDOWN_soft_reset = 5;

  // SHUTDOWN_RANGE: Bounds of reasons.

  /** The greatest reason. */
  public static final int SHUTDOWN_MAX = 5;

  // SCHEDOP: Operations of sched_op.

  /** Let other vCPUs run. */
  public static final int SCHEDOP_yield = 0;

  /** Enable upcalls and sleep until an event is pending. */
  public static final int SCHEDOP_block = 1;

  /** Shut the calling domain down, all vCPUs. */
  public static final int SCHEDOP_shutdown = 2;

  /**
   * Sleep until one of the ports is pending, masked or not, or the time has come; pending bits
   * stay.
   */
  public static final int SCHEDOP_poll = 3;

  /** Shut another domain down. */
  public static final int SCHEDOP_remote_shutdown = 4;

  /** Note the reason that a later shutdown without one gets. */
  public static final int SCHEDOP_shutdown_code = 5;

  /** Set, feed or remove a watchdog, which shuts the domain down when it is not fed in time. */
  public static final int SCHEDOP_watchdog = 6;

  /** Run on a given pCPU for a while. */
  public static final int SCHEDOP_pin_override = 7;
}
