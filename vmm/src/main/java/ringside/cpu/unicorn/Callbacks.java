package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.memory.Gpa;

/**
 * Callbacks of libunicorn in Java, one functional type for each shape of callback in unicorn.h.
 *
 * <p>A shape has one entry into Java for all processors of all machines, made once and never given
 * back: an entry for each processor would have to be compiled anew for each. User data tell whose
 * callback it is. Invariant: the callbacks can be reached until close. A callback must not throw:
 * the JVM would end.
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

  /**
   * What libunicorn is given.
   *
   * @param entry address of the function
   * @param user data for it; of MMIO less than a page, to be added to the page's address
   */
  record Entry(MemorySegment entry, long user) {}

  private static final MemoryLayout I = ValueLayout.JAVA_INT;
  private static final MemoryLayout L = ValueLayout.JAVA_LONG;
  private static final int MMIO_CALLBACKS = Gpa.PAGE_SIZE;

  /** All callbacks of a shape, and the entry that finds them. */
  private static final class Shape<T> {
    private final MemorySegment entry;
    private final int most;
    private volatile Object[] callbacks = new Object[16];

    Shape(String name, FunctionDescriptor type, int most) {
      this.most = most;
      try {
        MethodHandle handle =
            MethodHandles.lookup().findStatic(Callbacks.class, name, type.toMethodType());
        this.entry = Linker.nativeLinker().upcallStub(handle, type, Arena.global());
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }

    @SuppressWarnings("unchecked")
    T get(long user) {
      return (T) callbacks[(int) user];
    }

    /** Whoever looks for one that was there before may still use the array that is replaced. */
    synchronized Entry add(T callback) {
      int index = Arrays.asList(callbacks).indexOf(null);
      if (index < 0) {
        index = callbacks.length;
        callbacks = Arrays.copyOf(callbacks, 2 * index);
      }
      if (index >= most) {
        throw new IllegalStateException("more than " + most + " processors of libunicorn");
      }
      callbacks[index] = callback;
      return new Entry(entry, index);
    }

    synchronized void remove(long user) {
      callbacks[(int) user] = null;
    }
  }

  private static final Shape<Interrupt> INTERRUPT =
      new Shape<>("interrupt", FunctionDescriptor.ofVoid(L, I, L), Integer.MAX_VALUE);
  private static final Shape<Instruction> INSTRUCTION =
      new Shape<>("instruction", FunctionDescriptor.of(I, L, L), Integer.MAX_VALUE);
  private static final Shape<SystemCall> SYSTEM_CALL =
      new Shape<>("systemCall", FunctionDescriptor.ofVoid(L, L), Integer.MAX_VALUE);
  private static final Shape<In> IN =
      new Shape<>("in", FunctionDescriptor.of(I, L, I, I, L), Integer.MAX_VALUE);
  private static final Shape<Out> OUT =
      new Shape<>("out", FunctionDescriptor.ofVoid(L, I, I, I, L), Integer.MAX_VALUE);
  private static final Shape<Code> CODE =
      new Shape<>("code", FunctionDescriptor.ofVoid(L, L, I, L), Integer.MAX_VALUE);
  private static final Shape<Edge> EDGE =
      new Shape<>("edge", FunctionDescriptor.ofVoid(L, L, L, L), Integer.MAX_VALUE);
  private static final Shape<Memory> MEMORY =
      new Shape<>("memory", FunctionDescriptor.of(I, L, I, L, I, L, L), Integer.MAX_VALUE);
  private static final Shape<MmioRead> MMIO_READ =
      new Shape<>("mmioRead", FunctionDescriptor.of(L, L, L, I, L), MMIO_CALLBACKS);
  private static final Shape<MmioWrite> MMIO_WRITE =
      new Shape<>("mmioWrite", FunctionDescriptor.ofVoid(L, L, I, L, L), MMIO_CALLBACKS);

  private final List<Runnable> removals = new ArrayList<>();

  Entry interrupt(Interrupt callback) {
    return add(INTERRUPT, callback);
  }

  Entry instruction(Instruction callback) {
    return add(INSTRUCTION, callback);
  }

  Entry systemCall(SystemCall callback) {
    return add(SYSTEM_CALL, callback);
  }

  Entry in(In callback) {
    return add(IN, callback);
  }

  Entry out(Out callback) {
    return add(OUT, callback);
  }

  Entry code(Code callback) {
    return add(CODE, callback);
  }

  Entry edge(Edge callback) {
    return add(EDGE, callback);
  }

  Entry memory(Memory callback) {
    return add(MEMORY, callback);
  }

  Entry mmioRead(MmioRead callback) {
    return add(MMIO_READ, callback);
  }

  Entry mmioWrite(MmioWrite callback) {
    return add(MMIO_WRITE, callback);
  }

  private <T> Entry add(Shape<T> shape, T callback) {
    Entry entry = shape.add(callback);
    removals.add(() -> shape.remove(entry.user()));
    return entry;
  }

  // The entries.

  private static void interrupt(long uc, int vector, long user) {
    INTERRUPT.get(user).call(uc, vector, user);
  }

  private static int instruction(long uc, long user) {
    return INSTRUCTION.get(user).call(uc, user);
  }

  private static void systemCall(long uc, long user) {
    SYSTEM_CALL.get(user).call(uc, user);
  }

  private static int in(long uc, int port, int size, long user) {
    return IN.get(user).call(uc, port, size, user);
  }

  private static void out(long uc, int port, int size, int value, long user) {
    OUT.get(user).call(uc, port, size, value, user);
  }

  private static void code(long uc, long address, int size, long user) {
    CODE.get(user).call(uc, address, size, user);
  }

  private static void edge(long uc, long current, long previous, long user) {
    EDGE.get(user).call(uc, current, previous, user);
  }

  private static int memory(long uc, int type, long address, int size, long value, long user) {
    return MEMORY.get(user).call(uc, type, address, size, value, user);
  }

  private static long mmioRead(long uc, long offset, int size, long user) {
    long page = user & -Gpa.PAGE_SIZE;
    return MMIO_READ.get(user - page).call(uc, offset, size, page);
  }

  private static void mmioWrite(long uc, long offset, int size, long value, long user) {
    long page = user & -Gpa.PAGE_SIZE;
    MMIO_WRITE.get(user - page).call(uc, offset, size, value, page);
  }

  @Override
  public void close() {
    removals.forEach(Runnable::run);
    removals.clear();
  }
}
