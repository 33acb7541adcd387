package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct physdev_map_pirq}. Argument of PHYSDEVOP_map_pirq. */
public final class PhysdevMapPirq extends Snapshot {
  /** in domid_t, one of DOMID: who gets the interrupt; DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in s32, one of MAP_PIRQ_TYPE. */
  public static final AbiOffset TYPE = new AbiOffset("type", 4, 4, 4, 4);

  /** in s32: the line, for MAP_PIRQ_TYPE_GSI. */
  public static final AbiOffset INDEX = new AbiOffset("index", 8, 8, 4, 4);

  /** inout s32: its number in the domain; in: negative chooses a free one. */
  public static final AbiOffset PIRQ = new AbiOffset("pirq", 12, 12, 4, 4);

  /** in s32: the device's bus, and its segment above. */
  public static final AbiOffset BUS = new AbiOffset("bus", 16, 16, 4, 4);

  /** in s32. */
  public static final AbiOffset DEVFN = new AbiOffset("devfn", 20, 20, 4, 4);

  /** inout s32: entry of the MSI-X table, or number of messages. */
  public static final AbiOffset ENTRY_NR = new AbiOffset("entry_nr", 24, 24, 4, 4);

  /** in u64: address of the MSI-X table; 0 for MSI. */
  public static final AbiOffset TABLE_BASE = new AbiOffset("table_base", 32, 28, 8, 8);

  private PhysdevMapPirq(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 40 : 36;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static PhysdevMapPirq of(byte[] bytes, Width width) {
    return new PhysdevMapPirq(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static PhysdevMapPirq of(byte[] bytes, int base, Width width) {
    return new PhysdevMapPirq(bytes, base, width);
  }

  /** A structure of zeros. */
  public static PhysdevMapPirq zero(Width width) {
    return new PhysdevMapPirq(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "physdev_map_pirq";
  }

  /** Who gets the interrupt; DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Gets type. */
  public int type() {
    return getS32(4);
  }

  /** Sets type. */
  public void type(long value) {
    put32(4, value);
  }

  /** The line, for MAP_PIRQ_TYPE_GSI. */
  public int index() {
    return getS32(8);
  }

  /** Sets index. */
  public void index(long value) {
    put32(8, value);
  }

  /** Its number in the domain; in: negative chooses a free one. */
  public int pirq() {
    return getS32(12);
  }

  /** Sets pirq. */
  public void pirq(long value) {
    put32(12, value);
  }

  /** The device's bus, and its segment above. */
  public int bus() {
    return getS32(16);
  }

  /** Sets bus. */
  public void bus(long value) {
    put32(16, value);
  }

  /** Gets devfn. */
  public int devfn() {
    return getS32(20);
  }

  /** Sets devfn. */
  public void devfn(long value) {
    put32(20, value);
  }

  /** Entry of the MSI-X table, or number of messages. */
  public int entryNr() {
    return getS32(24);
  }

  /** Sets entry_nr. */
  public void entryNr(long value) {
    put32(24, value);
  }

  /** Address of the MSI-X table; 0 for MSI. */
  public long tableBase() {
    return get64(w64 ? 32 : 28);
  }

  /** Sets table_base. */
  public void tableBase(long value) {
    put64(w64 ? 32 : 28, value);
  }
}
