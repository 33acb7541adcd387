package ringside.cpu.jvm.translate;

import java.util.EnumMap;
import java.util.Map;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Instructions that have bytecode of their own, by mnemonic. All others are executed by the
 * interpreter's semantics, called from the region or behind it.
 */
@FunctionalInterface
interface Native {
  Map<Mnemonic, Native> ALL = table();

  /** Writes the instruction's bytecode. */
  void emit(Gen g, Insn i);

  /** Which forms of a mnemonic are covered. */
  @FunctionalInterface
  interface Covers {
    boolean test(Insn i);
  }

  /** One entry of the table: only the forms that are covered have bytecode. */
  record Some(Native code, Covers covers) implements Native {
    @Override
    public void emit(Gen g, Insn i) {
      code.emit(g, i);
    }
  }

  /** The writer of an instruction, or null when it has no bytecode of its own. */
  static Native of(Insn i, CodeMode mode) {
    Native found = ALL.get(i.mnemonic);
    if (found == null || !Forms.plain(i, mode)) {
      return null;
    }
    return found instanceof Some some && !some.covers().test(i) ? null : found;
  }

  private static Map<Mnemonic, Native> table() {
    Map<Mnemonic, Native> all = new EnumMap<>(Mnemonic.class);
    IntegerCode.register(all);
    ShiftCode.register(all);
    MultiplyCode.register(all);
    BitCode.register(all);
    MoveCode.register(all);
    AtomicCode.register(all);
    StackCode.register(all);
    ControlCode.register(all);
    VectorCode.register(all);
    SystemCode.register(all);
    return all;
  }
}
