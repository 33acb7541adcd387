package ringside.cpu.jvm.ops;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;

/**
 * The register stack of x87 and its words (Intel SDM volume 1, 8.1).
 *
 * <p>Invariant: {@link Core#fpuTags} says only what is empty (3) or not (0); the finer tags come
 * from the contents when they are stored, as on the processor. The error summary and busy bits
 * follow from the exception flags and their masks.
 */
final class X87 {
  static final int INVALID = 1;
  static final int DENORMAL = 2;
  static final int STACK = 64;

  /** Condition bit: of an inexact result, that it was rounded up; of a stack fault, overflow. */
  static final int C1 = 1 << 9;

  private static final int ERROR_AND_BUSY = 0x8080;
  private static final int EXCEPTIONS = 0x3f;
  private static final int EXPONENT = 0x7fff;

  private X87() {}

  static int top(Core c) {
    return c.fpuStatus >> 11 & 7;
  }

  /** Number of the register that is ST(index) now. */
  static int physical(Core c, int index) {
    return top(c) + index & 7;
  }

  static void top(Core c, int top) {
    c.fpuStatus = c.fpuStatus & ~(7 << 11) | (top & 7) << 11;
  }

  static boolean empty(Core c, int index) {
    return (c.fpuTags >> 2 * physical(c, index) & 3) == 3;
  }

  static void free(Core c, int index) {
    c.fpuTags |= 3 << 2 * physical(c, index);
  }

  static Extended get(Core c, int index) {
    int n = physical(c, index);
    return new Extended(c.fpuSignExponent[n], c.fpuSignificand[n]);
  }

  static void set(Core c, int index, Extended value) {
    int n = physical(c, index);
    c.fpuSignExponent[n] = value.signExponent();
    c.fpuSignificand[n] = value.significand();
    c.fpuTags &= ~(3 << 2 * n);
  }

  static void push(Core c, Extended value) {
    top(c, top(c) - 1);
    set(c, 0, value);
  }

  static void pop(Core c) {
    free(c, 0);
    top(c, top(c) + 1);
  }

  /** Bit 6 reads as one, bits 15:13 and 7 as zero. */
  static void setControl(Core c, int control) {
    c.fpuControl = control & 0x1f3f | 0x40;
  }

  /** Works out the error summary and busy bits. */
  static void summarise(Core c) {
    boolean pending = (c.fpuStatus & ~c.fpuControl & EXCEPTIONS) != 0;
    c.fpuStatus = c.fpuStatus & ~ERROR_AND_BUSY | (pending ? ERROR_AND_BUSY : 0);
  }

  /**
   * Records exceptions.
   *
   * @return true when one of them is not masked
   */
  static boolean raise(Core c, int exceptions) {
    c.fpuStatus |= exceptions;
    summarise(c);
    return (exceptions & ~c.fpuControl & EXCEPTIONS) != 0;
  }

  /** Stack underflow or overflow; see {@link #raise}. */
  static boolean stackFault(Core c, boolean overflow) {
    c.fpuStatus = c.fpuStatus & ~C1 | (overflow ? C1 : 0);
    return raise(c, INVALID | STACK);
  }

  static void clearC1(Core c) {
    c.fpuStatus &= ~C1;
  }

  /** Remembers where the present instruction and its memory operand are. */
  static void remember(Core c, Insn i) {
    c.fpuIp = c.rip;
    if (i.a != null && i.a.memory() || i.b != null && i.b.memory()) {
      c.fpuDp = Operands.address(c, i);
    }
  }

  /** The tag word: 0 valid, 1 zero, 2 special, 3 empty. */
  static int tags(Core c) {
    int tags = 0;
    for (int n = 0; n < 8; n++) {
      tags |= tag(c, n) << 2 * n;
    }
    return tags;
  }

  private static int tag(Core c, int n) {
    if ((c.fpuTags >> 2 * n & 3) == 3) {
      return 3;
    }
    int exponent = c.fpuSignExponent[n] & EXPONENT;
    if (exponent == 0 && c.fpuSignificand[n] == 0) {
      return 1;
    }
    return exponent == 0 || exponent == EXPONENT || c.fpuSignificand[n] >= 0 ? 2 : 0;
  }

  static void tags(Core c, int tags) {
    int known = 0;
    for (int n = 0; n < 8; n++) {
      known |= (tags >> 2 * n & 3) == 3 ? 3 << 2 * n : 0;
    }
    c.fpuTags = known;
  }

  static void initialise(Core c) {
    c.fpuControl = 0x37f;
    c.fpuStatus = 0;
    c.fpuTags = 0xffff;
    c.fpuOpcode = 0;
    c.fpuIp = 0;
    c.fpuDp = 0;
  }
}
