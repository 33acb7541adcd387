package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct sched_poll}. Argument of SCHEDOP_poll. */
public final class SchedPoll extends Snapshot {
  /** in ptr(evtchn_port_t): the ports to wait for. */
  public static final AbiOffset PORTS = new AbiOffset("ports", 0, 0, 8, 4);

  /** in u32: how many, at most 128. */
  public static final AbiOffset NR_PORTS = new AbiOffset("nr_ports", 8, 4, 4, 4);

  /** in u64: system time in ns at which to give up; 0 is never. */
  public static final AbiOffset TIMEOUT = new AbiOffset("timeout", 16, 8, 8, 8);

  private SchedPoll(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 24 : 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static SchedPoll of(byte[] bytes, Width width) {
    return new SchedPoll(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static SchedPoll of(byte[] bytes, int base, Width width) {
    return new SchedPoll(bytes, base, width);
  }

  /** A structure of zeros. */
  public static SchedPoll zero(Width width) {
    return new SchedPoll(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "sched_poll";
  }

  /** The ports to wait for. */
  public long ports() {
    return getLong(0);
  }

  /** Sets ports. */
  public void ports(long value) {
    putLong(0, value);
  }

  /** How many, at most 128. */
  public long nrPorts() {
    return getU32(w64 ? 8 : 4);
  }

  /** Sets nr_ports. */
  public void nrPorts(long value) {
    put32(w64 ? 8 : 4, value);
  }

  /** System time in ns at which to give up; 0 is never. */
  public long timeout() {
    return get64(w64 ? 16 : 8);
  }

  /** Sets timeout. */
  public void timeout(long value) {
    put64(w64 ? 16 : 8, value);
  }
}
