package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Adjustments of decimal numbers, outside 64-bit mode (Intel SDM volume 2).
 *
 * <p>What the manual leaves undefined: OF is 0 after all of them, as are CF and AF after AAM and
 * AAD; SF, ZF and PF after AAA and AAS are those of AL.
 */
public final class Decimal {
  private static final int RAX = 0;

  private Decimal() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.DAA, (c, i) -> packed(c, 1));
    into.put(Mnemonic.DAS, (c, i) -> packed(c, -1));
    into.put(Mnemonic.AAA, (c, i) -> unpacked(c, 1));
    into.put(Mnemonic.AAS, (c, i) -> unpacked(c, -1));
    into.put(Mnemonic.AAM, Decimal::aam);
    into.put(Mnemonic.AAD, Decimal::aad);
  }

  private static void packed(Core c, int sign) {
    int al = (int) c.gpr[RAX] & 0xff;
    int old = Flags.arithmetic(c);
    int result = al;
    int flags = 0;
    if ((al & 15) > 9 || (old & Flags.AF) != 0) {
      result += 6 * sign;
      flags |= Flags.AF | (sign < 0 && result < 0 ? Flags.CF : 0);
    }
    if (al > 0x99 || (old & Flags.CF) != 0) {
      result += 0x60 * sign;
      flags |= Flags.CF;
    }
    Operands.setGpr(c, RAX, 1, result);
    Flags.set(c, flags | Flags.ofResult(result & 0xff, 1));
  }

  private static void unpacked(Core c, int sign) {
    int ax = (int) c.gpr[RAX] & 0xffff;
    boolean adjust = (ax & 15) > 9 || (Flags.arithmetic(c) & Flags.AF) != 0;
    if (adjust) {
      ax += 0x106 * sign;
    }
    ax &= 0xff0f;
    Operands.setGpr(c, RAX, 2, ax);
    Flags.set(c, Flags.ofResult(ax & 0xff, 1) | (adjust ? Flags.AF | Flags.CF : 0));
  }

  private static void aam(Core c, Insn i) {
    int base = (int) i.imm & 0xff;
    if (base == 0) {
      throw c.fault(GuestException.DE);
    }
    int al = (int) c.gpr[RAX] & 0xff;
    Operands.setGpr(c, RAX, 2, al / base << 8 | al % base);
    Flags.set(c, Flags.ofResult(al % base, 1));
  }

  private static void aad(Core c, Insn i) {
    int ax = (int) c.gpr[RAX] & 0xffff;
    int al = ax + (ax >> 8) * ((int) i.imm & 0xff) & 0xff;
    Operands.setGpr(c, RAX, 2, al);
    Flags.set(c, Flags.ofResult(al, 1));
  }
}
