package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import ringside.cpu.jvm.Flags;

/**
 * Branches on conditions of the flags (Intel SDM volume 1, B.1). Where the op is known while code
 * is written, a condition becomes one comparison of x and y, so that a comparison and the branch
 * behind it are one.
 */
final class Conditions {
  private static final int CARRY = 1;
  private static final int ZERO = 2;
  private static final int CARRY_OR_ZERO = 3;
  private static final int SIGN = 4;
  private static final int LESS = 6;
  private static final int LESS_OR_EQUAL = 7;

  private Conditions() {}

  /** Jumps when the condition holds. */
  static void branch(Gen g, int condition, Label target) {
    if (g.flags == Gen.UNKNOWN || !known(g, condition, target)) {
      g.pushFlags();
      g.constant(condition)
          .b
          .invokestatic(Gen.LAZY, "holds", g.type(Gen.Z, Gen.I, Gen.J, Gen.J, Gen.J, Gen.I));
      g.b.ifne(target);
    }
  }

  /** Pushes 1 or 0. */
  static void push(Gen g, int condition) {
    CodeBuilder b = g.b;
    Label yes = b.newLabel();
    Label end = b.newLabel();
    branch(g, condition, yes);
    b.iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
  }

  private static boolean known(Gen g, int condition, Label target) {
    boolean negated = (condition & 1) != 0;
    int size = 1 << (g.flags & 3);
    return switch (g.flags & ~3) {
      case LazyFlags.CMP -> compared(g, condition >> 1, negated, size, target);
      case Flags.LOGIC -> tested(g, condition >> 1, negated, size, target);
      case Flags.ADD -> added(g, condition >> 1, negated, size, target);
      case Flags.INC, Flags.DEC -> stepped(g, condition >> 1, negated, size, target);
      case LazyFlags.SHL, LazyFlags.SHR, LazyFlags.SAR -> false;
      default -> false;
    };
  }

  private static boolean compared(Gen g, int kind, boolean negated, int size, Label target) {
    CodeBuilder b = g.b;
    switch (kind) {
      case ZERO -> {
        bothZero(g, size);
        jump(g, size, negated ? Is.NE : Is.EQ, target);
      }
      case LESS -> {
        both(g, size);
        jump(g, size, negated ? Is.GE : Is.LT, target);
      }
      case LESS_OR_EQUAL -> {
        both(g, size);
        jump(g, size, negated ? Is.GT : Is.LE, target);
      }
      case CARRY, CARRY_OR_ZERO -> {
        boolean less = kind == CARRY;
        Is is = negated ? less ? Is.GE : Is.GT : less ? Is.LT : Is.LE;
        bothZero(g, size);
        if (size < 4) {
          jump(g, size, is, target);
        } else {
          unsigned(g, size);
          zero(b, is, target);
        }
      }
      case SIGN -> {
        sized(g, Slots.FLAGS_X, size);
        sized(g, Slots.FLAGS_Y, size);
        if (size == 8) {
          b.lsub().lconst_0().lcmp();
        } else {
          b.isub();
        }
        zero(b, negated ? Is.GE : Is.LT, target);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** CF and OF are 0. */
  private static boolean tested(Gen g, int kind, boolean negated, int size, Label target) {
    Is is;
    switch (kind) {
      case ZERO, CARRY_OR_ZERO -> is = negated ? Is.NE : Is.EQ;
      case SIGN, LESS -> is = negated ? Is.GE : Is.LT;
      case LESS_OR_EQUAL -> is = negated ? Is.GT : Is.LE;
      default -> {
        return false;
      }
    }
    result(g, size, is, target);
    return true;
  }

  private static boolean added(Gen g, int kind, boolean negated, int size, Label target) {
    switch (kind) {
      case CARRY -> {
        both(g, size);
        unsigned(g, size);
        zero(g.b, negated ? Is.GE : Is.LT, target);
        return true;
      }
      case ZERO, SIGN -> {
        return tested(g, kind, negated, size, target);
      }
      default -> {
        return false;
      }
    }
  }

  private static boolean stepped(Gen g, int kind, boolean negated, int size, Label target) {
    switch (kind) {
      case CARRY -> {
        g.b.lload(Slots.FLAGS_Z).lload(Slots.FLAGS_Y);
        unsigned(g, 8);
        zero(g.b, negated ? Is.GE : Is.LT, target);
        return true;
      }
      case ZERO, SIGN -> {
        return tested(g, kind, negated, size, target);
      }
      default -> {
        return false;
      }
    }
  }

  private static void result(Gen g, int size, Is is, Label target) {
    if (is == Is.EQ || is == Is.NE) {
      zeroExtended(g, Slots.FLAGS_X, size);
    } else {
      sized(g, Slots.FLAGS_X, size);
    }
    if (size == 8) {
      g.b.lconst_0().lcmp();
    }
    zero(g.b, is, target);
  }

  private static void both(Gen g, int size) {
    sized(g, Slots.FLAGS_X, size);
    sized(g, Slots.FLAGS_Y, size);
  }

  private static void bothZero(Gen g, int size) {
    zeroExtended(g, Slots.FLAGS_X, size);
    zeroExtended(g, Slots.FLAGS_Y, size);
  }

  /** Pushes a value: of 1 and 2 bytes zero-extended, as loads of them are. */
  private static void zeroExtended(Gen g, int slot, int size) {
    g.b.lload(slot);
    if (size < 8) {
      g.b.l2i();
    }
    if (size < 4) {
      g.constant((int) Gen.mask(size)).b.iand();
    }
  }

  /** Pushes a value so that its top bit is the top bit of the type. */
  private static void sized(Gen g, int slot, int size) {
    g.b.lload(slot);
    if (size < 8) {
      g.b.l2i();
    }
    if (size < 4) {
      g.constant(32 - 8 * size).b.ishl();
    }
  }

  private static void unsigned(Gen g, int size) {
    if (size == 8) {
      g.b.invokestatic(BOXED_LONG, "compareUnsigned", g.type(Gen.I, Gen.J, Gen.J));
    } else {
      g.b.invokestatic(BOXED_INT, "compareUnsigned", g.type(Gen.I, Gen.I, Gen.I));
    }
  }

  private static final java.lang.constant.ClassDesc BOXED_LONG =
      java.lang.constant.ConstantDescs.CD_Long;
  private static final java.lang.constant.ClassDesc BOXED_INT =
      java.lang.constant.ConstantDescs.CD_Integer;

  private enum Is {
    EQ,
    NE,
    LT,
    GE,
    GT,
    LE
  }

  private static void jump(Gen g, int size, Is is, Label target) {
    CodeBuilder b = g.b;
    if (size == 8) {
      b.lcmp();
      zero(b, is, target);
      return;
    }
    switch (is) {
      case EQ -> b.if_icmpeq(target);
      case NE -> b.if_icmpne(target);
      case LT -> b.if_icmplt(target);
      case GE -> b.if_icmpge(target);
      case GT -> b.if_icmpgt(target);
      case LE -> b.if_icmple(target);
    }
  }

  private static void zero(CodeBuilder b, Is is, Label target) {
    switch (is) {
      case EQ -> b.ifeq(target);
      case NE -> b.ifne(target);
      case LT -> b.iflt(target);
      case GE -> b.ifge(target);
      case GT -> b.ifgt(target);
      case LE -> b.ifle(target);
    }
  }
}
