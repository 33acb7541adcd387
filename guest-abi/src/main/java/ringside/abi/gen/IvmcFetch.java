package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct ivmc_fetch}. Argument of IVMCOP_fetch. */
public final class IvmcFetch extends Snapshot {
  /** in char[16]: name of the service, NUL-padded. */
  public static final AbiOffset SERVICE = new AbiOffset("service", 0, 0, 16, 16);

  /** in u32, one of IVMC_ROLE. */
  public static final AbiOffset ROLE = new AbiOffset("role", 16, 16, 4, 4);

  /** inout u32: in: where to begin looking, for clients; out: the slot of the record. */
  public static final AbiOffset SLOT = new AbiOffset("slot", 20, 20, 4, 4);

  /** out domid_t, one of DOMID: who registered. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 24, 24, 2, 2);

  /**
   * out u16: of a client: which unit of the service the system description gives it, from 1; of a
   * server: 0.
   */
  public static final AbiOffset UNIT = new AbiOffset("unit", 26, 26, 2, 2);

  /** out grant_ref_t: as registered. */
  public static final AbiOffset CHANNEL_REF = new AbiOffset("channel_ref", 28, 28, 4, 4);

  /** out u32: as registered. */
  public static final AbiOffset EPOCH = new AbiOffset("epoch", 32, 32, 4, 4);

  /** out u32: how often the server registered since the machine started. */
  public static final AbiOffset GENERATION = new AbiOffset("generation", 36, 36, 4, 4);

  /**
   * out u32: whom the system description says that the domain's programs are; it cannot say so
   * itself.
   */
  public static final AbiOffset UID = new AbiOffset("uid", 40, 40, 4, 4);

  /** out u32: and of which group. */
  public static final AbiOffset GID = new AbiOffset("gid", 44, 44, 4, 4);

  /**
   * out u32: counts registrations; a record whose serial is another is another one, though all else
   * be the same: its domain was built anew.
   */
  public static final AbiOffset SERIAL = new AbiOffset("serial", 48, 48, 4, 4);

  private IvmcFetch(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 52;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcFetch of(byte[] bytes, Width width) {
    return new IvmcFetch(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcFetch of(byte[] bytes, int base, Width width) {
    return new IvmcFetch(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcFetch zero(Width width) {
    return new IvmcFetch(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_fetch";
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

  /** In: where to begin looking, for clients; out: the slot of the record. */
  public long slot() {
    return getU32(20);
  }

  /** Sets slot. */
  public void slot(long value) {
    put32(20, value);
  }

  /** Who registered. */
  public int domid() {
    return getU16(24);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(24, value);
  }

  /**
   * Of a client: which unit of the service the system description gives it, from 1; of a server: 0.
   */
  public int unit() {
    return getU16(26);
  }

  /** Sets unit. */
  public void unit(long value) {
    put16(26, value);
  }

  /** As registered. */
  public long channelRef() {
    return getU32(28);
  }

  /** Sets channel_ref. */
  public void channelRef(long value) {
    put32(28, value);
  }

  /** As registered. */
  public long epoch() {
    return getU32(32);
  }

  /** Sets epoch. */
  public void epoch(long value) {
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

  /** Whom the system description says that the domain's programs are; it cannot say so itself. */
  public long uid() {
    return getU32(40);
  }

  /** Sets uid. */
  public void uid(long value) {
    put32(40, value);
  }

  /** And of which group. */
  public long gid() {
    return getU32(44);
  }

  /** Sets gid. */
  public void gid(long value) {
    put32(44, value);
  }

  /**
   * Counts registrations; a record whose serial is another is another one, though all else be the
   * same: its domain was built anew.
   */
  public long serial() {
    return getU32(48);
  }

  /** Sets serial. */
  public void serial(long value) {
    put32(48, value);
  }
}
