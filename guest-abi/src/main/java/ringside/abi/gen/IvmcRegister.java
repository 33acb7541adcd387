package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_register}. Argument of IVMCOP_register. */
public final class IvmcRegister extends Snapshot {
  /** in char[16]: name of the service, NUL-padded. */
  public static final AbiOffset SERVICE = new AbiOffset("service", 0, 0, 16, 16);

  /** in u32, one of IVMC_ROLE. */
  public static final AbiOffset ROLE = new AbiOffset("role", 16, 16, 4, 4);

  /**
   * in grant_ref_t: of a client: its channel page (struct ivmc_channel), granted to the server; of
   * a server: ignored.
   */
  public static final AbiOffset CHANNEL_REF = new AbiOffset("channel_ref", 20, 20, 4, 4);

  /**
   * in u32: of a client: 1 for its first channel, greater each time it builds it anew; of a server:
   * ignored.
   */
  public static final AbiOffset EPOCH = new AbiOffset("epoch", 24, 24, 4, 4);

  /** out u32: of a client: its slot, the same each time; of a server: 0. */
  public static final AbiOffset SLOT = new AbiOffset("slot", 28, 28, 4, 4);

  /**
   * out evtchn_port_t: the caller's welcome port: it fires whenever a record of the other role
   * changes; the same each time.
   */
  public static final AbiOffset PORT = new AbiOffset("port", 32, 32, 4, 4);

  /** out u32: how often the server registered since the machine started. */
  public static final AbiOffset GENERATION = new AbiOffset("generation", 36, 36, 4, 4);

  private IvmcRegister(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 40;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcRegister of(byte[] bytes, Width width) {
    return new IvmcRegister(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcRegister of(byte[] bytes, int base, Width width) {
    return new IvmcRegister(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcRegister zero(Width width) {
    return new IvmcRegister(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_register";
  }

  /** Text up to its NUL. */
  public String service() {
    return getText(0, 16);
  }

  /** Sets the text and fills with zeros. */
  public void service(String text) {
    putText(0, 16, text);
  }

  /** Gets role. */
  public long role() {
    return getU32(16);
  }

  /** Sets role. */
  public void role(long value) {
    put32(16, value);
  }

  /**
   * Of a client: its channel page (struct ivmc_channel), granted to the server; of a server:
   * ignored.
   */
  public long channelRef() {
    return getU32(20);
  }

  /** Sets channel_ref. */
  public void channelRef(long value) {
    put32(20, value);
  }

  /**
   * Of a client: 1 for its first channel, greater each time it builds it anew; of a server:
   * ignored.
   */
  public long epoch() {
    return getU32(24);
  }

  /** Sets epoch. */
  public void epoch(long value) {
    put32(24, value);
  }

  /** Of a client: its slot, the same each time; of a server: 0. */
  public long slot() {
    return getU32(28);
  }

  /** Sets slot. */
  public void slot(long value) {
    put32(28, value);
  }

  /**
   * The caller's welcome port: it fires whenever a record of the other role changes; the same each
   * time.
   */
  public long port() {
    return getU32(32);
  }

  /** Sets port. */
  public void port(long value) {
    put32(32, value);
  }

  /** How often the server registered since the machine started. */
  public long generation() {
    return getU32(36);
  }

  /** Sets generation. */
  public void generation(long value) {
    put32(36, value);
  }
}
