package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.function.Consumer;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * LOCK ADD, SUB, INC, DEC, AND, OR, XOR; XADD, XCHG, CMPXCHG, locked or not: atomic accesses of the
 * host to aligned operands of 4 and 8 bytes, and by XCHG of 1 and 2.
 */
final class AtomicCode {
  private static final int RAX = 0;

  /** By the binary logarithm of the size. */
  private static final ClassDesc[] TYPES = {
    ConstantDescs.CD_byte, ConstantDescs.CD_short, Gen.I, Gen.J
  };

  private static final String[] NAMES = {"Byte", "Short", "Int", "Long"};

  private AtomicCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.XADD, new Native.Some(AtomicCode::xadd, Forms::wide));
    all.put(Mnemonic.XCHG, AtomicCode::xchg);
    all.put(Mnemonic.CMPXCHG, new Native.Some(AtomicCode::cmpxchg, Forms::wide));
  }

  static boolean covers(Insn i) {
    return Forms.wide(i)
        && switch (i.mnemonic) {
          case ADD, SUB, AND, OR, XOR, INC, DEC -> true;
          default -> false;
        };
  }

  /** The operand's host address, then the old value into TEMP2 with a value from TEMP. */
  static void update(Gen g, Arg memory, String name) {
    MemoryAccess.hostForUpdate(g, memory.size());
    CodeBuilder b = g.b;
    ClassDesc type = TYPES[Flags.log2(memory.size())];
    MemoryAccess.unsafe(b).lload(Slots.HOST).lload(Slots.TEMP);
    switch (memory.size()) {
      case 1 -> b.l2i().i2b();
      case 2 -> b.l2i().i2s();
      case 4 -> b.l2i();
      default -> {}
    }
    b.invokevirtual(
        MemoryAccess.UNSAFE,
        name + NAMES[Flags.log2(memory.size())],
        MethodTypeDesc.of(type, ConstantDescs.CD_Object, Gen.J, type));
    if (memory.size() < 8) {
      b.i2l();
    }
    b.lstore(Slots.TEMP2);
  }

  static void binary(Gen g, Insn i, int kind, Consumer<CodeBuilder> op) {
    CodeBuilder b = g.b;
    MemoryAccess.address(g, i);
    g.pushRaw(i, i.b);
    if (i.mnemonic == Mnemonic.SUB) {
      b.lneg();
    }
    b.lstore(Slots.TEMP);
    update(
        g,
        i.a,
        switch (i.mnemonic) {
          case AND -> "getAndBitwiseAnd";
          case OR -> "getAndBitwiseOr";
          case XOR -> "getAndBitwiseXor";
          default -> "getAndAdd";
        });
    if (g.flagsWanted) {
      b.lload(Slots.TEMP2);
      g.pushRaw(i, i.b);
      op.accept(b);
      b.lstore(Slots.TEMP);
      IntegerCode.after(g, i, kind);
    }
  }

  static void step(Gen g, Insn i, int kind, long by) {
    MemoryAccess.address(g, i);
    g.constant(by).b.lstore(Slots.TEMP);
    update(g, i.a, "getAndAdd");
    g.b.lload(Slots.TEMP2);
    g.constant(by).b.ladd().lstore(Slots.TEMP);
    IntegerCode.stepped(g, i, kind);
  }

  private static void xadd(Gen g, Insn i) {
    CodeBuilder b = g.b;
    g.pushRaw(i, i.b);
    b.lstore(Slots.TEMP);
    if (i.a.memory()) {
      MemoryAccess.address(g, i);
      update(g, i.a, "getAndAdd");
    } else {
      g.pushRaw(i, i.a);
      b.lstore(Slots.TEMP2);
    }
    if (g.flagsWanted) {
      b.lload(Slots.TEMP).lstore(Slots.FLAGS_Y);
      b.lload(Slots.TEMP).lload(Slots.TEMP2).ladd().lstore(Slots.FLAGS_X);
      g.setFlags(Flags.ADD + Flags.log2(i.a.size()));
    }
    b.lload(Slots.TEMP2);
    g.popGpr(i.b);
    if (!i.a.memory()) {
      b.lload(Slots.TEMP).lload(Slots.TEMP2).ladd();
      g.popGpr(i.a);
    }
  }

  private static void xchg(Gen g, Insn i) {
    CodeBuilder b = g.b;
    Arg memory = i.a.memory() ? i.a : i.b;
    Arg register = i.a.memory() ? i.b : i.a;
    g.pushRaw(i, register);
    b.lstore(Slots.TEMP);
    if (memory.memory()) {
      MemoryAccess.address(g, i);
      update(g, memory, "getAndSet");
    } else {
      g.pushRaw(i, memory);
      b.lstore(Slots.TEMP2);
      b.lload(Slots.TEMP);
      g.popGpr(memory);
    }
    b.lload(Slots.TEMP2);
    g.popGpr(register);
  }

  private static void cmpxchg(Gen g, Insn i) {
    CodeBuilder b = g.b;
    int size = i.a.size();
    Arg accumulator = new Arg(Arg.Kind.GPR, RAX, size);
    Label equal = b.newLabel();
    if (i.a.memory()) {
      exchange(g, i, accumulator);
    } else {
      g.pushZero(i, i.a);
      b.lstore(Slots.TEMP2);
    }
    g.pushZero(i, accumulator);
    b.lstore(Slots.TEMP);
    if (g.flagsWanted) {
      b.lload(Slots.TEMP).lstore(Slots.FLAGS_X).lload(Slots.TEMP2).lstore(Slots.FLAGS_Y);
      g.setFlags(LazyFlags.CMP + Flags.log2(size));
    }
    if (i.a.memory()) {
      b.lload(Slots.TEMP).lload(Slots.TEMP2).lcmp().ifeq(equal);
      b.lload(Slots.TEMP2);
      g.popGpr(accumulator);
      b.labelBinding(equal);
      return;
    }
    Label end = b.newLabel();
    b.lload(Slots.TEMP).lload(Slots.TEMP2).lcmp().ifeq(equal);
    b.lload(Slots.TEMP2);
    g.popGpr(i.a);
    b.lload(Slots.TEMP2);
    g.popGpr(accumulator);
    b.goto_(end).labelBinding(equal);
    g.pushRaw(i, i.b);
    g.popGpr(i.a);
    b.labelBinding(end);
  }

  /** The old value into TEMP2, zero-extended. */
  private static void exchange(Gen g, Insn i, Arg accumulator) {
    CodeBuilder b = g.b;
    boolean longs = i.a.size() == 8;
    ClassDesc type = longs ? Gen.J : Gen.I;
    MemoryAccess.address(g, i);
    MemoryAccess.hostForUpdate(g, i.a.size());
    MemoryAccess.unsafe(b).lload(Slots.HOST);
    if (longs) {
      g.pushRaw(i, accumulator);
      g.pushRaw(i, i.b);
    } else {
      g.pushInt(i, accumulator);
      g.pushInt(i, i.b);
    }
    b.invokevirtual(
        MemoryAccess.UNSAFE,
        longs ? "compareAndExchangeLong" : "compareAndExchangeInt",
        MethodTypeDesc.of(type, ConstantDescs.CD_Object, Gen.J, type, type));
    if (!longs) {
      b.i2l();
      g.zeroExtend(4);
    }
    b.lstore(Slots.TEMP2);
  }
}
