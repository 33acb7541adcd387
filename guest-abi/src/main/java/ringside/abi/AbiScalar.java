package ringside.abi;

import java.util.Locale;

/** An integer. Its name in the table is the lower-case name of the constant. */
public enum AbiScalar implements AbiType {
  U8(1, false),
  U16(2, false),
  U32(4, false),
  U64(8, false),
  S8(1, true),
  S16(2, true),
  S32(4, true),
  S64(8, true),
  /** A byte of text. */
  CHAR(1, false),
  /** Xen's xen_ulong_t and xen_pfn_t: 8 or 4 bytes. */
  ULONG(0, false);

  private final int bytes;
  private final boolean signed;

  AbiScalar(int bytes, boolean signed) {
    this.bytes = bytes;
    this.signed = signed;
  }

  @Override
  public int size(Width width) {
    return this == ULONG ? width.longBytes() : bytes;
  }

  @Override
  public int align(Width width) {
    return Math.min(size(width), width.maxAlign());
  }

  public boolean signed() {
    return signed;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
