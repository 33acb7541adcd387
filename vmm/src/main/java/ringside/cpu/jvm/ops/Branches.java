package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Transfers of control within the code segment, and BOUND (Intel SDM volume 1, 6.4 and 7.3.8).
 *
 * <p>Invariant: a target outside the segment, in 64-bit mode one that is not canonical, raises #GP
 * in the branch itself, with stack and counter as they were.
 */
public final class Branches {
  private static final int CS = 1;
  private static final int RCX = 1;

  private Branches() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.JMP, (c, i) -> c.next = target(c, i));
    into.put(Mnemonic.JCC, Branches::jcc);
    into.put(Mnemonic.CALL, Branches::call);
    into.put(Mnemonic.RET, Branches::ret);
    into.put(Mnemonic.JCXZ, Branches::jcxz);
    into.put(Mnemonic.LOOP, (c, i) -> loop(c, i, true));
    into.put(Mnemonic.LOOPE, (c, i) -> loop(c, i, Flags.holds(c, 4)));
    into.put(Mnemonic.LOOPNE, (c, i) -> loop(c, i, Flags.holds(c, 5)));
    into.put(Mnemonic.BOUND, Branches::bound);
  }

  private static long target(Core c, Insn i) {
    long target = i.a.kind() == Arg.Kind.RELATIVE ? c.next + i.imm : Operands.read(c, i, i.a);
    return checked(c, target & mask(i.operandSize));
  }

  private static long checked(Core c, long target) {
    boolean reachable = c.long64() ? target << 16 >> 16 == target : target <= c.segmentLimit[CS];
    if (!reachable) {
      throw c.protection();
    }
    return target;
  }

  private static void jcc(Core c, Insn i) {
    if (Flags.holds(c, i.condition)) {
      c.next = target(c, i);
    }
  }

  private static void call(Core c, Insn i) {
    long target = target(c, i);
    Stack.push(c, i.operandSize, c.next);
    c.next = target;
  }

  private static void ret(Core c, Insn i) {
    int size = i.operandSize;
    long target = checked(c, Stack.peek(c, size));
    Stack.move(c, i.a == null ? size : size + (i.imm & 0xffff));
    c.next = target;
  }

  private static void jcxz(Core c, Insn i) {
    if ((c.gpr[RCX] & mask(i.addressSize)) == 0) {
      c.next = target(c, i);
    }
  }

  /** The counter has the size of an address; flags stay. */
  private static void loop(Core c, Insn i, boolean condition) {
    long count = c.gpr[RCX] - 1 & mask(i.addressSize);
    if (count != 0 && condition) {
      c.next = target(c, i);
    }
    Operands.setGpr(c, RCX, i.addressSize, count);
  }

  private static void bound(Core c, Insn i) {
    int size = i.operandSize;
    long offset = Operands.address(c, i);
    long lower = Operands.load(c, i.segment, offset, size);
    long upper = Operands.load(c, i.segment, offset + size & mask(i.addressSize), size);
    long index = Operands.signExtend(Operands.read(c, i, i.a), size);
    if (index < Operands.signExtend(lower, size) || index > Operands.signExtend(upper, size)) {
      throw c.fault(GuestException.BR);
    }
  }
}
