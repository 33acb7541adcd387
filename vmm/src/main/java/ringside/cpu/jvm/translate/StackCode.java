package ringside.cpu.jvm.translate;

import java.util.Map;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** PUSH, POP, LEAVE with a stack pointer of the mode's size, and operands of 4 or 8 bytes. */
final class StackCode {
  private static final int RSP = 4;
  private static final int RBP = 5;

  private StackCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.PUSH, new Native.Some(StackCode::push, i -> i.operandSize >= 4));
    all.put(
        Mnemonic.POP,
        new Native.Some(StackCode::pop, i -> i.operandSize >= 4 && i.a.kind() == Arg.Kind.GPR));
    all.put(Mnemonic.LEAVE, new Native.Some(StackCode::leave, i -> i.operandSize >= 4));
  }

  /** Pushes the stack pointer plus a distance, wrapped. */
  static void pushPointer(Gen g, long distance) {
    g.loadGpr(RSP);
    g.add(distance).zeroExtend(g.long64() ? 8 : 4);
  }

  static void movePointer(Gen g, long distance) {
    pushPointer(g, distance);
    g.storeGpr(RSP);
  }

  /** Pushes the address at a distance from the access to the stack that an instruction implies. */
  static void pushImplied(Gen g, Insn i, long distance) {
    switch (i.mnemonic) {
      case PUSH, CALL -> pushPointer(g, distance - i.operandSize);
      case LEAVE -> pushFrame(g, distance);
      default -> pushPointer(g, distance);
    }
  }

  /** The access to come is the one that the instruction implies. */
  private static void implied(Gen g, Runnable push) {
    MemoryAccess.address(g, g.reaches.stack(g.instruction), push);
  }

  /** Stores a long that is in a local below the stack pointer, and moves that. */
  static void pushFrom(Gen g, int size, int slot) {
    implied(g, () -> pushPointer(g, -size));
    Operand.storeFrom(g, new Arg(Arg.Kind.MEMORY, 0, size), slot);
    movePointer(g, -size);
  }

  /** Loads what is on top of the stack into VALUE. */
  static void peek(Gen g, int size) {
    implied(g, () -> pushPointer(g, 0));
    MemoryAccess.load(g, size);
  }

  private static void push(Gen g, Insn i) {
    Operand.fetch(g, i, i.a);
    g.pushZero(i, i.a);
    g.b.lstore(Slots.TEMP);
    pushFrom(g, i.operandSize, Slots.TEMP);
  }

  /** POP of the pointer itself keeps what was popped. */
  private static void pop(Gen g, Insn i) {
    int size = i.operandSize;
    peek(g, size);
    movePointer(g, size);
    g.pushRaw(i, new Arg(Arg.Kind.MEMORY, 0, size));
    g.popGpr(i.a);
  }

  private static void leave(Gen g, Insn i) {
    int size = i.operandSize;
    implied(g, () -> pushFrame(g, 0));
    MemoryAccess.load(g, size);
    pushFrame(g, size);
    g.storeGpr(RSP);
    g.pushRaw(i, new Arg(Arg.Kind.MEMORY, 0, size));
    g.popGpr(new Arg(Arg.Kind.GPR, RBP, size));
  }

  private static void pushFrame(Gen g, long distance) {
    g.loadGpr(RBP);
    g.add(distance).zeroExtend(g.long64() ? 8 : 4);
  }
}
