package ringside.cli.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import ringside.cpu.jvm.Semantics;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.InstructionTable;
import ringside.cpu.x86.Mnemonic;

/**
 * Which rows of the table sequences are made of: what a program in ring 3 may do, without system
 * calls and whatever depends on the system around it.
 *
 * <p>Left out although any program may use them: what processors compute differently (RCP, RSQRT,
 * transcendental functions of x87), what stores bytes that they leave open (FXSAVE, FNSAVE,
 * FNSTENV), loads of segment registers, and conversions between MMX and XMM: some processors enter
 * the MMX state before they raise their exceptions.
 */
final class Choice {
  private static final Set<Mnemonic> LEFT_OUT =
      EnumSet.of(
          Mnemonic.CALLF,
          Mnemonic.JMPF,
          Mnemonic.RETF,
          Mnemonic.IRET,
          Mnemonic.INT,
          Mnemonic.INT3,
          Mnemonic.INT1,
          Mnemonic.RCPPS,
          Mnemonic.RCPSS,
          Mnemonic.RSQRTPS,
          Mnemonic.RSQRTSS,
          Mnemonic.F2XM1,
          Mnemonic.FYL2X,
          Mnemonic.FYL2XP1,
          Mnemonic.FPTAN,
          Mnemonic.FPATAN,
          Mnemonic.FSIN,
          Mnemonic.FCOS,
          Mnemonic.FSINCOS,
          Mnemonic.CVTPI2PS,
          Mnemonic.CVTPI2PD,
          Mnemonic.CVTPS2PI,
          Mnemonic.CVTPD2PI,
          Mnemonic.CVTTPS2PI,
          Mnemonic.CVTTPD2PI,
          Mnemonic.FXSAVE,
          Mnemonic.FXRSTOR,
          Mnemonic.FNSAVE,
          Mnemonic.FRSTOR,
          Mnemonic.FNSTENV,
          Mnemonic.FLDENV);

  private static final Set<Mnemonic> HARMLESS =
      EnumSet.of(
          Mnemonic.PREFETCH, Mnemonic.CLFLUSH, Mnemonic.LFENCE, Mnemonic.MFENCE, Mnemonic.SFENCE);

  private final List<List<Form>> integer;
  private final List<List<Form>> x87;
  private final List<List<Form>> vector;

  Choice() {
    Map<Mnemonic, List<Form>> all = new EnumMap<>(Mnemonic.class);
    for (Form form : InstructionTable.forms()) {
      if (usable(form)) {
        all.computeIfAbsent(form.mnemonic(), m -> new ArrayList<>()).add(form);
      }
    }
    integer = between(all, Mnemonic.ADD, Mnemonic.SFENCE);
    x87 = between(all, Mnemonic.FNINIT, Mnemonic.EMMS);
    vector = between(all, Mnemonic.EMMS, Mnemonic.XORPS);
  }

  private static boolean usable(Form form) {
    Mnemonic m = form.mnemonic();
    boolean system = m.compareTo(Mnemonic.INS) >= 0 && m.compareTo(Mnemonic.SFENCE) <= 0;
    boolean segment = (form.operands() + ",").matches("(.*,)?(Sw|ES|CS|SS|DS|FS|GS),.*");
    return form.validIn(CodeMode.BITS64)
        && Semantics.has(m)
        && !LEFT_OUT.contains(m)
        && !segment
        && !form.opcode().equals("D9 D8+i") // does not see empty registers on some
        && (!system || HARMLESS.contains(m));
  }

  private static List<List<Form>> between(
      Map<Mnemonic, List<Form>> all, Mnemonic first, Mnemonic last) {
    return all.entrySet().stream()
        .filter(e -> e.getKey().compareTo(first) >= 0 && e.getKey().compareTo(last) <= 0)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** A row that Unicorn knows as well. */
  Form integerForm(Random random) {
    while (true) {
      List<Form> forms = integer.get(random.nextInt(integer.size()));
      Form form = forms.get(random.nextInt(forms.size()));
      if (!UnicornMistakes.in(form.mnemonic())) {
        return form;
      }
    }
  }

  /** A row: a mnemonic by chance, then one of its forms. */
  Form form(Random random) {
    int kind = random.nextInt(100);
    List<List<Form>> family = kind < 60 ? integer : kind < 67 ? x87 : vector;
    List<Form> forms = family.get(random.nextInt(family.size()));
    Form form = forms.get(random.nextInt(forms.size()));
    boolean end =
        form.mnemonic().compareTo(Mnemonic.UD0) >= 0
            && form.mnemonic().compareTo(Mnemonic.UD2) <= 0;
    return end && random.nextInt(20) > 0 ? form(random) : form;
  }
}
