package ringside.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The four system calls of the host that guest memory is made of: memfd_create, ftruncate, mmap,
 * fallocate (and munmap, close). Constants are Linux's. A failed call throws with errno.
 */
final class Host {
  static final int PROT_NONE = 0;
  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;
  static final int MAP_SHARED = 1;
  static final int MAP_PRIVATE = 2;
  static final int MAP_FIXED = 0x10;
  static final int MAP_ANONYMOUS = 0x20;
  static final int MAP_NORESERVE = 0x4000;
  private static final int FALLOC_KEEP_SIZE_PUNCH_HOLE = 3;
  private static final int MFD_CLOEXEC = 1;

  private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle MEMFD_CREATE =
      bind("memfd_create", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle FTRUNCATE =
      bind("ftruncate", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
  private static final MethodHandle FALLOCATE =
      bind(
          "fallocate",
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG);
  private static final MethodHandle MMAP =
      bind(
          "mmap",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG);
  private static final MethodHandle MUNMAP =
      bind("munmap", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
  private static final MethodHandle CLOSE =
      bind("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  private Host() {}

  static int memfdCreate(String name, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      int fd = (int) MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name), MFD_CLOEXEC);
      check(fd, "memfd_create", state);
      check((int) FTRUNCATE.invokeExact(state, fd, bytes), "ftruncate", state);
      return fd;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Maps and returns the host address. */
  static long mmap(long address, long bytes, int protection, int flags, int fd, long offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      long mapped = (long) MMAP.invokeExact(state, address, bytes, protection, flags, fd, offset);
      check(mapped == -1 ? -1 : 0, "mmap", state);
      return mapped;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void munmap(long address, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      check((int) MUNMAP.invokeExact(state, address, bytes), "munmap", state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Gives the bytes back to the host; they read as zero afterwards, through every mapping. */
  static void punchHole(int fd, long offset, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      int rc = (int) FALLOCATE.invokeExact(state, fd, FALLOC_KEEP_SIZE_PUNCH_HOLE, offset, bytes);
      check(rc, "fallocate", state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      check((int) CLOSE.invokeExact(state, fd), "close", state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static void check(int rc, String call, MemorySegment state) {
    if (rc < 0) {
      throw new IllegalStateException(
          "host " + call + " failed with errno " + (int) ERRNO.get(state, 0L));
    }
  }

  private static RuntimeException rethrow(Throwable t) {
    return switch (t) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(t);
    };
  }
}
