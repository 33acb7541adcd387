package ringside.cpu.jvm;

import java.util.EnumMap;
import java.util.Map;
import ringside.cpu.jvm.ops.Arithmetic;
import ringside.cpu.jvm.ops.Bits;
import ringside.cpu.jvm.ops.Branches;
import ringside.cpu.jvm.ops.ControlRegisters;
import ringside.cpu.jvm.ops.DebugMoves;
import ringside.cpu.jvm.ops.Decimal;
import ringside.cpu.jvm.ops.DescriptorQueries;
import ringside.cpu.jvm.ops.Elements;
import ringside.cpu.jvm.ops.Exchanges;
import ringside.cpu.jvm.ops.FarReturns;
import ringside.cpu.jvm.ops.FarTransfers;
import ringside.cpu.jvm.ops.Fences;
import ringside.cpu.jvm.ops.FlagBits;
import ringside.cpu.jvm.ops.FxState;
import ringside.cpu.jvm.ops.Moves;
import ringside.cpu.jvm.ops.Multiplication;
import ringside.cpu.jvm.ops.PackedIntegers;
import ringside.cpu.jvm.ops.PackedShifts;
import ringside.cpu.jvm.ops.Ports;
import ringside.cpu.jvm.ops.ProcessorControl;
import ringside.cpu.jvm.ops.ProcessorQueries;
import ringside.cpu.jvm.ops.Pushes;
import ringside.cpu.jvm.ops.Rotates;
import ringside.cpu.jvm.ops.SegmentLoads;
import ringside.cpu.jvm.ops.Shifts;
import ringside.cpu.jvm.ops.Shuffles;
import ringside.cpu.jvm.ops.SoftwareInterrupts;
import ringside.cpu.jvm.ops.SseArithmetic;
import ringside.cpu.jvm.ops.SseComparisons;
import ringside.cpu.jvm.ops.SseConversions;
import ringside.cpu.jvm.ops.SseHorizontal;
import ringside.cpu.jvm.ops.StringCompare;
import ringside.cpu.jvm.ops.Strings;
import ringside.cpu.jvm.ops.SystemCalls;
import ringside.cpu.jvm.ops.TableRegisters;
import ringside.cpu.jvm.ops.VectorMoves;
import ringside.cpu.jvm.ops.X87Arithmetic;
import ringside.cpu.jvm.ops.X87Comparisons;
import ringside.cpu.jvm.ops.X87Control;
import ringside.cpu.jvm.ops.X87Moves;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * What each mnemonic does, gathered from the families of {@code ringside.cpu.jvm.ops}. A mnemonic
 * without an entry is one that this processor does not have: #UD.
 */
public final class Semantics {
  private static final Map<Mnemonic, Op> ALL = all();
  private static final Op[] OPS = table();

  private static final Op TOO_LONG =
      (c, i) -> {
        throw c.protection();
      };

  private Semantics() {}

  /** What an instruction does; of what is no instruction, its exception. */
  public static Op of(Insn i) {
    if (i.form == Form.TOO_LONG) {
      return TOO_LONG;
    }
    return OPS[i.mnemonic.ordinal()];
  }

  /** Whether this processor has it. */
  public static boolean has(Mnemonic mnemonic) {
    return ALL.containsKey(mnemonic);
  }

  private static Map<Mnemonic, Op> all() {
    Map<Mnemonic, Op> all = new EnumMap<>(Mnemonic.class);
    VectorMoves.register(all);
    PackedIntegers.register(all);
    PackedShifts.register(all);
    Shuffles.register(all);
    Elements.register(all);
    SseArithmetic.register(all);
    SseHorizontal.register(all);
    SseComparisons.register(all);
    SseConversions.register(all);
    StringCompare.register(all);
    FxState.register(all);
    X87Control.register(all);
    X87Moves.register(all);
    X87Arithmetic.register(all);
    X87Comparisons.register(all);
    Arithmetic.register(all);
    Bits.register(all);
    Branches.register(all);
    Decimal.register(all);
    Exchanges.register(all);
    Fences.register(all);
    FlagBits.register(all);
    Moves.register(all);
    Multiplication.register(all);
    Pushes.register(all);
    Rotates.register(all);
    Shifts.register(all);
    Strings.register(all);
    SegmentLoads.register(all);
    FarTransfers.register(all);
    FarReturns.register(all);
    SystemCalls.register(all);
    SoftwareInterrupts.register(all);
    ControlRegisters.register(all);
    DebugMoves.register(all);
    TableRegisters.register(all);
    DescriptorQueries.register(all);
    ProcessorQueries.register(all);
    Ports.register(all);
    ProcessorControl.register(all);
    return all;
  }

  private static Op[] table() {
    Op[] table = new Op[Mnemonic.values().length];
    for (Mnemonic m : Mnemonic.values()) {
      table[m.ordinal()] =
          ALL.getOrDefault(
              m,
              (c, i) -> {
                throw c.undefined();
              });
    }
    return table;
  }
}
