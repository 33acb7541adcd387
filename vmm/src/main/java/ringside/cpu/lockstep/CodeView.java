package ringside.cpu.lockstep;

import java.util.Optional;
import ringside.cpu.Cpu;
import ringside.cpu.LinearMemory;
import ringside.cpu.Register;
import ringside.cpu.SegmentRegister;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.InsnText;
import ringside.cpu.x86.Mnemonic;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.Gva;

/** Looks at the code of a processor, without executing it. */
final class CodeView {
  /** No place from which code can be read. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(GuestFault cause) {
      super(cause);
    }
  }

  private final Cpu cpu;
  private final LinearMemory memory;

  CodeView(Cpu cpu, GuestSpace space) {
    this.cpu = cpu;
    this.memory = new LinearMemory(cpu, space);
  }

  /** The instruction at an offset of the code segment; empty where there is none to be read. */
  Optional<Insn> at(long rip) {
    long linear = rip + cpu.segment(SegmentRegister.CS).base();
    boolean big = cpu.segment(SegmentRegister.CS).big();
    CodeMode mode = cpu.longMode() ? CodeMode.BITS64 : big ? CodeMode.BITS32 : CodeMode.BITS16;
    try {
      Insn insn = Decoder.decode(k -> read(linear + k), mode);
      boolean exists = insn.form != Form.UNDEFINED && insn.form != Form.TOO_LONG;
      return exists ? Optional.of(insn) : Optional.empty();
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private int read(long linear) {
    try {
      return memory.read(new Gva(linear), 1)[0] & 0xff;
    } catch (GuestFault e) {
      throw new Unreadable(e);
    }
  }

  /** True when control is transferred by the instruction, so that every engine's block ends. */
  static boolean transfers(Insn i) {
    Mnemonic m = i.mnemonic;
    return switch (m) {
      case CALL, RET, JMP, JCC, JCXZ, LOOP, LOOPE, LOOPNE, CALLF, JMPF, RETF, IRET -> true;
      case SYSCALL, SYSRET, INT, INT3 -> true;
      default -> false;
    };
  }

  /** Instructions as text, from an offset of the code segment on. */
  String text(long rip, int count) {
    StringBuilder text = new StringBuilder();
    long at = rip;
    for (int k = 0; k < count; k++) {
      Optional<Insn> insn = at(at);
      if (insn.isEmpty()) {
        return text.append("  %x: no instruction\n".formatted(at)).toString();
      }
      text.append("  %x: %s\n".formatted(at, InsnText.of(insn.get(), at)));
      at += insn.get().length;
    }
    return text.toString();
  }

  long rip() {
    return cpu.get(Register.RIP);
  }
}
