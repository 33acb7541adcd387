package ringside.trace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads forward through a part of a file and never past its end: what does not fit throws {@link
 * Bad} with the byte at which it was wanted.
 */
final class ItemCursor {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_ARRAY = 1 << 30;

  /** Bytes that are not what the format says. */
  static final class Bad extends Exception {
    private static final long serialVersionUID = 1;

    final long offset;

    Bad(long offset, String reason) {
      super(reason, null, false, false);
      this.offset = offset;
    }
  }

  private final MemorySegment file;
  private final long end;
  private long at;

  /** From {@code start} up to {@code end}, both within the file. */
  ItemCursor(MemorySegment file, long start, long end) {
    this.file = file;
    this.at = start;
    this.end = end;
  }

  long at() {
    return at;
  }

  long left() {
    return end - at;
  }

  int u8() throws Bad {
    return Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, take(1)));
  }

  int s16() throws Bad {
    return file.get(SHORT, take(2));
  }

  int u16() throws Bad {
    return Short.toUnsignedInt(file.get(SHORT, take(2)));
  }

  long u32() throws Bad {
    return Integer.toUnsignedLong(file.get(INT, take(4)));
  }

  long u64() throws Bad {
    return file.get(LONG, take(8));
  }

  byte[] bytes(long length) throws Bad {
    if (length > MAX_ARRAY) {
      throw new Bad(at, length + " bytes in one field");
    }
    long from = take(length);
    return file.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Text of so many bytes. */
  String text(long length) throws Bad {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  String text32() throws Bad {
    return text(u32());
  }

  private long take(long length) throws Bad {
    if (length > end - at) {
      throw new Bad(at, length + " bytes wanted where " + (end - at) + " are left");
    }
    long from = at;
    at += length;
    return from;
  }
}
