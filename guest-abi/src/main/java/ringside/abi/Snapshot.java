package ringside.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A structure over bytes that are no longer (or not yet) the guest's: read once, then validated,
 * changed, and written back. The generated classes of {@code ringside.abi.gen} extend it.
 *
 * <p>Unsigned fields come zero-extended: u8 and u16 as int, all wider ones as long. A setter keeps
 * the lower bits of its argument.
 */
public abstract class Snapshot {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  /** The bytes; the structure begins at {@link #base}. */
  protected final byte[] bytes;

  /** Index of the structure's first byte. */
  protected final int base;

  /** True for the 64-bit layout. */
  protected final boolean w64;

  protected Snapshot(byte[] bytes, int base, Width width, int size) {
    if (base < 0 || base > bytes.length - size) {
      throw new IllegalArgumentException(
          "a structure of " + size + " bytes at " + base + " in " + bytes.length);
    }
    this.bytes = bytes;
    this.base = base;
    this.w64 = width == Width.W64;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** The array the structure lies in, not a copy. */
  public final byte[] bytes() {
    return bytes;
  }

  /** The layout. */
  public final Width width() {
    return w64 ? Width.W64 : Width.W32;
  }

  /** The structure's name in the table. */
  public abstract String structName();

  @Override
  public final String toString() {
    byte[] own = Arrays.copyOfRange(bytes, base, bytes.length);
    return structName() + Abi.xen().decode(structName(), width(), own);
  }

  protected final int getU8(int at) {
    return bytes[base + at] & 0xff;
  }

  protected final int getS8(int at) {
    return bytes[base + at];
  }

  protected final void put8(int at, long value) {
    bytes[base + at] = (byte) value;
  }

  protected final int getU16(int at) {
    return (short) SHORT.get(bytes, base + at) & 0xffff;
  }

  protected final int getS16(int at) {
    return (short) SHORT.get(bytes, base + at);
  }

  protected final void put16(int at, long value) {
    SHORT.set(bytes, base + at, (short) value);
  }

  protected final long getU32(int at) {
    return (int) INT.get(bytes, base + at) & 0xffff_ffffL;
  }

  protected final int getS32(int at) {
    return (int) INT.get(bytes, base + at);
  }

  protected final void put32(int at, long value) {
    INT.set(bytes, base + at, (int) value);
  }

  protected final long get64(int at) {
    return (long) LONG.get(bytes, base + at);
  }

  protected final void put64(int at, long value) {
    LONG.set(bytes, base + at, value);
  }

  protected final long getLong(int at) {
    return w64 ? get64(at) : getU32(at);
  }

  protected final void putLong(int at, long value) {
    if (w64) {
      put64(at, value);
    } else {
      put32(at, value);
    }
  }

  /** Text up to its NUL or the field's end. */
  protected final String getText(int at, int length) {
    int end = base + at;
    while (end < base + at + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, base + at, end - base - at, StandardCharsets.ISO_8859_1);
  }

  /** Writes text and fills the rest with zeros; the text must leave room for one. */
  protected final void putText(int at, int length, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
    if (encoded.length >= length) {
      throw new IllegalArgumentException("text of " + encoded.length + " bytes for " + length);
    }
    Arrays.fill(bytes, base + at, base + at + length, (byte) 0);
    System.arraycopy(encoded, 0, bytes, base + at, encoded.length);
  }

  /** The offset of an element. */
  protected static int element(int at, int index, int count, int step) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index);
    }
    return at + index * step;
  }
}
