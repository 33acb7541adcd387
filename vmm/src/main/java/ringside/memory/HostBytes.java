package ringside.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Little-endian access to host addresses that are known to be mapped: what {@link GuestSpace} and
 * {@link Frame} stand on after they have checked. Nobody else gets at raw addresses.
 */
final class HostBytes {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ATOMIC_U32 =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle ATOMIC_U64 =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private HostBytes() {}

  static void read(long host, byte[] into, int offset, int length) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, host, into, offset, length);
  }

  static void write(long host, byte[] from, int offset, int length) {
    MemorySegment.copy(from, offset, ALL, ValueLayout.JAVA_BYTE, host, length);
  }

  static void fill(long host, long length, int value) {
    ALL.asSlice(host, length).fill((byte) value);
  }

  static ByteBuffer buffer(long host, int length) {
    return ALL.asSlice(host, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  static int u8(long host) {
    return ALL.get(ValueLayout.JAVA_BYTE, host) & 0xff;
  }

  static void u8(long host, int value) {
    ALL.set(ValueLayout.JAVA_BYTE, host, (byte) value);
  }

  static int u16(long host) {
    return ALL.get(U16, host) & 0xffff;
  }

  static void u16(long host, int value) {
    ALL.set(U16, host, (short) value);
  }

  static int u32(long host) {
    return ALL.get(U32, host);
  }

  static void u32(long host, int value) {
    ALL.set(U32, host, value);
  }

  static long u64(long host) {
    return ALL.get(U64, host);
  }

  static void u64(long host, long value) {
    ALL.set(U64, host, value);
  }

  // Atomic against all vCPUs; the address must be aligned to the size.

  static int volatileU32(long host) {
    return (int) ATOMIC_U32.getVolatile(ALL, host);
  }

  static void volatileU32(long host, int value) {
    ATOMIC_U32.setVolatile(ALL, host, value);
  }

  /** Seen by others after everything that was stored before. */
  static void releaseU32(long host, int value) {
    ATOMIC_U32.setRelease(ALL, host, value);
  }

  static int orU32(long host, int bits) {
    return (int) ATOMIC_U32.getAndBitwiseOr(ALL, host, bits);
  }

  static int andU32(long host, int mask) {
    return (int) ATOMIC_U32.getAndBitwiseAnd(ALL, host, mask);
  }

  static boolean compareAndSetU32(long host, int expected, int value) {
    return ATOMIC_U32.compareAndSet(ALL, host, expected, value);
  }

  static long orU64(long host, long bits) {
    return (long) ATOMIC_U64.getAndBitwiseOr(ALL, host, bits);
  }
}
