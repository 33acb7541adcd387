package ringside.cpu.jvm.memory;

import jdk.internal.misc.Unsafe;

/**
 * Plain, ordered and atomic accesses to addresses of the host, at any alignment.
 *
 * <p>Invariant: every address comes from {@code GuestSpace.base() + gpa} with gpa below {@code
 * GuestSpace.SIZE}, where touching is always safe for the JVM, or from memory of the engine itself.
 *
 * <p>An internal class of the JDK, since it is the one way to memory that costs a single machine
 * instruction in compiled code however large the method is; needs {@code --add-exports
 * java.base/jdk.internal.misc=ALL-UNNAMED}. Loads acquire and stores release: what x86 promises
 * between processors, short of the order of a store before a later load, which it does not promise
 * either (Intel SDM volume 3, 9.2).
 */
public final class HostMemory {
  /** For translated code, whose instructions call it themselves. */
  public static final Unsafe UNSAFE = Unsafe.getUnsafe();

  private HostMemory() {}

  /** Little-endian value of 1, 2, 4 or 8 bytes, zero-extended. */
  public static long load(long host, int size) {
    return switch (size) {
      case 1 -> UNSAFE.getByteAcquire(null, host) & 0xff;
      case 2 -> UNSAFE.getShortAcquire(null, host) & 0xffff;
      case 4 -> UNSAFE.getIntAcquire(null, host) & 0xffff_ffffL;
      default -> UNSAFE.getLongAcquire(null, host);
    };
  }

  public static void store(long host, int size, long value) {
    switch (size) {
      case 1 -> UNSAFE.putByteRelease(null, host, (byte) value);
      case 2 -> UNSAFE.putShortRelease(null, host, (short) value);
      case 4 -> UNSAFE.putIntRelease(null, host, (int) value);
      default -> UNSAFE.putLongRelease(null, host, value);
    }
  }
}
