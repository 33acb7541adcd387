package ringside.cpu.jvm;

import java.util.EnumMap;
import java.util.Map;
import ringside.cpu.jvm.ops.Elements;
import ringside.cpu.jvm.ops.FxState;
import ringside.cpu.jvm.ops.PackedIntegers;
import ringside.cpu.jvm.ops.PackedShifts;
import ringside.cpu.jvm.ops.Shuffles;
import ringside.cpu.jvm.ops.VectorMoves;
import ringside.cpu.jvm.ops.X87Control;
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
    VectorMoves.register(all);
    PackedIntegers.register(all);
    PackedShifts.register(all);
    Shuffles.register(all);
    Elements.register(all);
    FxState.register(all);
    X87Control.register(all);
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
