package ringside.cpu.unicorn;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A few instructions of our own for the host's processor, each in a page of its own that is
 * readable and executable. Never unmapped: there are two of them in a process.
 *
 * <p>The ones for aarch64 have been assembled, not run.
 */
final class MachineCode {
  private static final int READ_WRITE = 3;
  private static final int READ_EXECUTE = 5;
  private static final int PRIVATE_ANONYMOUS = 0x22;
  private static final long SIZE = 4096;
  private static final ValueLayout.OfInt I = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;

  private MachineCode() {}

  /** The listing for this host: on each line the bytes in hexadecimal, a blank, the instruction. */
  static MemorySegment of(String x86, String aarch64) {
    String host = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return page(
        switch (host) {
          case "amd64", "x86_64" -> bytes(x86);
          case "aarch64" -> bytes(aarch64);
          default -> throw new IllegalStateException("no machine code for a host with " + host);
        });
  }

  private static byte[] bytes(String listing) {
    ByteBuffer bytes = ByteBuffer.allocate(listing.length());
    listing
        .lines()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .forEach(hex -> bytes.put(HexFormat.of().parseHex(hex)));
    byte[] machineCode = new byte[bytes.position()];
    bytes.flip().get(machineCode);
    return machineCode;
  }

  /** mmap and mprotect of the host; constants are Linux's. */
  private static MemorySegment page(byte[] machineCode) {
    try {
      long page =
          (long)
              bind("mmap", FunctionDescriptor.of(L, L, L, I, I, I, L))
                  .invokeExact(0L, SIZE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
      if (page == -1) {
        throw new IllegalStateException("the host gives no page for machine code");
      }
      MemorySegment memory = MemorySegment.ofAddress(page).reinterpret(SIZE);
      MemorySegment.copy(machineCode, 0, memory, ValueLayout.JAVA_BYTE, 0, machineCode.length);
      int error =
          (int)
              bind("mprotect", FunctionDescriptor.of(I, L, L, I))
                  .invokeExact(page, SIZE, READ_EXECUTE);
      if (error != 0) {
        throw new IllegalStateException("the host forbids machine code of our own");
      }
      return memory;
    } catch (Throwable t) {
      throw Uc.rethrow(t);
    }
  }

  private static MethodHandle bind(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }
}
