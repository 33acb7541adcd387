package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Moves, conversions and byte order (Intel SDM volume 1, 7.3.1).
 *
 * <p>BSWAP of a 16-bit register, which the manual leaves undefined, clears it.
 */
public final class Moves {
  private static final int RAX = 0;
  private static final int RDX = 2;
  private static final int RBX = 3;

  private Moves() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.MOV, Moves::mov);
    into.put(Mnemonic.MOVNTI, Moves::mov);
    into.put(Mnemonic.MOVZX, Moves::mov);
    into.put(Mnemonic.MOVSX, Moves::movsx);
    into.put(Mnemonic.MOVSXD, Moves::movsx);
    into.put(Mnemonic.LEA, (c, i) -> Operands.write(c, i, i.a, Operands.address(c, i)));
    into.put(Mnemonic.BSWAP, Moves::bswap);
    into.put(Mnemonic.CMOVCC, Moves::cmov);
    into.put(
        Mnemonic.SETCC, (c, i) -> Operands.write(c, i, i.a, Flags.holds(c, i.condition) ? 1 : 0));
    into.put(Mnemonic.CBW, Moves::cbw);
    into.put(Mnemonic.CWD, Moves::cwd);
    into.put(Mnemonic.XLAT, Moves::xlat);
    into.put(Mnemonic.NOP, (c, i) -> {});
    into.put(Mnemonic.PAUSE, (c, i) -> {});
  }

  private static void mov(Core c, Insn i) {
    Operands.write(c, i, i.a, Operands.read(c, i, i.b) & mask(i.a.size()));
  }

  private static void movsx(Core c, Insn i) {
    Operands.write(c, i, i.a, Operands.signExtend(Operands.read(c, i, i.b), i.b.size()));
  }

  private static void bswap(Core c, Insn i) {
    int size = i.a.size();
    long x = Operands.read(c, i, i.a);
    Operands.write(c, i, i.a, size == 2 ? 0 : Long.reverseBytes(x) >>> 64 - 8 * size);
  }

  /** The source is read, and a 32-bit destination extended, also when the condition fails. */
  private static void cmov(Core c, Insn i) {
    long source = Operands.read(c, i, i.b);
    boolean holds = Flags.holds(c, i.condition);
    Operands.write(c, i, i.a, holds ? source : Operands.read(c, i, i.a));
  }

  private static void cbw(Core c, Insn i) {
    int size = i.operandSize;
    Operands.setGpr(c, RAX, size, Operands.signExtend(c.gpr[RAX], size / 2));
  }

  private static void cwd(Core c, Insn i) {
    int size = i.operandSize;
    Operands.setGpr(c, RDX, size, Operands.signExtend(c.gpr[RAX], size) >> 63);
  }

  private static void xlat(Core c, Insn i) {
    long offset = c.gpr[RBX] + (c.gpr[RAX] & 0xff) & mask(i.addressSize);
    Operands.setGpr(c, RAX, 1, Operands.load(c, i.segment, offset, 1));
  }
}
