package ringside.cpu.jvm.translate;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.InsnText;

/**
 * A region to read: each instruction of the guest with the bytecode that stands for it, then the
 * cold ends.
 */
final class Listing {
  private static final int COLUMN = 44;

  private final Map<Label, Integer> labels = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private List<String> left = List.of();
  private final List<String> right = new ArrayList<>();

  private Listing() {}

  static String of(Shape shape) {
    return new Listing().text(shape);
  }

  private String text(Shape shape) {
    CodeModel code =
        ClassFile.of().parse(RegionWriter.classFile(shape)).methods().stream()
            .filter(m -> m.methodName().equalsString("run"))
            .findFirst()
            .flatMap(m -> m.code())
            .orElseThrow();
    List<String> guest = guest(shape);
    left = List.of("entry");
    for (CodeElement e : code) {
      if (e instanceof LineNumber line) {
        flush();
        left = List.of(guest.get(line.line() - 1));
      } else if (e instanceof LabelTarget target) {
        right.add("L" + number(target.label()) + ":");
      } else if (e instanceof Instruction instruction) {
        right.add("  " + text(instruction));
      }
    }
    flush();
    return out.toString();
  }

  private static List<String> guest(Shape shape) {
    List<String> all = new ArrayList<>();
    for (Shape.Part part : shape.parts()) {
      long rip = part.rip();
      for (Insn i : Rounds.insns(part, shape.mode())) {
        all.add("%x  %s".formatted(rip, InsnText.of(i, rip)));
        rip = rip + i.length == part.end() ? part.rip() : rip + i.length;
      }
    }
    return all;
  }

  private void flush() {
    for (int k = 0; k < Math.max(left.size(), right.size()); k++) {
      String x86 = k < left.size() ? left.get(k) : "";
      String bytecode = k < right.size() ? right.get(k) : "";
      String line = "%-" + COLUMN + "s %s";
      out.append(line.formatted(x86, bytecode).stripTrailing()).append('\n');
    }
    right.clear();
  }

  private int number(Label label) {
    return labels.computeIfAbsent(label, l -> labels.size());
  }

  private String text(Instruction i) {
    String name = i.opcode().name().toLowerCase(java.util.Locale.ROOT);
    return switch (i) {
      case LoadInstruction load -> name + " " + load.slot();
      case StoreInstruction store -> name + " " + store.slot();
      case IncrementInstruction inc -> name + " " + inc.slot() + " " + inc.constant();
      case ConstantInstruction constant -> name + " " + constant.constantValue();
      case BranchInstruction branch -> name + " L" + number(branch.target());
      case FieldInstruction field -> name + " " + field.name().stringValue();
      case InvokeInstruction call -> name + " " + call.name().stringValue();
      case LookupSwitchInstruction table -> name + " " + cases(table);
      default -> name;
    };
  }

  private String cases(LookupSwitchInstruction table) {
    StringBuilder text = new StringBuilder();
    table.cases().forEach(c -> text.append("%x:L%d ".formatted(c.caseValue(), number(c.target()))));
    return text.append("else L").append(number(table.defaultTarget())).toString();
  }
}
