package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.CpuFault;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * PUSH and POP of one operand, of all registers and of the flags; stack frames (Intel SDM volume 1,
 * 6.2 and 6.5).
 */
public final class Pushes {
  private static final int RBP = 5;
  private static final long IOPL = 3 << 12;

  /** What POPF may change at privilege level 0. */
  private static final long CHANGEABLE =
      Flags.ALL | Flags.TF | Flags.IF | Flags.DF | IOPL | Flags.NT | Flags.AC | Flags.ID;

  private Pushes() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.PUSH, (c, i) -> Stack.push(c, i.operandSize, Operands.read(c, i, i.a)));
    into.put(Mnemonic.POP, Pushes::pop);
    into.put(Mnemonic.PUSHA, Pushes::pusha);
    into.put(Mnemonic.POPA, Pushes::popa);
    into.put(Mnemonic.PUSHF, Pushes::pushf);
    into.put(Mnemonic.POPF, Pushes::popf);
    into.put(Mnemonic.ENTER, Pushes::enter);
    into.put(Mnemonic.LEAVE, Pushes::leave);
  }

  /**
   * An address on the stack counts from behind the increment; so does POP of the pointer itself.
   */
  private static void pop(Core c, Insn i) {
    long before = c.gpr[Stack.RSP];
    long value = Stack.pop(c, i.operandSize);
    try {
      Operands.write(c, i, i.a, value);
    } catch (CpuFault fault) {
      c.gpr[Stack.RSP] = before;
      throw fault;
    }
  }

  private static void pusha(Core c, Insn i) {
    int size = i.operandSize;
    for (int n = 1; n <= 8; n++) {
      Stack.checkStore(c, Stack.at(c, -n * size), size);
    }
    for (int n = 0; n < 8; n++) {
      Stack.store(c, Stack.at(c, -(n + 1) * size), size, c.gpr[n]);
    }
    Stack.move(c, -8 * size);
  }

  private static void popa(Core c, Insn i) {
    int size = i.operandSize;
    long[] values = new long[8];
    for (int n = 0; n < 8; n++) {
      values[n] = Stack.load(c, Stack.at(c, (7 - n) * size), size);
    }
    for (int n = 0; n < 8; n++) {
      if (n != Stack.RSP) {
        Operands.setGpr(c, n, size, values[n]);
      }
    }
    Stack.move(c, 8 * size);
  }

  private static void pushf(Core c, Insn i) {
    long image = Flags.rflags(c) & ~(long) (Flags.RF | Flags.VM);
    Stack.push(c, i.operandSize, image);
  }

  /** IOPL changes at level 0 only, IF where the level is at most IOPL; neither faults. */
  private static void popf(Core c, Insn i) {
    long old = Flags.rflags(c);
    long image = Stack.pop(c, i.operandSize);
    long change = CHANGEABLE & mask(i.operandSize);
    if (c.cpl != 0) {
      change &= ~IOPL;
      if (c.cpl > (old >>> 12 & 3)) {
        change &= ~Flags.IF;
      }
    }
    Flags.rflags(c, old & ~change & ~Flags.RF | image & change);
  }

  /** Pushes RBP and, of enclosing frames, as many pointers as the level says, less one. */
  private static void enter(Core c, Insn i) {
    int size = i.operandSize;
    int level = (int) i.imm2 & 31;
    long frame = Stack.at(c, -size);
    long[] pointers = display(c, size, level, frame);
    long room = (i.imm & 0xffff) + (long) pointers.length * size;
    for (int n = 1; n <= pointers.length; n++) {
      Stack.checkStore(c, Stack.at(c, -n * size), size);
    }
    Stack.checkStore(c, Stack.at(c, -room), 1);
    for (int n = 1; n <= pointers.length; n++) {
      Stack.store(c, Stack.at(c, -n * size), size, pointers[n - 1]);
    }
    Stack.move(c, -room);
    Operands.setGpr(c, RBP, Stack.addressSize(c), frame);
  }

  /** What ENTER pushes, in its order. */
  private static long[] display(Core c, int size, int level, long frame) {
    long[] pointers = new long[level + 1];
    pointers[0] = c.gpr[RBP];
    long mask = mask(Stack.addressSize(c));
    for (int n = 1; n < level; n++) {
      long at = c.gpr[RBP] - n * size & mask;
      long loaded = Stack.load(c, at, size);
      long pushed = Stack.at(c, 0) - at & mask; // this may be what was pushed just now
      boolean own = pushed % size == 0 && pushed > 0 && pushed <= (long) n * size;
      pointers[n] = own ? pointers[(int) (pushed / size) - 1] : loaded;
    }
    if (level > 0) {
      pointers[level] = frame;
    }
    return pointers;
  }

  private static void leave(Core c, Insn i) {
    int size = i.operandSize;
    long mask = mask(Stack.addressSize(c));
    long saved = Stack.load(c, c.gpr[RBP] & mask, size);
    Stack.set(c, c.gpr[RBP] + size);
    Operands.setGpr(c, RBP, size, saved);
  }
}
