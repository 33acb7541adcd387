package ringside.cli.compare;

import com.google.common.collect.ImmutableList;
import java.util.Random;
import ringside.cpu.jvm.Semantics;
import ringside.cpu.jvm.translate.Translatable;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.InstructionTable;

/** Which rows of the instruction table the engine of our own can execute, and how. */
public final class TableCoverage {
  private static final int SAMPLES = 40;

  /** Who executes a row. */
  public enum Who {
    /** Nobody: #UD. */
    NOBODY,
    /** The interpreter; translated code calls it. */
    INTERPRETER,
    /** Translated code, in some of its forms: operands in memory, sizes, segments. */
    PARTLY,
    /** Translated code. */
    TRANSLATOR,
    /** The interpreter; not in 64-bit mode, so that no sample was made. */
    LEGACY
  }

  /** One row. */
  public record Row(String opcode, String mnemonic, String operands, Who who) {}

  private TableCoverage() {}

  /** All rows, in the order of the table. */
  public static ImmutableList<Row> rows() {
    Assembler assembler = new Assembler(new Random(1));
    return InstructionTable.forms().stream()
        .map(f -> new Row(f.opcode(), f.mnemonic().name(), f.operands(), who(f, assembler)))
        .collect(ImmutableList.toImmutableList());
  }

  private static Who who(Form form, Assembler assembler) {
    if (!Semantics.has(form.mnemonic())) {
      return Who.NOBODY;
    }
    if (!form.validIn(CodeMode.BITS64)) {
      return Who.LEGACY;
    }
    int own = 0;
    int made = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Insn insn = assembler.sample(form);
      if (insn != null) {
        made++;
        own += Translatable.own(insn, CodeMode.BITS64) ? 1 : 0;
      }
    }
    return own == 0 ? Who.INTERPRETER : own < made ? Who.PARTLY : Who.TRANSLATOR;
  }
}
