package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_dump_table}. Argument of GNTTABOP_dump_table. */
public final class GnttabDumpTable extends Snapshot {
  /** in domid_t, one of DOMID. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 2, 2, 2, 2);

  private GnttabDumpTable(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabDumpTable of(byte[] bytes, Width width) {
    return new GnttabDumpTable(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabDumpTable of(byte[] bytes, int base, Width width) {
    return new GnttabDumpTable(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabDumpTable zero(Width width) {
    return new GnttabDumpTable(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_dump_table";
  }

  /** Gets dom. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(2);
  }

  /** Sets status. */
  public void status(long value) {
    put16(2, value);
  }
}
