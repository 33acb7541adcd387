package ringside.cpu.jvm.translate;

import ringside.cpu.HypercallStub;
import ringside.cpu.jvm.BlockEnds;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Properties of forms that decide whether bytecode can be written for them. */
final class Forms {
  private Forms() {}

  /** Operands that translated code can reach: general and XMM registers, flat memory, numbers. */
  static boolean plain(Insn i, CodeMode mode) {
    return i.form != Form.UNDEFINED
        && i.form != Form.TOO_LONG
        && plain(i, i.a, mode)
        && plain(i, i.b, mode)
        && plain(i, i.c, mode);
  }

  private static boolean plain(Insn i, Arg a, CodeMode mode) {
    if (a == null) {
      return true;
    }
    return switch (a.kind()) {
      case GPR, HIGH_BYTE, XMM, IMMEDIATE, IMMEDIATE2, ONE, RELATIVE -> true;
      case MEMORY -> MemoryAccess.reachable(i, mode == CodeMode.BITS64);
      default -> false;
    };
  }

  /** Of LEA and NOP, the operand is but an address. */
  static boolean touchesMemory(Insn i) {
    return switch (i.mnemonic) {
      case LEA, NOP -> false;
      default -> memory(i.a) || memory(i.b) || memory(i.c);
    };
  }

  static boolean memory(Arg a) {
    return a != null && a.memory();
  }

  static boolean locked(Insn i) {
    return i.has(Insn.LOCK);
  }

  /** Of BT and its like: the number of the bit may lead beyond the operand. */
  static boolean farBit(Insn i) {
    boolean bit =
        switch (i.mnemonic) {
          case BT, BTS, BTR, BTC -> true;
          default -> false;
        };
    return bit && i.a.memory() && i.b.kind() == Arg.Kind.GPR;
  }

  /** 4 or 8 bytes: what Java's arithmetic does without masks. */
  static boolean wide(Insn i) {
    return i.a.size() >= 4;
  }

  /** Instructions after which a block goes on somewhere else. */
  static boolean ends(Insn i) {
    return switch (i.mnemonic) {
      case JCC, JMP, CALL, RET, LOOP, LOOPE, LOOPNE, JCXZ, IRET, HLT -> true;
      default -> false;
    };
  }

  /**
   * Instructions that only the interpreter executes, out of the region: what changes how code is
   * decoded, translated or interrupted, and what is no instruction.
   */
  static boolean leaves(Insn i) {
    boolean ends = BlockEnds.ends(i) && !hypercall(i);
    return ends || i.form == Form.UNDEFINED || i.form == Form.TOO_LONG;
  }

  /** OUT of EAX to the port of hypercalls, as in the stubs of the hypercall page. */
  static boolean hypercall(Insn i) {
    return i.mnemonic == Mnemonic.OUT
        && i.a.kind() == Arg.Kind.IMMEDIATE
        && (i.imm & 0xff) == HypercallStub.PORT
        && i.b.size() == 4;
  }

  /** Works on XMM registers, and writes at most its first operand and flags. */
  static boolean vector(Insn i) {
    return (xmm(i.a) || xmm(i.b)) && !implicit(i);
  }

  private static boolean xmm(Arg a) {
    return a != null && a.kind() == Arg.Kind.XMM;
  }

  private static boolean implicit(Insn i) {
    return switch (i.mnemonic) {
      case PCMPESTRI, PCMPESTRM, PCMPISTRI, PCMPISTRM -> true;
      default -> false;
    };
  }

  /** Of {@link #vector} ones. */
  static boolean setsFlags(Insn i) {
    return switch (i.mnemonic) {
      case COMISS, COMISD, UCOMISS, UCOMISD, PTEST -> true;
      default -> false;
    };
  }

  static boolean repeated(Insn i) {
    return switch (i.mnemonic) {
      case MOVS, STOS, CMPS, SCAS, LODS -> i.has(Insn.REP) || i.has(Insn.REPNE);
      default -> false;
    };
  }
}
