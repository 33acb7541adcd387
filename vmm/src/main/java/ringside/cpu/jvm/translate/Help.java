package ringside.cpu.jvm.translate;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.CpuFault;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Interpreter;
import ringside.cpu.jvm.memory.Deopt;
import ringside.cpu.jvm.ops.Ports;
import ringside.cpu.x86.Insn;

/** What translated code calls where bytecode would be long. All methods are small: C2 inlines. */
public final class Help {
  private Help() {}

  /**
   * Executes an instruction with the interpreter's semantics; all registers are in the core.
   *
   * @param ticks of the core before the instruction
   * @return true when the region has to be left at once: registers, RIP and ticks are the core's
   * @throws ringside.cpu.jvm.CpuFault when it could not be done
   */
  public static boolean callOut(Core c, Insn i, long rip, long ticks) {
    c.rip = rip;
    c.ticks = ticks;
    Interpreter.execute(c, i);
    return c.exitRequested || c.codeChanged;
  }

  /**
   * As {@link #callOut}, of a hypercall: the processor may be another than before.
   *
   * @param rest ticks behind the instruction, up to where the budget is looked at again
   */
  public static boolean hypercall(Core c, Insn i, long rip, long ticks, int rest) {
    long after = rip + i.length & (c.long64() ? -1 : 0xffff_ffffL);
    long stamp = c.stamp();
    c.rip = rip;
    c.next = after;
    c.ticks = ticks + i.length;
    c.shadow = false;
    c.executing = true;
    try {
      Ports.hypercall(c);
    } finally {
      c.executing = false;
    }
    c.rip = c.next;
    return leave(c, after, rest) || c.stamp() != stamp;
  }

  private static boolean leave(Core c, long after, int rest) {
    return c.exitRequested
        || c.codeChanged
        || c.rip != after
        || c.ticks + rest > c.ticksEnd
        || c.halted;
  }

  /**
   * As {@link #hypercall}, of a repeated string: many ticks may have passed. A fault behind some
   * iterations comes out of the interpreter, which executes the next one.
   *
   * @param rest ticks behind the instruction, up to where the budget is looked at again
   */
  public static boolean longCallOut(Core c, Insn i, long rip, long ticks, int rest) {
    c.rip = rip;
    c.ticks = ticks;
    long stamp = c.stamp();
    try {
      Interpreter.execute(c, i);
    } catch (CpuFault fault) {
      if (c.ticks == ticks) {
        throw fault;
      }
      return true;
    }
    return leave(c, rip + i.length, rest) || c.stamp() != stamp;
  }

  /**
   * At the head of a loop, whose ways have been paid for: leaves the region when they could not be.
   *
   * <p>A method, and not a branch in the region: HotSpot takes a branch that it has never seen
   * taken for one that never will be, and throws the compiled code away when it is. What it has
   * seen is kept by method; so all regions know that budgets end.
   */
  public static void spend(int left) {
    if (left < 0) {
      throw Deopt.INSTANCE;
    }
  }

  /** As {@link #spend}, of an entry's block; there may be too little left by intention. */
  public static void spendAnew(int left, int fresh) {
    if (left < 0 || left < fresh) {
      throw Deopt.INSTANCE;
    }
  }

  /** Not 0 when a signed product does not fit into the size. */
  public static long overflow(long x, long y, long low, int size) {
    return switch (size) {
      case 8 -> Math.multiplyHigh(x, y) ^ low >> 63;
      case 4 -> low ^ (int) low;
      default -> low ^ (short) low;
    };
  }

  /** Not 0 when the high half of an unsigned product says something. */
  public static long significant(long low, long high, int size) {
    return high;
  }

  /** As {@link #significant} of a signed product. */
  public static long significantSigned(long low, long high, int size) {
    return size == 8 ? high ^ low >> 63 : low ^ (int) low;
  }

  /** Quotient of EDX:EAX. */
  public static long divide32(long rdx, long rax, long divisor) {
    long dividend = rdx << 32 | rax & 0xffff_ffffL;
    if (Long.compareUnsigned(rdx & 0xffff_ffffL, divisor) >= 0) {
      throw Deopt.INSTANCE;
    }
    return dividend >= 0 ? dividend / divisor : Long.divideUnsigned(dividend, divisor);
  }

  /** Quotient of RDX:RAX, where RDX is 0. */
  public static long divide64(long rdx, long rax, long divisor) {
    if (rdx != 0 || divisor == 0) {
      throw Deopt.INSTANCE;
    }
    return Long.divideUnsigned(rax, divisor);
  }

  public static long divideSigned32(long rdx, long rax, long divisor) {
    long dividend = rdx << 32 | rax & 0xffff_ffffL;
    if (divisor == 0 || dividend == Long.MIN_VALUE) {
      throw Deopt.INSTANCE;
    }
    long quotient = dividend / divisor;
    if (quotient != (int) quotient) {
      throw Deopt.INSTANCE;
    }
    return quotient;
  }

  /** Quotient of RDX:RAX, where RDX is but the sign of RAX. */
  public static long divideSigned64(long rdx, long rax, long divisor) {
    if (rdx != rax >> 63 || divisor == 0 || rax == Long.MIN_VALUE && divisor == -1) {
      throw Deopt.INSTANCE;
    }
    return rax / divisor;
  }

  /** Flags after ROL, of the result. */
  public static int rolFlags(int bits, long result, int size) {
    int low = (int) result & 1;
    int high = (int) (result >>> 8 * size - 1) & 1;
    return bits & ~(Flags.CF | Flags.OF) | low | (low ^ high) * Flags.OF;
  }

  public static int rorFlags(int bits, long result, int size) {
    int high = (int) (result >>> 8 * size - 1) & 1;
    int next = (int) (result >>> 8 * size - 2) & 1;
    return bits & ~(Flags.CF | Flags.OF) | high | (high ^ next) * Flags.OF;
  }
}
