package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct sched_remote_shutdown}. Argument of SCHEDOP_remote_shutdown. */
public final class SchedRemoteShutdown extends Snapshot {
  /** in domid_t, one of DOMID: the domain to be shut down. */
  public static final AbiOffset DOMAIN_ID = new AbiOffset("domain_id", 0, 0, 2, 2);

  /** in u32, one of SHUTDOWN. */
  public static final AbiOffset REASON = new AbiOffset("reason", 4, 4, 4, 4);

  private SchedRemoteShutdown(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static SchedRemoteShutdown of(byte[] bytes, Width width) {
    return new SchedRemoteShutdown(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static SchedRemoteShutdown of(byte[] bytes, int base, Width width) {
    return new SchedRemoteShutdown(bytes, base, width);
  }

  /** A structure of zeros. */
  public static SchedRemoteShutdown zero(Width width) {
    return new SchedRemoteShutdown(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "sched_remote_shutdown";
  }

  /** The domain to be shut down. */
  public int domainId() {
    return getU16(0);
  }

  /** Sets domain_id. */
  public void domainId(long value) {
    put16(0, value);
  }

  /** Gets reason. */
  public long reason() {
    return getU32(4);
  }

  /** Sets reason. */
  public void reason(long value) {
    put32(4, value);
  }
}
