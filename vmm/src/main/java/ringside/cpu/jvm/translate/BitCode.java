package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Map;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** BT to BTC, BSF, BSR, POPCNT, BSWAP. */
final class BitCode {
  private static final ClassDesc LONG = ConstantDescs.CD_Long;
  private static final int NOTHING = 0;
  private static final int SET = 1;
  private static final int RESET = 2;
  private static final int COMPLEMENT = 3;
  private static final int FS = 4;

  private BitCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.BT, some((g, i) -> bit(g, i, NOTHING)));
    all.put(Mnemonic.BTS, some((g, i) -> bit(g, i, SET)));
    all.put(Mnemonic.BTR, some((g, i) -> bit(g, i, RESET)));
    all.put(Mnemonic.BTC, some((g, i) -> bit(g, i, COMPLEMENT)));
    all.put(Mnemonic.BSF, (g, i) -> scan(g, i, true));
    all.put(Mnemonic.BSR, (g, i) -> scan(g, i, false));
    all.put(Mnemonic.POPCNT, BitCode::count);
    all.put(Mnemonic.BSWAP, new Native.Some(BitCode::swap, Forms::wide));
  }

  /**
   * A bit number in a register reaches beyond a memory operand: common with LOCK only, to clear a
   * bit of a bitmap; else it is left to the op.
   */
  private static Native some(Native code) {
    return new Native.Some(code, i -> i.a.kind() == Arg.Kind.GPR || memoryForm(i));
  }

  private static boolean memoryForm(Insn i) {
    return Forms.locked(i) ? Forms.wide(i) && i.segment < FS : !Forms.farBit(i);
  }

  private static void bit(Gen g, Insn i, int change) {
    CodeBuilder b = g.b;
    if (Forms.locked(i)) {
      locked(g, i, change);
      carry(g);
      return;
    }
    Operand.fetch(g, i, i.a);
    g.pushRaw(i, i.a);
    b.lstore(Slots.TEMP2);
    number(g, i);
    if (change != NOTHING) {
      b.lload(Slots.TEMP2).lconst_1().iload(Slots.CARRY).lshl();
      switch (change) {
        case SET -> b.lor();
        case RESET -> {
          g.constant(-1L).b.lxor().land();
        }
        default -> b.lxor();
      }
      if (i.a.memory()) {
        b.lstore(Slots.TEMP);
        Operand.storeFrom(g, i.a, Slots.TEMP);
      } else {
        g.popGpr(i.a);
      }
    }
    carry(g);
  }

  /** The number of the bit within the operand to CARRY. */
  private static void number(Gen g, Insn i) {
    g.pushInt(i, i.b);
    g.constant(8 * i.a.size() - 1).b.iand().istore(Slots.CARRY);
  }

  /** The bit of the old value in TEMP2 becomes CF. */
  private static void carry(Gen g) {
    if (g.flagsWanted) {
      g.pushBits();
      g.constant(~Flags.CF).b.iand();
      g.b.lload(Slots.TEMP2).iload(Slots.CARRY).lushr().l2i().iconst_1().iand().ior();
      g.setFlagBits();
    }
  }

  private static void locked(Gen g, Insn i, int change) {
    CodeBuilder b = g.b;
    MemoryAccess.address(g, i);
    if (Forms.farBit(i)) {
      int size = Flags.log2(i.a.size());
      MemoryAccess.pushAddress(g);
      g.pushSigned(i, i.b);
      g.constant(3 + size).b.lshr();
      g.constant(size).b.lshl().ladd();
      g.zeroExtend(i.addressSize);
      b.lstore(Slots.ADDRESS);
    }
    number(g, i);
    b.lconst_1().iload(Slots.CARRY).lshl();
    if (change == RESET) {
      g.constant(-1L).b.lxor();
    }
    b.lstore(Slots.TEMP);
    String name =
        switch (change) {
          case SET -> "Or";
          case RESET -> "And";
          default -> "Xor";
        };
    AtomicCode.update(g, i.a, "getAndBitwise" + name);
  }

  /** A source of zero leaves the destination alone. */
  private static void scan(Gen g, Insn i, boolean forward) {
    CodeBuilder b = g.b;
    Label none = b.newLabel();
    Operand.fetch(g, i, i.b);
    g.pushZero(i, i.b);
    b.lstore(Slots.TEMP).lload(Slots.TEMP).lconst_0().lcmp().ifeq(none);
    if (forward) {
      b.lload(Slots.TEMP).invokestatic(LONG, "numberOfTrailingZeros", g.type(Gen.I, Gen.J)).i2l();
    } else {
      g.constant(63).b.lload(Slots.TEMP);
      b.invokestatic(LONG, "numberOfLeadingZeros", g.type(Gen.I, Gen.J)).isub().i2l();
    }
    g.popGpr(i.a);
    b.labelBinding(none);
    if (g.flagsWanted) {
      b.lload(Slots.TEMP).lstore(Slots.FLAGS_X);
      g.setFlags(Flags.LOGIC + Flags.log2(i.b.size()));
    }
  }

  private static void count(Gen g, Insn i) {
    CodeBuilder b = g.b;
    Operand.fetch(g, i, i.b);
    g.pushZero(i, i.b);
    b.invokestatic(LONG, "bitCount", g.type(Gen.I, Gen.J)).istore(Slots.CARRY);
    b.iload(Slots.CARRY).i2l();
    g.popGpr(i.a);
    if (g.flagsWanted) {
      Label zero = b.newLabel();
      Label end = b.newLabel();
      b.iload(Slots.CARRY).ifeq(zero).iconst_0().goto_(end);
      b.labelBinding(zero);
      g.constant(Flags.ZF).b.labelBinding(end);
      g.setFlagBits();
    }
  }

  private static void swap(Gen g, Insn i) {
    CodeBuilder b = g.b;
    g.pushRaw(i, i.a);
    b.invokestatic(LONG, "reverseBytes", g.type(Gen.J, Gen.J));
    if (i.a.size() == 4) {
      b.bipush(32).lushr();
    }
    g.popGpr(i.a);
  }
}
