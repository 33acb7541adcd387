package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Map;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** MOV and its like, LEA, CMOVcc, SETcc, NOP, fences, flags of direction and carry. */
final class MoveCode {
  private MoveCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.MOV, MoveCode::mov);
    all.put(Mnemonic.MOVNTI, MoveCode::mov);
    all.put(Mnemonic.MOVZX, MoveCode::movzx);
    all.put(Mnemonic.MOVSX, MoveCode::movsx);
    all.put(Mnemonic.MOVSXD, MoveCode::movsx);
    all.put(Mnemonic.LEA, MoveCode::lea);
    all.put(Mnemonic.CMOVCC, MoveCode::cmov);
    all.put(Mnemonic.SETCC, MoveCode::setcc);
    all.put(Mnemonic.NOP, (g, i) -> {});
    all.put(Mnemonic.PAUSE, (g, i) -> {});
    all.put(Mnemonic.MFENCE, (g, i) -> fence(g));
    all.put(Mnemonic.CLC, (g, i) -> carry(g, Flags.CF, 0));
    all.put(Mnemonic.STC, (g, i) -> carry(g, Flags.CF, Flags.CF));
    all.put(Mnemonic.CMC, (g, i) -> carry(g, 0, Flags.CF));
    all.put(Mnemonic.CLD, (g, i) -> direction(g, false));
    all.put(Mnemonic.STD, (g, i) -> direction(g, true));
  }

  private static void mov(Gen g, Insn i) {
    Operand.fetch(g, i, i.b);
    g.pushRaw(i, i.b);
    Operand.write(g, i, i.a);
  }

  private static void movzx(Gen g, Insn i) {
    Operand.fetch(g, i, i.b);
    if (i.b.memory()) {
      g.pushRaw(i, i.b);
    } else {
      g.pushZero(i, i.b);
    }
    g.popGpr(i.a);
  }

  private static void movsx(Gen g, Insn i) {
    Operand.fetch(g, i, i.b);
    g.pushSigned(i, i.b);
    g.popGpr(i.a);
  }

  private static void lea(Gen g, Insn i) {
    MemoryAccess.pushOffset(g, i);
    g.popGpr(i.a);
  }

  /** The source is read, and a 32-bit destination extended, also when the condition fails. */
  private static void cmov(Gen g, Insn i) {
    CodeBuilder b = g.b;
    Label yes = b.newLabel();
    Label end = b.newLabel();
    Operand.fetch(g, i, i.b);
    Conditions.branch(g, i.condition, yes);
    g.pushRaw(i, i.a);
    b.goto_(end).labelBinding(yes);
    g.pushRaw(i, i.b);
    b.labelBinding(end);
    g.popGpr(i.a);
  }

  private static void setcc(Gen g, Insn i) {
    Conditions.push(g, i.condition);
    g.b.i2l();
    Operand.write(g, i, i.a);
  }

  private static void fence(Gen g) {
    MemoryAccess.unsafe(g.b).pop();
    g.b.invokevirtual(MemoryAccess.UNSAFE, "fullFence", g.type(Gen.V));
  }

  /** CF becomes (CF and not clear) xor flip. */
  private static void carry(Gen g, int clear, int flip) {
    if (g.flagsWanted) {
      g.pushBits();
      g.constant(~clear).b.iand();
      g.constant(flip).b.ixor();
      g.setFlagBits();
    }
  }

  private static void direction(Gen g, boolean down) {
    CodeBuilder b = g.b;
    b.aload(Slots.CORE).dup().getfield(Gen.CORE, "flags", Gen.J);
    if (down) {
      g.constant((long) Flags.DF).b.lor();
    } else {
      g.constant(~(long) Flags.DF).b.land();
    }
    b.putfield(Gen.CORE, "flags", Gen.J);
  }
}
