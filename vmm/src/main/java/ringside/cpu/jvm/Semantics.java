package ringside.cpu.jvm;

import java.util.EnumMap;
import java.util.Map;
import ringside.cpu.x86.Mnemonic;

/**
 * What each mnemonic does, gathered from the families of {@code ringside.cpu.jvm.ops}. A mnemonic
 * without an entry is one that this processor does not have: #UD.
 */
public final class Semantics {
  private static final Op[] OPS = table();

  private Semantics() {}

  public static Op of(Mnemonic mnemonic) {
    return OPS[mnemonic.ordinal()];
  }

  private static Op[] table() {
    Map<Mnemonic, Op> all = new EnumMap<>(Mnemonic.class);
    Op[] table = new Op[Mnemonic.values().length];
    for (Mnemonic m : Mnemonic.values()) {
      table[m.ordinal()] =
          all.getOrDefault(
              m,
              (c, i) -> {
                throw c.undefined();
              });
    }
    return table;
  }
}
