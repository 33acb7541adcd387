package ringside.cpu.x86;

import java.util.ArrayList;
import java.util.List;

/**
 * Opcode bytes to forms, by arrays. Built once from the {@link InstructionTable}.
 *
 * <p>Invariant: each opcode has a {@link Cell} whose array is indexed by only those of its
 * surroundings (mandatory prefix, mode, REX.W, ModRM) on which its rows differ; the rows with a
 * mandatory prefix or REX.W stand before those without, the rows of one opcode before +r.
 */
final class OpcodeMaps {
  private static final Cell[] CELLS = build();

  private OpcodeMaps() {}

  /** The cell of an opcode; null where no row has it. */
  static Cell cell(int map, int opcode) {
    return CELLS[map << 8 | opcode];
  }

  private static Cell[] build() {
    List<List<Row>> rows = new ArrayList<>(1024);
    for (int i = 0; i < 1024; i++) {
      rows.add(null);
    }
    for (Form form : InstructionTable.forms()) {
      Row row = new Row(form, Encoding.of(form.opcode()));
      int first = row.code.map() << 8 | row.code.opcode();
      for (int i = first; i < first + row.code.count(); i++) {
        if (rows.get(i) == null) {
          rows.set(i, new ArrayList<>(4));
        }
        rows.get(i).add(row);
      }
    }
    Cell[] cells = new Cell[1024];
    for (int i = 0; i < 1024; i++) {
      cells[i] = rows.get(i) == null ? null : new Cell(rows.get(i));
    }
    return cells;
  }

  /** A form with its encoding. */
  private record Row(Form form, Encoding code) {
    boolean memory() {
      return code.modrm() < 0 && !has(true);
    }

    boolean register() {
      return code.modrm() >= 0 || !has(false);
    }

    /** Whether an operand forbids memory, or a register. */
    private boolean has(boolean registerOnly) {
      for (OperandCode operand : form.codes) {
        OperandCode.Place place = operand.place();
        if (registerOnly ? place.registerOnly() : place == OperandCode.Place.MEMORY) {
          return true;
        }
      }
      return false;
    }

    /** Of the rows that fit, the one with the highest is taken. */
    int precision() {
      return (code.rexW() ? 4 : 0)
          + (code.prefix() == Encoding.ANY ? 0 : 2)
          + (code.count() == 1 ? 1 : 0);
    }
  }

  /** What one opcode byte stands for. */
  static final class Cell {
    private static final int PREFIX = 1;
    private static final int LONG = 2;
    private static final int REXW = 4;
    private static final int REG = 8;
    private static final int RM = 16;

    final boolean modrm;

    /** Whether 66, F3 and F2 select among the rows. */
    final boolean prefixed;

    private final int shape;
    private final Form[] forms;

    Cell(List<Row> rows) {
      int differ = 0;
      boolean any = false;
      for (Row row : rows) {
        any |= row.code.hasModrm();
        differ |= row.code.prefix() == Encoding.ANY ? 0 : PREFIX;
        differ |= row.form.validIn(CodeMode.BITS64) && row.form.validIn(CodeMode.BITS32) ? 0 : LONG;
        differ |= row.code.rexW() ? REXW : 0;
        differ |= row.code.reg() >= 0 || row.code.modrm() >= 0 ? REG : 0;
        differ |= row.code.hasModrm() && !(row.memory() && row.register()) ? REG : 0;
        differ |= row.code.modrm() >= 0 && row.code.modrmCount() == 1 ? RM : 0;
      }
      this.modrm = any;
      this.shape = differ;
      this.prefixed = (differ & PREFIX) != 0;
      this.forms = new Form[index(3, true, true, 0xff) + 1];
      for (int precision = 7; precision >= 0; precision--) {
        for (Row row : rows) {
          if (row.precision() == precision) {
            fill(row);
          }
        }
      }
    }

    private void fill(Row row) {
      for (int prefix = 0; prefix < (prefixed ? 4 : 1); prefix++) {
        if (row.code.prefix() == Encoding.ANY || row.code.prefix() == prefix) {
          fill(row, prefix, false);
          fill(row, prefix, true);
        }
      }
    }

    private void fill(Row row, int prefix, boolean longMode) {
      if (!row.form.validIn(longMode ? CodeMode.BITS64 : CodeMode.BITS32)) {
        return;
      }
      if ((shape & REG) == 0) {
        put(row, prefix, longMode, 0);
        return;
      }
      if (row.code.modrm() >= 0) {
        for (int i = 0; i < row.code.modrmCount(); i++) {
          put(row, prefix, longMode, row.code.modrm() + i);
        }
        return;
      }
      for (int reg = 0; reg < 8; reg++) {
        if (row.code.reg() < 0 || row.code.reg() == reg) {
          fill(row, prefix, longMode, reg);
        }
      }
    }

    private void fill(Row row, int prefix, boolean longMode, int reg) {
      if (row.memory()) {
        put(row, prefix, longMode, reg << 3);
      }
      if (row.register()) {
        for (int rm = 0; rm < 8; rm++) {
          put(row, prefix, longMode, 0xc0 | reg << 3 | rm);
        }
      }
    }

    private void put(Row row, int prefix, boolean longMode, int modrm) {
      int without = index(prefix, longMode, false, modrm);
      int with = index(prefix, longMode, true, modrm);
      if (forms[with] == null) {
        forms[with] = row.form;
      }
      if (!row.code.rexW() && forms[without] == null) {
        forms[without] = row.form;
      }
    }

    /** The form, or null. */
    Form form(int prefix, boolean longMode, boolean rexW, int modrm) {
      return forms[index(prefix, longMode, rexW, modrm)];
    }

    private int index(int prefix, boolean longMode, boolean rexW, int modrm) {
      int i = 0;
      int s = shape;
      if ((s & REG) != 0) {
        i = (modrm >= 0xc0 ? 8 : 0) + (modrm >> 3 & 7);
        if ((s & RM) != 0) {
          i = i << 3 | (modrm >= 0xc0 ? modrm & 7 : 0);
        }
      }
      if ((s & PREFIX) != 0) {
        i = i << 2 | prefix;
      }
      if ((s & LONG) != 0) {
        i = i << 1 | (longMode ? 1 : 0);
      }
      if ((s & REXW) != 0) {
        i = i << 1 | (rexW ? 1 : 0);
      }
      return i;
    }
  }
}
