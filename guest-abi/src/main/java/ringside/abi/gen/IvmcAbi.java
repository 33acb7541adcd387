package ringside.abi.gen;

/**
 * The IVMC registry: how the two ends of a channel between domains find each other. Generated from
 * ivmc.abi.
 */
public final class IvmcAbi {
  private IvmcAbi() {}

  // IVMC_ROLE: Which end of a service a record is about.

  /** The domain that provides the service. */
  public static final int IVMC_SERVER = 0;

  /** A domain that uses it. */
  public static final int IVMC_CLIENT = 1;

  // IVMC_LIMITS: Bounds of the registry.

  /** Longest name of a service, with its NUL. */
  public static final int IVMC_SERVICE_BYTES = 16;

  /** Clients that one service can have registered. */
  public static final int IVMC_MAX_CLIENTS = 16;

  // IVMCOP: Operations of ivmc_op.

  /**
   * Enter or replace the caller's record, and notify the other role. The record goes when the
   * domain stops, and the other role is notified again. With the server's go all its clients'
   * records, since their channels are void: they build them anew and register with a greater epoch.
   */
  public static final int IVMCOP_register = 0;

  /** Read the server's record, or the first client's record at or after a slot. */
  public static final int IVMCOP_fetch = 1;

  /**
   * Ask whether a client of the caller is in turn the server of another domain, in whatever
   * service: whether it may name that domain's memory.
   */
  public static final int IVMCOP_serves = 2;
}
