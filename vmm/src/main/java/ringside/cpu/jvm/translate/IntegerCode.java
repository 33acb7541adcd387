package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.util.Map;
import java.util.function.Consumer;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** ADD to XOR, CMP, TEST, INC, DEC, NEG, NOT, ADC, SBB. */
final class IntegerCode {
  /** From an op without to the same with a carry that comes in. */
  private static final int WITH_CARRY = LazyFlags.ADC - Flags.ADD;

  private IntegerCode() {}

  static void register(Map<Mnemonic, Native> all) {
    add(all, Mnemonic.ADD, (g, i) -> binary(g, i, Flags.ADD, CodeBuilder::ladd));
    add(all, Mnemonic.SUB, (g, i) -> binary(g, i, LazyFlags.CMP, CodeBuilder::lsub));
    add(all, Mnemonic.AND, (g, i) -> binary(g, i, Flags.LOGIC, CodeBuilder::land));
    add(all, Mnemonic.OR, (g, i) -> binary(g, i, Flags.LOGIC, CodeBuilder::lor));
    add(all, Mnemonic.XOR, IntegerCode::xor);
    add(all, Mnemonic.CMP, IntegerCode::cmp);
    add(all, Mnemonic.TEST, IntegerCode::test);
    add(all, Mnemonic.INC, (g, i) -> step(g, i, Flags.INC, 1));
    add(all, Mnemonic.DEC, (g, i) -> step(g, i, Flags.DEC, -1));
    add(all, Mnemonic.NEG, IntegerCode::neg);
    add(all, Mnemonic.NOT, IntegerCode::not);
    add(all, Mnemonic.ADC, (g, i) -> withCarry(g, i, Flags.ADD));
    add(all, Mnemonic.SBB, (g, i) -> withCarry(g, i, Flags.SUB));
  }

  private static void add(Map<Mnemonic, Native> all, Mnemonic m, Native code) {
    all.put(m, new Native.Some(code, i -> !Forms.locked(i) || AtomicCode.covers(i)));
  }

  private static void binary(Gen g, Insn i, int kind, Consumer<CodeBuilder> op) {
    if (Forms.locked(i)) {
      AtomicCode.binary(g, i, kind, op);
      return;
    }
    CodeBuilder b = g.b;
    if (Forms.memory(i.a)) {
      Operand.fetch(g, i, i.a);
      g.pushRaw(i, i.a);
      b.lstore(Slots.TEMP2).lload(Slots.TEMP2);
      g.pushRaw(i, i.b);
      op.accept(b);
      b.lstore(Slots.TEMP);
      Operand.storeFrom(g, i.a, Slots.TEMP);
      after(g, i, kind);
      return;
    }
    Operand.fetch(g, i, i.b);
    g.pushRaw(i, i.a);
    keep(g, kind == LazyFlags.CMP, Slots.FLAGS_X);
    g.pushRaw(i, i.b);
    keep(g, kind != Flags.LOGIC, Slots.FLAGS_Y);
    op.accept(b);
    extend(g, i.a);
    keep(g, kind != LazyFlags.CMP, Slots.FLAGS_X);
    g.popGpr(i.a);
    done(g, i, kind);
  }

  /** Flags of an operation on memory: the old value is in TEMP2, the result in TEMP. */
  static void after(Gen g, Insn i, int kind) {
    if (g.flagsWanted) {
      g.b.lload(kind == LazyFlags.CMP ? Slots.TEMP2 : Slots.TEMP).lstore(Slots.FLAGS_X);
      if (kind != Flags.LOGIC) {
        g.pushRaw(i, i.b);
        g.b.lstore(Slots.FLAGS_Y);
      }
      done(g, i, kind);
    }
  }

  private static void keep(Gen g, boolean needed, int slot) {
    if (needed && g.flagsWanted) {
      g.b.dup2().lstore(slot);
    }
  }

  /** As its register will hold it, so that what the flags keep of it takes no other register. */
  private static void extend(Gen g, Arg a) {
    if (a.size() == 4) {
      g.zeroExtend(4);
    }
  }

  private static void done(Gen g, Insn i, int kind) {
    if (g.flagsWanted) {
      g.setFlags(kind + Flags.log2(i.a.size()));
    }
  }

  private static void xor(Gen g, Insn i) {
    if (i.a.kind() == Arg.Kind.GPR && i.a.equals(i.b) && i.a.size() >= 4) {
      g.constant(0L).storeGpr(i.a.number());
      if (g.flagsWanted) {
        g.constant(0L).b.lstore(Slots.FLAGS_X);
        done(g, i, Flags.LOGIC);
      }
      return;
    }
    binary(g, i, Flags.LOGIC, CodeBuilder::lxor);
  }

  private static void cmp(Gen g, Insn i) {
    Operand.fetch(g, i, Forms.memory(i.a) ? i.a : i.b);
    if (g.flagsWanted) {
      g.pushRaw(i, i.a);
      g.b.lstore(Slots.FLAGS_X);
      g.pushRaw(i, i.b);
      g.b.lstore(Slots.FLAGS_Y);
      done(g, i, LazyFlags.CMP);
    }
  }

  private static void test(Gen g, Insn i) {
    Operand.fetch(g, i, i.a);
    if (g.flagsWanted) {
      g.pushRaw(i, i.a);
      if (!i.a.equals(i.b)) {
        g.pushRaw(i, i.b);
        g.b.land();
      }
      g.b.lstore(Slots.FLAGS_X);
      done(g, i, Flags.LOGIC);
    }
  }

  private static void step(Gen g, Insn i, int kind, long by) {
    if (Forms.locked(i)) {
      AtomicCode.step(g, i, kind, by);
      return;
    }
    Operand.fetch(g, i, i.a);
    g.pushRaw(i, i.a);
    g.constant(by).b.ladd();
    extend(g, i.a);
    g.b.lstore(Slots.TEMP);
    if (Forms.memory(i.a)) {
      Operand.storeFrom(g, i.a, Slots.TEMP);
    }
    stepped(g, i, kind);
    if (!Forms.memory(i.a)) {
      g.b.lload(Slots.TEMP);
      g.popGpr(i.a);
    }
  }

  /** The result is in TEMP; CF stays as it was. */
  static void stepped(Gen g, Insn i, int kind) {
    if (g.flagsWanted) {
      keepCarry(g);
      g.b.lload(Slots.TEMP).lstore(Slots.FLAGS_X);
      done(g, i, kind);
    }
  }

  /** CF of the present flags to where INC and DEC have it; a comparison is not made yet. */
  private static void keepCarry(Gen g) {
    CodeBuilder b = g.b;
    switch (g.flags == Gen.UNKNOWN ? Gen.UNKNOWN : g.flags & ~3) {
      case Flags.INC, Flags.DEC -> {}
      case Flags.ADD, LazyFlags.CMP -> {
        int above = 64 - (8 << (g.flags & 3));
        shifted(g, Slots.FLAGS_X, above);
        b.lstore(Slots.FLAGS_Z);
        if (above != 0) {
          shifted(g, Slots.FLAGS_Y, above);
          b.lstore(Slots.FLAGS_Y);
        }
      }
      default -> {
        g.pushCarry();
        b.i2l().lstore(Slots.FLAGS_Y).lconst_0().lstore(Slots.FLAGS_Z);
      }
    }
  }

  private static void shifted(Gen g, int slot, int left) {
    g.b.lload(slot);
    if (left != 0) {
      g.constant(left).b.lshl();
    }
  }

  private static void neg(Gen g, Insn i) {
    Operand.fetch(g, i, i.a);
    g.pushRaw(i, i.a);
    g.b.lstore(Slots.TEMP2).lload(Slots.TEMP2).lneg().lstore(Slots.TEMP);
    if (Forms.memory(i.a)) {
      Operand.storeFrom(g, i.a, Slots.TEMP);
    } else {
      g.b.lload(Slots.TEMP);
      g.popGpr(i.a);
    }
    if (g.flagsWanted) {
      g.constant(0L).b.lstore(Slots.FLAGS_X).lload(Slots.TEMP2).lstore(Slots.FLAGS_Y);
      done(g, i, LazyFlags.CMP);
    }
  }

  private static void not(Gen g, Insn i) {
    Operand.fetch(g, i, i.a);
    g.pushRaw(i, i.a);
    g.constant(-1L).b.lxor();
    if (Forms.memory(i.a)) {
      g.b.lstore(Slots.TEMP);
      Operand.storeFrom(g, i.a, Slots.TEMP);
    } else {
      g.popGpr(i.a);
    }
  }

  /** The op is known only when it runs: with a carry that comes in it is another. */
  private static void withCarry(Gen g, Insn i, int kind) {
    CodeBuilder b = g.b;
    Operand.fetch(g, i, Forms.memory(i.a) ? i.a : i.b);
    g.pushCarry();
    b.istore(Slots.CARRY);
    g.pushRaw(i, i.b);
    b.lstore(Slots.TEMP2);
    g.pushRaw(i, i.a);
    b.lload(Slots.TEMP2);
    arithmetic(b, kind);
    b.iload(Slots.CARRY).i2l();
    arithmetic(b, kind);
    b.lstore(Slots.TEMP);
    if (Forms.memory(i.a)) {
      Operand.storeFrom(g, i.a, Slots.TEMP);
    } else {
      b.lload(Slots.TEMP);
      g.popGpr(i.a);
    }
    if (g.flagsWanted) {
      b.lload(Slots.TEMP).lstore(Slots.FLAGS_X).lload(Slots.TEMP2).lstore(Slots.FLAGS_Y);
      b.iload(Slots.CARRY).bipush(WITH_CARRY).imul();
      g.constant(kind + Flags.log2(i.a.size())).b.iadd().istore(Slots.FLAGS_OP);
      g.flags = Gen.UNKNOWN;
    }
  }

  private static void arithmetic(CodeBuilder b, int kind) {
    if (kind == Flags.ADD) {
      b.ladd();
    } else {
      b.lsub();
    }
  }
}
