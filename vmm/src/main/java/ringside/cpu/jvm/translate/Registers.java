package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.List;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Which registers a region keeps in locals: those that its own bytecode touches. All others stay in
 * the core.
 */
final class Registers {
  private static final int RAX = 0;
  private static final int RCX = 1;
  private static final int RDX = 2;
  private static final int RSP = 4;
  private static final int RBP = 5;

  private final int[] gpr = new int[16];
  private final int[] xmm = new int[16];
  private final int[] delta = new int[16];
  private int next = Slots.REGISTERS;

  private Registers() {}

  static Registers of(Shape shape) {
    Registers r = new Registers();
    for (Shape.Part p : shape.parts()) {
      for (Insn i : p.insns()) {
        if (Native.of(i, shape.mode()) != null) {
          r.use(i);
        }
      }
    }
    for (int n : r.gprs()) {
      r.delta[n] = r.next;
      r.next += 2;
    }
    return r;
  }

  private void use(Insn i) {
    use(i.a);
    use(i.b);
    use(i.c);
    if (i.base >= 0 && i.base < 16) {
      general(i.base);
    }
    if (i.index >= 0) {
      general(i.index);
    }
    switch (i.mnemonic) {
      case PUSH, POP, CALL, RET, PUSHF, POPF, IRET -> general(RSP);
      case LEAVE -> {
        general(RSP);
        general(RBP);
      }
      case MUL, IMUL, DIV, IDIV, CBW, CWD -> {
        if (i.mnemonic != Mnemonic.IMUL || i.b == null) {
          general(RAX);
          general(RDX);
        }
      }
      case CMPXCHG -> general(RAX);
      case LOOP, LOOPE, LOOPNE, JCXZ -> general(RCX);
      default -> {}
    }
  }

  private void use(Arg a) {
    if (a == null) {
      return;
    }
    switch (a.kind()) {
      case GPR, HIGH_BYTE -> general(a.number());
      case XMM -> {
        if (xmm[a.number()] == 0) {
          xmm[a.number()] = next;
          next += 4;
        }
      }
      default -> {}
    }
  }

  private void general(int number) {
    if (gpr[number] == 0) {
      gpr[number] = next;
      next += 2;
    }
  }

  /** Local of a general register. */
  int gpr(int number) {
    if (gpr[number] == 0) {
      throw new AssertionError("register " + number + " was not counted");
    }
    return gpr[number];
  }

  /** Local of the host's address less the linear one, of bytes around that in the register. */
  int delta(int number) {
    return delta[number];
  }

  boolean hasGpr(int number) {
    return gpr[number] != 0;
  }

  boolean hasXmm(int number) {
    return xmm[number] != 0;
  }

  /** Local of the low half of an XMM register; the high half is two behind. */
  int xmm(int number) {
    if (xmm[number] == 0) {
      throw new AssertionError("register xmm" + number + " was not counted");
    }
    return xmm[number];
  }

  List<Integer> gprs() {
    return used(gpr);
  }

  List<Integer> xmms() {
    return used(xmm);
  }

  private static List<Integer> used(int[] slots) {
    List<Integer> numbers = new ArrayList<>();
    for (int n = 0; n < slots.length; n++) {
      if (slots[n] != 0) {
        numbers.add(n);
      }
    }
    return numbers;
  }

  /** First local behind all registers. */
  int end() {
    return next;
  }
}
