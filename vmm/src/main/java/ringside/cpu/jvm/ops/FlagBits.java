package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Mnemonic;

/** Instructions on single flags, and flags by way of AH and AL (Intel SDM volume 1, 7.3.13). */
public final class FlagBits {
  private static final int RAX = 0;
  private static final int LOW = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF;

  private FlagBits() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.CLC, (c, i) -> carry(c, 0));
    into.put(Mnemonic.STC, (c, i) -> carry(c, Flags.CF));
    into.put(Mnemonic.CMC, (c, i) -> carry(c, ~Flags.arithmetic(c) & Flags.CF));
    into.put(Mnemonic.CLD, (c, i) -> c.flags &= ~(long) Flags.DF);
    into.put(Mnemonic.STD, (c, i) -> c.flags |= Flags.DF);
    into.put(Mnemonic.LAHF, (c, i) -> setAh(c, Flags.arithmetic(c) & LOW | 2));
    into.put(Mnemonic.SAHF, (c, i) -> sahf(c));
    into.put(Mnemonic.SALC, (c, i) -> Operands.setGpr(c, RAX, 1, Flags.carry(c) ? 0xff : 0));
  }

  private static void carry(Core c, int carry) {
    Flags.set(c, Flags.arithmetic(c) & ~Flags.CF | carry);
  }

  private static void setAh(Core c, long value) {
    c.gpr[RAX] = c.gpr[RAX] & ~0xff00L | value << 8;
  }

  private static void sahf(Core c) {
    Flags.set(c, c.gpr[RAX] >>> 8 & LOW | Flags.arithmetic(c) & Flags.OF);
  }
}
