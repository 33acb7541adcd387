package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Entries from libunicorn into Java, one functional type for each shape of callback in unicorn.h.
 * Invariant: the entries live until close. A callback must not throw: the JVM would end.
 */
final class Callbacks implements AutoCloseable {
  /** uc_cb_hookintr_t. */
  @FunctionalInterface
  interface Interrupt {
    void call(long uc, int vector, long user);
  }

  /** uc_cb_hookinsn_invalid_t and the hooks of CPUID; returns a bool or an int. */
  @FunctionalInterface
  interface Instruction {
    int call(long uc, long user);
  }

  /** uc_cb_insn_syscall_t. */
  @FunctionalInterface
  interface SystemCall {
    void call(long uc, long user);
  }

  /** uc_cb_insn_in_t. */
  @FunctionalInterface
  interface In {
    int call(long uc, int port, int size, long user);
  }

  /** uc_cb_insn_out_t. */
  @FunctionalInterface
  interface Out {
    void call(long uc, int port, int size, int value, long user);
  }

  /** uc_cb_hookcode_t. */
  @FunctionalInterface
  interface Code {
    void call(long uc, long address, int size, long user);
  }

  /** uc_hook_edge_gen_t: pointers to uc_tb. */
  @FunctionalInterface
  interface Edge {
    void call(long uc, long current, long previous, long user);
  }

  /** uc_cb_eventmem_t; returns a bool. */
  @FunctionalInterface
  interface Memory {
    int call(long uc, int type, long address, int size, long value, long user);
  }

  /** uc_cb_mmio_read_t. */
  @FunctionalInterface
  interface MmioRead {
    long call(long uc, long offset, int size, long user);
  }

  /** uc_cb_mmio_write_t. */
  @FunctionalInterface
  interface MmioWrite {
    void call(long uc, long offset, int size, long value, long user);
  }

  private static final MemoryLayout I = ValueLayout.JAVA_INT;
  private static final MemoryLayout L = ValueLayout.JAVA_LONG;

  private static final MethodHandle INTERRUPT =
      find(Interrupt.class, void.class, long.class, int.class, long.class);
  private static final MethodHandle INSTRUCTION =
      find(Instruction.class, int.class, long.class, long.class);
  private static final MethodHandle SYSTEM_CALL =
      find(SystemCall.class, void.class, long.class, long.class);
  private static final MethodHandle IN =
      find(In.class, int.class, long.class, int.class, int.class, long.class);
  private static final MethodHandle OUT =
      find(Out.class, void.class, long.class, int.class, int.class, int.class, long.class);
  private static final MethodHandle CODE =
      find(Code.class, void.class, long.class, long.class, int.class, long.class);
  private static final MethodHandle EDGE =
      find(Edge.class, void.class, long.class, long.class, long.class, long.class);
  private static final MethodHandle MEMORY =
      find(
          Memory.class,
          int.class,
          long.class,
          int.class,
          long.class,
          int.class,
          long.class,
          long.class);
  private static final MethodHandle MMIO_READ =
      find(MmioRead.class, long.class, long.class, long.class, int.class, long.class);
  private static final MethodHandle MMIO_WRITE =
      find(MmioWrite.class, void.class, long.class, long.class, int.class, long.class, long.class);

  private final Arena arena = Arena.ofShared();

  MemorySegment interrupt(Interrupt callback) {
    return entry(INTERRUPT.bindTo(callback), FunctionDescriptor.ofVoid(L, I, L));
  }

  MemorySegment instruction(Instruction callback) {
    return entry(INSTRUCTION.bindTo(callback), FunctionDescriptor.of(I, L, L));
  }

  MemorySegment systemCall(SystemCall callback) {
    return entry(SYSTEM_CALL.bindTo(callback), FunctionDescriptor.ofVoid(L, L));
  }

  MemorySegment in(In callback) {
    return entry(IN.bindTo(callback), FunctionDescriptor.of(I, L, I, I, L));
  }

  MemorySegment out(Out callback) {
    return entry(OUT.bindTo(callback), FunctionDescriptor.ofVoid(L, I, I, I, L));
  }

  MemorySegment code(Code callback) {
    return entry(CODE.bindTo(callback), FunctionDescriptor.ofVoid(L, L, I, L));
  }

  MemorySegment edge(Edge callback) {
    return entry(EDGE.bindTo(callback), FunctionDescriptor.ofVoid(L, L, L, L));
  }

  MemorySegment memory(Memory callback) {
    return entry(MEMORY.bindTo(callback), FunctionDescriptor.of(I, L, I, L, I, L, L));
  }

  MemorySegment mmioRead(MmioRead callback) {
    return entry(MMIO_READ.bindTo(callback), FunctionDescriptor.of(L, L, L, I, L));
  }

  MemorySegment mmioWrite(MmioWrite callback) {
    return entry(MMIO_WRITE.bindTo(callback), FunctionDescriptor.ofVoid(L, L, I, L, L));
  }

  private MemorySegment entry(MethodHandle callback, FunctionDescriptor type) {
    return Linker.nativeLinker().upcallStub(callback, type, arena);
  }

  private static MethodHandle find(Class<?> shape, Class<?> result, Class<?>... arguments) {
    try {
      return MethodHandles.lookup()
          .findVirtual(shape, "call", MethodType.methodType(result, arguments));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
