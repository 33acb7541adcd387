package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Mnemonic;

/** INT n, INT3, INTO and INT1: the delivery itself is the engine's. */
public final class SoftwareInterrupts {
  private SoftwareInterrupts() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(
        Mnemonic.INT,
        (c, i) -> {
          throw c.softwareInterrupt((int) i.imm & 0xff);
        });
    into.put(
        Mnemonic.INT3,
        (c, i) -> {
          throw c.softwareInterrupt(GuestException.BP);
        });
    into.put(Mnemonic.INTO, (c, i) -> into(c));
    into.put(
        Mnemonic.INT1,
        (c, i) -> {
          throw c.trap(GuestException.DB);
        });
  }

  private static void into(Core c) {
    if ((Flags.arithmetic(c) & Flags.OF) != 0) {
      throw c.softwareInterrupt(GuestException.OF);
    }
  }
}
