package ringside.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes, written little endian at its end. Reused, never shrunk. */
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array;
  private int size;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void u8(int value) {
    int at = room(1);
    array[at] = (byte) value;
  }

  void u16(int value) {
    int at = room(2);
    SHORT.set(array, at, (short) value);
  }

  void u32(int value) {
    int at = room(4);
    INT.set(array, at, value);
  }

  void u64(long value) {
    int at = room(8);
    LONG.set(array, at, value);
  }

  void bytes(byte[] source, int length) {
    int at = room(length);
    System.arraycopy(source, 0, array, at, length);
  }

  /** Length and bytes. */
  void text32(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    u32(utf8.length);
    bytes(utf8, utf8.length);
  }

  /** Makes room for so many bytes and returns where they begin; {@code array} may be a new one. */
  private int room(int length) {
    int at = size;
    size = Math.addExact(size, length);
    if (size > array.length) {
      array = Arrays.copyOf(array, Math.max(size, array.length * 2));
    }
    return at;
  }
}
