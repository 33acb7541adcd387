package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.DebugRegisters;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** MOV to and from debug registers (Intel SDM volume 3, 17.2). */
public final class DebugMoves {
  private static final long CR4_DE = 8;

  private DebugMoves() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.MOVDR, DebugMoves::mov);
  }

  private static void mov(Core c, Insn i) {
    Privilege.kernel(c);
    boolean write = i.a.kind() == Arg.Kind.DEBUG;
    int number = (write ? i.a : i.b).number();
    if (number == 4 || number == 5) {
      if ((c.cr4 & CR4_DE) != 0) {
        throw c.undefined();
      }
      number += 2;
    }
    DebugRegisters.checkGeneralDetect(c);
    if (write) {
      write(c, number, Operands.read(c, i, i.b));
    } else {
      Operands.write(c, i, i.a, c.dr[number]);
    }
  }

  private static void write(Core c, int number, long value) {
    if (number >= 6 && value >>> 32 != 0) {
      throw c.protection();
    }
    c.dr[number] =
        switch (number) {
          case 6 -> value & DebugRegisters.DR6_WRITABLE | DebugRegisters.DR6_FIXED;
          case 7 -> value & DebugRegisters.DR7_WRITABLE | DebugRegisters.DR7_FIXED;
          default -> value;
        };
    DebugRegisters.changed(c);
  }
}
