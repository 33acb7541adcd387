package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Far JMP and CALL: to a code segment, or through a call gate (Intel SDM volume 2, JMP and CALL).
 *
 * <p>Does not: switch tasks. A TSS or a task gate raises #GP with its selector, as in 64-bit mode.
 */
public final class FarTransfers {
  private static final int REAL_CODE = 0x9b;

  private FarTransfers() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.JMPF, (c, i) -> transfer(c, i, false));
    into.put(Mnemonic.CALLF, (c, i) -> transfer(c, i, true));
  }

  private static void transfer(Core c, Insn i, boolean call) {
    int size = i.operandSize;
    long offset = i.imm;
    int selector = (int) i.imm2;
    if (i.a.kind() == Arg.Kind.MEMORY) {
      long at = Operands.address(c, i);
      offset = Operands.load(c, i.segment, at, size);
      long second = at + size & Operands.mask(i.addressSize);
      selector = (int) Operands.load(c, i.segment, second, 2);
    }
    offset &= Operands.mask(size);
    selector &= 0xffff;
    if (!c.protectedMode()) {
      real(c, size, selector, offset, call);
      return;
    }
    if (Descriptors.isNull(selector)) {
      throw c.protection();
    }
    long raw = Descriptors.raw(c, Descriptors.slot(c, selector, GuestException.GP));
    Segment target = Descriptors.segment(selector, raw);
    if (!target.codeOrData()) {
      CallGate.pass(c, selector, target, call);
    } else if (!target.code()) {
      throw Descriptors.protection(c, selector);
    } else {
      direct(c, size, target, offset, call);
    }
  }

  private static void direct(Core c, int size, Segment code, long offset, boolean call) {
    CodeLoads.checkDirect(c, code);
    long target = CodeLoads.target(c, code, offset);
    if (call) {
      pushReturn(c, size);
    }
    CodeLoads.enter(c, code, c.cpl);
    c.next = target;
  }

  /** CS and RIP onto the present stack. */
  static void pushReturn(Core c, int size) {
    Stack.checkStore(c, Stack.at(c, -size), size);
    Stack.checkStore(c, Stack.at(c, -2L * size), size);
    Stack.store(c, Stack.at(c, -size), size, c.selector[1]);
    Stack.store(c, Stack.at(c, -2L * size), size, c.next);
    Stack.move(c, -2L * size);
  }

  private static void real(Core c, int size, int selector, long offset, boolean call) {
    if (offset > c.segmentLimit[1]) {
      throw c.protection();
    }
    if (call) {
      pushReturn(c, size);
    }
    c.state.segment(
        SegmentRegister.CS, new Segment(selector, selector << 4, c.segmentLimit[1], REAL_CODE));
    c.next = offset;
  }
}
