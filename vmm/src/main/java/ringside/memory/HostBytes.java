package ringside.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.internal.misc.Unsafe;

/**
 * Little-endian access to host addresses that are known to be mapped: what {@link GuestSpace} and
 * {@link Frame} stand on after they have checked. Nobody else gets at raw addresses.
 *
 * <p>Invariant: arrays are checked here, addresses never.
 *
 * <p>By an internal class of the JDK, as {@code cpu.jvm} uses it: an access of a {@link
 * MemorySegment} is ten calls deep, too deep for HotSpot to inline where a hypercall or a device
 * makes it. Hosts are little-endian.
 */
final class HostBytes {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  static {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new ExceptionInInitializerError("guests are little-endian, and so must the host be");
    }
  }

  private HostBytes() {}

  static void read(long host, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    UNSAFE.copyMemory(null, host, into, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, length);
  }

  static void write(long host, byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    UNSAFE.copyMemory(from, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, null, host, length);
  }

  static void fill(long host, long length, int value) {
    UNSAFE.setMemory(host, length, (byte) value);
  }

  static ByteBuffer buffer(long host, int length) {
    return ALL.asSlice(host, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  static int u8(long host) {
    return UNSAFE.getByte(host) & 0xff;
  }

  static void u8(long host, int value) {
    UNSAFE.putByte(host, (byte) value);
  }

  static int u16(long host) {
    return UNSAFE.getShort(host) & 0xffff;
  }

  static void u16(long host, int value) {
    UNSAFE.putShort(host, (short) value);
  }

  static int u32(long host) {
    return UNSAFE.getInt(host);
  }

  static void u32(long host, int value) {
    UNSAFE.putInt(host, value);
  }

  static long u64(long host) {
    return UNSAFE.getLong(host);
  }

  static void u64(long host, long value) {
    UNSAFE.putLong(host, value);
  }

  // Atomic against all vCPUs; Frame sees to it that the address is aligned.

  static int volatileU32(long host) {
    return UNSAFE.getIntVolatile(null, host);
  }

  static void volatileU32(long host, int value) {
    UNSAFE.putIntVolatile(null, host, value);
  }

  /** Seen by others after everything that was stored before. */
  static void releaseU32(long host, int value) {
    UNSAFE.putIntRelease(null, host, value);
  }

  static int orU32(long host, int bits) {
    return UNSAFE.getAndBitwiseOrInt(null, host, bits);
  }

  static int andU32(long host, int mask) {
    return UNSAFE.getAndBitwiseAndInt(null, host, mask);
  }

  static boolean compareAndSetU32(long host, int expected, int value) {
    return UNSAFE.compareAndSetInt(null, host, expected, value);
  }
}
