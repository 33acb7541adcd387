package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The calls of unicorn.h that are used, and nothing else. Pointers are longs. Numbers are those of
 * the headers of 2.1.
 *
 * <p>Calls that end in {@code critical} run no callback and return quickly.
 */
final class Uc {
  static final int HOOK_INTR = 1;
  static final int HOOK_INSN = 2;
  static final int HOOK_CODE = 4;
  static final int HOOK_BLOCK = 8;
  static final int HOOK_MEM_UNMAPPED = 0x10 | 0x20 | 0x40;
  static final int HOOK_MEM_WRITE_PROT = 0x100;
  static final int HOOK_INSN_INVALID = 0x4000;
  static final int HOOK_EDGE_GENERATED = 0x8000;

  static final int INSN_CPUID = 113;
  static final int INSN_IN = 218;
  static final int INSN_OUT = 500;
  static final int INSN_SYSCALL = 699;
  static final int INSN_SYSENTER = 700;

  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;
  static final int PROT_EXEC = 4;

  static final int REG_MSR = 248;
  static final int REG_IDTR = 242;
  static final int REG_GDTR = 243;
  static final int REG_TR = 245;

  private static final int ARCH_X86 = 4;
  private static final int MODE_64 = 8;
  private static final int CPU_QEMU64 = 0;
  private static final int CTL_CPU_MODEL = 0x4400_0007;
  private static final int CTL_USE_EXITS = 0x4400_0004;
  private static final int CTL_TB_REMOVE_CACHE = 0x4800_0009;
  private static final int CTL_TB_FLUSH = 0x4000_000a;
  private static final int CTL_TLB_FLUSH = 0x4000_000b;
  private static final int CTL_TCG_BUFFER_SIZE = 0x4400_000d;

  /**
   * Reserved address space for translated code, in bytes; committed as it is used. Flushing all
   * translations takes time in proportion to it: 0.4 ms for this much.
   */
  private static final int CODE_BUFFER = 4 << 20;

  private static final ValueLayout.OfInt I = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;
  private static final Linker.Option CRITICAL = Linker.Option.critical(false);

  private static final MethodHandle OPEN = bind("uc_open", I, I, I, L);
  private static final MethodHandle CLOSE = bind("uc_close", I, L);
  private static final MethodHandle EMU_START = bind("uc_emu_start", I, L, L, L, L, L);
  private static final MethodHandle EMU_STOP = critical("uc_emu_stop", I, L);
  private static final MethodHandle REG_READ = critical("uc_reg_read", I, L, I, L);
  private static final MethodHandle REG_WRITE = critical("uc_reg_write", I, L, I, L);
  private static final MethodHandle CONTEXT_SIZE = bind("uc_context_size", L, L);
  private static final MethodHandle CONTEXT_ALLOC = bind("uc_context_alloc", I, L, L);
  private static final MethodHandle CONTEXT_FREE = bind("uc_context_free", I, L);
  private static final MethodHandle CONTEXT_SAVE = critical("uc_context_save", I, L, L);
  private static final MethodHandle CONTEXT_RESTORE = critical("uc_context_restore", I, L, L);
  private static final MethodHandle MEM_MAP_PTR = bind("uc_mem_map_ptr", I, L, L, L, I, L);
  private static final MethodHandle MEM_UNMAP = bind("uc_mem_unmap", I, L, L, L);
  private static final MethodHandle MMIO_MAP = bind("uc_mmio_map", I, L, L, L, L, L, L, L);
  private static final MethodHandle HOOK_DEL = bind("uc_hook_del", I, L, L);
  private static final MethodHandle HOOK_ADD = variadic("uc_hook_add", 7, I, L, L, I, L, L, L, L);
  private static final MethodHandle HOOK_ADD_INSN =
      variadic("uc_hook_add", 7, I, L, L, I, L, L, L, L, I);
  private static final MethodHandle CTL_0 = variadic("uc_ctl", 2, I, L, I);
  private static final MethodHandle CTL_I = variadic("uc_ctl", 2, I, L, I, I);
  private static final MethodHandle CTL_LL = variadic("uc_ctl", 2, I, L, I, L, L);

  private Uc() {}

  /**
   * A 64-bit x86 instance of the qemu64 model: no RDRAND, no XSAVE, nothing that the hypervisor
   * would have to answer and cannot.
   *
   * <p>It has a list of exit addresses, empty for ever, instead of an {@code until} for each start:
   * libunicorn looks up the page of {@code until} when it stops, and the fault of that look-up
   * would linger as the exception in delivery.
   */
  static long open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(L);
      UcError.check((int) OPEN.invokeExact(ARCH_X86, MODE_64, out.address()), "uc_open");
      long uc = out.get(L, 0);
      UcError.check((int) CTL_I.invokeExact(uc, CTL_CPU_MODEL, CPU_QEMU64), "uc_ctl CPU_MODEL");
      UcError.check(
          (int) CTL_I.invokeExact(uc, CTL_TCG_BUFFER_SIZE, CODE_BUFFER), "uc_ctl TCG_BUFFER_SIZE");
      UcError.check((int) CTL_I.invokeExact(uc, CTL_USE_EXITS, 1), "uc_ctl USE_EXITS");
      return uc;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void close(long uc) {
    try {
      UcError.check((int) CLOSE.invokeExact(uc), "uc_close");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns the uc_err. */
  static int start(long uc, long begin) {
    try {
      return (int) EMU_START.invokeExact(uc, begin, 0L, 0L, 0L);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void stop(long uc) {
    try {
      UcError.check((int) EMU_STOP.invokeExact(uc), "uc_emu_stop");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void readRegister(long uc, int register, long into) {
    try {
      UcError.check((int) REG_READ.invokeExact(uc, register, into), "uc_reg_read");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void writeRegister(long uc, int register, long from) {
    try {
      UcError.check((int) REG_WRITE.invokeExact(uc, register, from), "uc_reg_write");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static long contextSize(long uc) {
    try {
      return (long) CONTEXT_SIZE.invokeExact(uc);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static long allocateContext(long uc) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(L);
      UcError.check((int) CONTEXT_ALLOC.invokeExact(uc, out.address()), "uc_context_alloc");
      return out.get(L, 0);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void freeContext(long context) {
    try {
      UcError.check((int) CONTEXT_FREE.invokeExact(context), "uc_context_free");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void saveContext(long uc, long context) {
    try {
      UcError.check((int) CONTEXT_SAVE.invokeExact(uc, context), "uc_context_save");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void restoreContext(long uc, long context) {
    try {
      UcError.check((int) CONTEXT_RESTORE.invokeExact(uc, context), "uc_context_restore");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void map(long uc, long gpa, long bytes, int protection, long host) {
    try {
      int error = (int) MEM_MAP_PTR.invokeExact(uc, gpa, bytes, protection, host);
      UcError.check(error, "uc_mem_map_ptr");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void unmap(long uc, long gpa, long bytes) {
    try {
      UcError.check((int) MEM_UNMAP.invokeExact(uc, gpa, bytes), "uc_mem_unmap");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** The gpa is handed to the callbacks as user data; their offset counts from it. */
  static void mapMmio(long uc, long gpa, long bytes, Callbacks.Entry read, Callbacks.Entry write) {
    try {
      long reader = read.entry().address();
      long writer = write.entry().address();
      int error =
          (int)
              MMIO_MAP.invokeExact(
                  uc, gpa, bytes, reader, gpa + read.user(), writer, gpa + write.user());
      UcError.check(error, "uc_mmio_map");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Adds a hook and returns its handle; begin beyond end means everywhere. */
  static long hook(long uc, int type, MemorySegment callback, long user, long begin, long end) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(L);
      int error =
          (int) HOOK_ADD.invokeExact(uc, out.address(), type, callback.address(), user, begin, end);
      UcError.check(error, "uc_hook_add");
      return out.get(L, 0);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void unhook(long uc, long handle) {
    try {
      UcError.check((int) HOOK_DEL.invokeExact(uc, handle), "uc_hook_del");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static long hook(long uc, int type, Callbacks.Entry callback, long begin, long end) {
    return hook(uc, type, callback.entry(), callback.user(), begin, end);
  }

  static void hook(long uc, int type, Callbacks.Entry callback) {
    hook(uc, type, callback, 1, 0);
  }

  static void hookInstruction(long uc, int instruction, Callbacks.Entry callback) {
    try (Arena arena = Arena.ofConfined()) {
      long out = arena.allocate(L).address();
      long entry = callback.entry().address();
      int error =
          (int)
              HOOK_ADD_INSN.invokeExact(
                  uc, out, HOOK_INSN, entry, callback.user(), 1L, 0L, instruction);
      UcError.check(error, "uc_hook_add");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Drops translations of linear addresses from begin to before end. */
  static void removeTranslations(long uc, long begin, long end) {
    try {
      int error = (int) CTL_LL.invokeExact(uc, CTL_TB_REMOVE_CACHE, begin, end);
      UcError.check(error, "uc_ctl TB_REMOVE_CACHE");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void flushTranslations(long uc) {
    try {
      UcError.check((int) CTL_0.invokeExact(uc, CTL_TB_FLUSH), "uc_ctl TB_FLUSH");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void flushTlb(long uc) {
    try {
      UcError.check((int) CTL_0.invokeExact(uc, CTL_TLB_FLUSH), "uc_ctl TLB_FLUSH");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static MemorySegment stopFunction() {
    return symbol("uc_emu_stop");
  }

  static RuntimeException rethrow(Throwable t) {
    return switch (t) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(t);
    };
  }

  private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle critical(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments), CRITICAL);
  }

  private static MethodHandle variadic(
      String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor type = FunctionDescriptor.of(result, arguments);
    return link(name, type, Linker.Option.firstVariadicArg(fixed));
  }

  private static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(symbol(name), type, options);
  }

  private static MemorySegment symbol(String name) {
    try {
      return UnicornLibrary.require().symbols().findOrThrow(name);
    } catch (UnicornUnavailable e) {
      throw new IllegalStateException("the engine asks for the library first", e);
    }
  }
}
