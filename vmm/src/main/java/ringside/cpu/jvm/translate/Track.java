package ringside.cpu.jvm.translate;

import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * What the instructions of a block do to its general registers, as far as addresses go: which of
 * them have changed by a constant only, and which are another one's value plus a constant.
 *
 * <p>Invariant: while the {@link #version} of a register is the same, it is what it was then plus
 * the difference of {@link #moved}; where {@link #origin} is not negative, it is what that register
 * was where the block began plus {@link #distance}.
 */
final class Track {
  static final int RSP = 4;
  static final int RBP = 5;
  private static final int RAX = 0;
  private static final int RCX = 1;
  private static final int RDX = 2;

  private final int[] version = new int[16];
  private final long[] moved = new long[16];
  private final int[] origin = new int[16];

  /** Of the value when it got its version from that of its origin. */
  private final long[] base = new long[16];

  Track() {
    for (int n = 0; n < origin.length; n++) {
      origin[n] = n;
    }
  }

  int version(int register) {
    return version[register];
  }

  long moved(int register) {
    return moved[register];
  }

  int origin(int register) {
    return origin[register];
  }

  long distance(int register) {
    return base[register] + moved[register];
  }

  /**
   * An instruction that has bytecode of its own.
   *
   * @return the register whose value plus a constant its first operand becomes, or -1
   */
  int effect(Insn i) {
    switch (i.mnemonic) {
      case CMP, TEST, BT, JCC, JMP, NOP, PAUSE, MFENCE, CLC, STC, CMC -> {}
      case PUSH, CALL -> moved[RSP] -= i.operandSize;
      case POP -> {
        moved[RSP] += i.operandSize;
        written(i.a);
      }
      case RET -> moved[RSP] += i.operandSize + (i.a == null ? 0 : i.imm & 0xffff);
      case ADD -> step(i, 1);
      case SUB -> step(i, -1);
      case LEA -> {
        return lea(i);
      }
      case MOV -> {
        boolean whole = i.a.kind() == Arg.Kind.GPR && i.a.size() == 8;
        return copied(i.a, whole && i.b.kind() == Arg.Kind.GPR ? i.b.number() : -1, 0);
      }
      case MOVZX, MOVSX, MOVSXD, AND, OR, XOR, INC, DEC, NEG, NOT, ADC, SBB -> written(i.a);
      case SHL, SHR, SAR, ROL, ROR, CMOVCC, SETCC -> written(i.a);
      case BTS, BTR, BTC, BSF, BSR, POPCNT, BSWAP -> written(i.a);
      case XADD, XCHG -> {
        written(i.a);
        written(i.b);
      }
      case CMPXCHG -> {
        written(i.a);
        written(RAX);
      }
      case IMUL, MUL, DIV, IDIV, CBW, CWD -> {
        if (i.mnemonic == Mnemonic.IMUL && i.b != null) {
          written(i.a);
        } else {
          written(RAX);
          written(RDX);
        }
      }
      case LOOP, LOOPE, LOOPNE -> written(RCX);
      case MOVAPS, MOVDQA, MOVUPS, MOVDQU, MOVQ, MOVD -> written(i.a);
      default -> forget();
    }
    return -1;
  }

  /** Anything may have happened to all of them. */
  void forget() {
    for (int n = 0; n < version.length; n++) {
      written(n);
    }
  }

  private void step(Insn i, int sign) {
    boolean known = i.a.kind() == Arg.Kind.GPR && i.a.size() == 8;
    if (known && i.b.kind() == Arg.Kind.IMMEDIATE) {
      moved[i.a.number()] += sign * i.imm;
    } else {
      written(i.a);
    }
  }

  private int lea(Insn i) {
    boolean sum =
        i.a.size() == 8 && i.addressSize == 8 && i.index < 0 && i.base >= 0 && i.base < 16;
    if (sum && i.base == i.a.number()) {
      moved[i.base] += i.displacement;
      return -1;
    }
    return copied(i.a, sum ? i.base : -1, i.displacement);
  }

  /** A register becomes another one's value plus a constant; from -1: anything. */
  private int copied(Arg to, int from, long plus) {
    if (from < 0 || from == to.number()) {
      written(to);
      return -1;
    }
    written(to.number());
    origin[to.number()] = origin[from];
    base[to.number()] = distance(from) + plus;
    return from;
  }

  private void written(Arg a) {
    if (a.kind() == Arg.Kind.GPR || a.kind() == Arg.Kind.HIGH_BYTE) {
      written(a.number());
    }
  }

  private void written(int register) {
    version[register]++;
    moved[register] = 0;
    origin[register] = -1;
    base[register] = 0;
  }
}
