package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The block hook that counts bytes of executed code in native machine code, since a call into Java
 * for every block would cost more than the block.
 *
 * <p>Invariant: a block that starts with nothing left stops the processor before its first
 * instruction and is not counted; any other block is counted whole as it starts.
 *
 * <p>This is also the only way to stop libunicorn inside {@code uc_emu_start} that leaves a known
 * RIP: once a code hook exists anywhere, it does not bring RIP up to date when {@code uc_emu_stop}
 * was called elsewhere. See {@link #hold} and {@link #next}.
 */
final class BudgetHook {
  // The user data of the hook: what is left, the stop function, address and size of the block that
  // was counted last, whether the hook stopped the processor, the block it did not let
  // start, where the live RFLAGS are while an interrupt window is awaited (the hidden flags are 40
  // bytes behind), and whether that window has opened.
  private static final long LEFT = 0;
  private static final long STOP = 8;
  private static final long BLOCK = 16;
  private static final long SIZE = 24;
  private static final long STOPPED = 32;
  private static final long NEXT = 40;
  private static final long FLAGS = 48;
  private static final long OPENED = 56;
  private static final long BYTES = 64;

  private static final String X86_64 =
      """
      89d0          mov  eax, edx
      48833900      cmp  qword [rcx], 0
      7e29          jle  stop
      4883793000    cmp  qword [rcx+48], 0
      750c          jne  window
      482901        count: sub  [rcx], rax
      48897110      mov  [rcx+16], rsi
      48894118      mov  [rcx+24], rax
      c3            ret
      4c8b4130      window: mov  r8, [rcx+48]
      41f6400102    test byte [r8+1], 2
      74e9          jz   count
      41f6402808    test byte [r8+40], 8
      75e2          jnz  count
      c6413801      mov  byte [rcx+56], 1
      c6412001      stop: mov byte [rcx+32], 1
      48897128      mov  [rcx+40], rsi
      488b4108      mov  rax, [rcx+8]
      ffe0          jmp  rax
      """;

  private static final String AARCH64 =
      """
      640040f9      ldr  x4, [x3]
      9f0000f1      cmp  x4, #0
      cd010054      b.le stop
      661840f9      ldr  x6, [x3, #48]
      c60000b5      cbnz x6, window
      844022cb      count: sub  x4, x4, w2, uxtw
      640000f9      str  x4, [x3]
      e503022a      mov  w5, w2
      611401a9      stp  x1, x5, [x3, #16]
      c0035fd6      ret
      c7044039      window: ldrb w7, [x6, #1]
      47ff0f36      tbz  w7, #1, count
      c7a04039      ldrb w7, [x6, #40]
      07ff1f37      tbnz w7, #3, count
      27008052      mov  w7, #1
      673800b9      str  w7, [x3, #56]
      25008052      stop: mov w5, #1
      652000b9      str  w5, [x3, #32]
      611400f9      str  x1, [x3, #40]
      650440f9      ldr  x5, [x3, #8]
      a0001fd6      br   x5
      """;

  private static MemorySegment code;

  private final MemorySegment data;
  private long held;
  private boolean holding;

  BudgetHook(Arena arena) {
    data = arena.allocate(BYTES, 8);
    data.set(ValueLayout.JAVA_LONG, STOP, Uc.stopFunction().address());
  }

  void install(long uc) {
    Uc.hook(uc, Uc.HOOK_BLOCK, code(), data.address(), 1, 0);
  }

  /** Ticks not spent yet. */
  long left() {
    return held + data.get(ValueLayout.JAVA_LONG, LEFT);
  }

  /** A new budget, none of it spent. */
  void grant(long ticks) {
    held = 0;
    holding = false;
    data.set(ValueLayout.JAVA_LONG, LEFT, ticks);
    data.set(ValueLayout.JAVA_INT, STOPPED, 0);
    settle();
  }

  /** Keeps what is left back, so that the next block stops the processor. */
  void hold() {
    held += data.get(ValueLayout.JAVA_LONG, LEFT);
    holding = true;
    data.set(ValueLayout.JAVA_LONG, LEFT, 0);
  }

  /** True when the hook has stopped the processor since the last {@link #release}. */
  boolean stopped() {
    return data.get(ValueLayout.JAVA_INT, STOPPED) != 0;
  }

  /** Linear address of the block that was to come next when the hook stopped the processor. */
  long next() {
    return data.get(ValueLayout.JAVA_LONG, NEXT);
  }

  /**
   * Also stops the processor before the first block that may be interrupted.
   *
   * @param flags address of the live RFLAGS, or 0 to end it
   */
  void awaitWindow(long flags) {
    data.set(ValueLayout.JAVA_LONG, FLAGS, flags);
  }

  /** True once after the processor was stopped because it may be interrupted. */
  boolean takeOpened() {
    boolean opened = data.get(ValueLayout.JAVA_INT, OPENED) != 0;
    data.set(ValueLayout.JAVA_INT, OPENED, 0);
    return opened;
  }

  /** Ends {@link #hold}. True when the budget was spent and stopped the processor. */
  boolean release() {
    boolean spent = stopped() && !holding;
    data.set(ValueLayout.JAVA_INT, STOPPED, 0);
    data.set(ValueLayout.JAVA_LONG, LEFT, left());
    held = 0;
    holding = false;
    return spent;
  }

  /** Linear address of the block that was counted last. */
  long block() {
    return data.get(ValueLayout.JAVA_LONG, BLOCK);
  }

  /** Its bytes; 0 when its end has been settled by {@link #settle}. */
  long size() {
    return data.get(ValueLayout.JAVA_LONG, SIZE);
  }

  /**
   * The last block was left before {@code next}, which was not executed: gives back what was
   * counted from there on.
   */
  void settle(long next) {
    long executed = next - block();
    if (executed >= 0 && executed < size()) {
      giveBack(size() - executed);
    }
    settle();
  }

  /** The last block was executed to its end. */
  void settle() {
    data.set(ValueLayout.JAVA_LONG, SIZE, 0);
  }

  private void giveBack(long ticks) {
    if (holding) {
      held += ticks;
    } else {
      data.set(ValueLayout.JAVA_LONG, LEFT, left() + ticks);
    }
  }

  /** The machine code in an executable page, made once for the process. */
  private static synchronized MemorySegment code() {
    if (code == null) {
      code = MachineCode.of(X86_64, AARCH64);
    }
    return code;
  }
}
