package ringside.cpu.x86;

import ringside.cpu.x86.Arg.Kind;

/** All operands that there are, made once: an operand is the same object each time. */
final class Args {
  static final Arg ONE = new Arg(Kind.ONE, 0, 1);

  private static final int LARGEST = 512;
  private static final Arg[] GPR = new Arg[4 * 16];
  private static final Arg[] HIGH = some(Kind.HIGH_BYTE, 4, 1);
  private static final Arg[] MEMORY = sizes(Kind.MEMORY, LARGEST);
  private static final Arg[] IMMEDIATE = sizes(Kind.IMMEDIATE, 8);
  private static final Arg[] IMMEDIATE2 = sizes(Kind.IMMEDIATE2, 8);
  private static final Arg[] RELATIVE = sizes(Kind.RELATIVE, 8);
  private static final Arg[] FAR = sizes(Kind.FAR, 10);
  private static final Arg[] SEGMENT = some(Kind.SEGMENT, 6, 2);
  private static final Arg[] CONTROL4 = some(Kind.CONTROL, 16, 4);
  private static final Arg[] CONTROL8 = some(Kind.CONTROL, 16, 8);
  private static final Arg[] DEBUG4 = some(Kind.DEBUG, 8, 4);
  private static final Arg[] DEBUG8 = some(Kind.DEBUG, 8, 8);
  private static final Arg[] ST = some(Kind.ST, 8, 10);
  private static final Arg[] XMM = new Arg[17 * 16];
  private static final Arg[] MMX = new Arg[9 * 8];

  static {
    for (int i = 0; i < GPR.length; i++) {
      GPR[i] = new Arg(Kind.GPR, i & 15, 1 << (i >> 4));
    }
    for (int i = 0; i < XMM.length; i++) {
      XMM[i] = new Arg(Kind.XMM, i & 15, i >> 4);
    }
    for (int i = 0; i < MMX.length; i++) {
      MMX[i] = new Arg(Kind.MMX, i & 7, i >> 3);
    }
  }

  private Args() {}

  private static Arg[] some(Kind kind, int count, int size) {
    Arg[] args = new Arg[count];
    for (int i = 0; i < count; i++) {
      args[i] = new Arg(kind, i, size);
    }
    return args;
  }

  private static Arg[] sizes(Kind kind, int largest) {
    Arg[] args = new Arg[largest + 1];
    for (int i = 0; i <= largest; i++) {
      args[i] = new Arg(kind, 0, i);
    }
    return args;
  }

  static Arg gpr(int number, int size) {
    return GPR[(31 - Integer.numberOfLeadingZeros(size)) << 4 | number];
  }

  /** AH CH DH BH: 0 to 3. */
  static Arg high(int number) {
    return HIGH[number];
  }

  static Arg memory(int size) {
    return MEMORY[size];
  }

  static Arg immediate(int size) {
    return IMMEDIATE[size];
  }

  static Arg immediate2(int size) {
    return IMMEDIATE2[size];
  }

  static Arg relative(int size) {
    return RELATIVE[size];
  }

  static Arg far(int size) {
    return FAR[size];
  }

  static Arg segment(int number) {
    return SEGMENT[number];
  }

  static Arg control(int number, int size) {
    return (size == 8 ? CONTROL8 : CONTROL4)[number];
  }

  static Arg debug(int number, int size) {
    return (size == 8 ? DEBUG8 : DEBUG4)[number];
  }

  static Arg st(int number) {
    return ST[number];
  }

  static Arg xmm(int number, int size) {
    return XMM[size << 4 | number];
  }

  static Arg mmx(int number, int size) {
    return MMX[size << 3 | number & 7];
  }
}
