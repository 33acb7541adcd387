package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * The method of a region while it is written: where registers are, what is known of the flags, and
 * the cold ends that come last.
 *
 * <p>Invariant: between instructions the operand stack is empty, all registers of the region are in
 * their locals, and the flags are in the four locals of {@link LazyFlags}. An instruction writes
 * none of them before its last access to memory.
 */
final class Gen {
  static final ClassDesc CORE = Core.class.describeConstable().orElseThrow();
  static final ClassDesc LAZY = LazyFlags.class.describeConstable().orElseThrow();
  static final ClassDesc HELP = Help.class.describeConstable().orElseThrow();
  static final ClassDesc CODE = RegionCode.class.describeConstable().orElseThrow();
  static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
  static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();
  static final ClassDesc J = ConstantDescs.CD_long;
  static final ClassDesc I = ConstantDescs.CD_int;
  static final ClassDesc Z = ConstantDescs.CD_boolean;
  static final ClassDesc V = ConstantDescs.CD_void;

  /** Of {@link #flags}: the op is known at run time only. */
  static final int UNKNOWN = -1;

  final CodeBuilder b;
  final Shape shape;
  final Registers registers;
  final Label bail;
  final Label leave;
  final List<Long> rips = new ArrayList<>();
  final List<Integer> refunds = new ArrayList<>();
  final List<Place> places = new ArrayList<>();
  final List<Insn> insns = new ArrayList<>();
  final List<Runnable> cold = new ArrayList<>();

  final Budgets budgets;

  /** Looks that still stand where each block begins. */
  final Standing standing;

  /** What is known of the flags where each block begins. */
  final FlagFlow flow;

  /** Op of the flags as known while code is written, or {@link #UNKNOWN}. */
  int flags = UNKNOWN;

  /** RIP of the present instruction. */
  long rip;

  /** Ticks of the block from the present instruction on. */
  int rest;

  /** Ticks of the longest way behind the present block that is paid for already. */
  int ahead;

  /** Somebody may ask for the flags of the present instruction. */
  boolean flagsWanted;

  /** The present instruction may be in the shadow of an STI. */
  boolean shadow;

  /** Line numbers are written, which count instructions. */
  boolean lines;

  private int line;

  /** Number of the present block. */
  int part;

  /** Accesses of the present block that lie together. */
  Reaches reaches;

  /** Number of the present instruction in its block. */
  int instruction;

  /** Of the present access; null when it stands alone. */
  Reaches.Member member;

  /** Pushes the linear address of the present access; null when it is in ADDRESS already. */
  Runnable address;

  /** Beginnings of the blocks. */
  final Label[] labels;

  private final Map<Long, Label> exits = new HashMap<>();

  /** The place of the present instruction, once one was made. */
  private int place = -1;

  Gen(CodeBuilder b, Shape shape, Registers registers, FlagFlow flow, Standing standing) {
    this.flow = flow;
    this.budgets = Budgets.of(shape);
    this.standing = standing;
    this.b = b;
    this.shape = shape;
    this.registers = registers;
    this.bail = b.newLabel();
    this.leave = b.newLabel();
    this.labels = new Label[shape.parts().size()];
    Arrays.setAll(labels, n -> b.newLabel());
  }

  void begin(long newRip, int newRest, boolean wanted) {
    rip = newRip;
    rest = newRest;
    flagsWanted = wanted;
    place = -1;
    if (lines) {
      b.lineNumber(++line);
    }
  }

  /** A place where the region is left with this RIP, giving back so many ticks. */
  int place(long at, int refund, Place why) {
    rips.add(at);
    places.add(why);
    refunds.add(refund);
    return rips.size() - 1;
  }

  /** The place before the present instruction. */
  int here() {
    if (place < 0) {
      place = place(rip, rest, Place.ACCESS);
    }
    return place;
  }

  /** What is written next may throw: then the region is left before the present instruction. */
  void mayLeave() {
    b.loadConstant(here()).istore(Slots.AT);
  }

  /** Leaves the region at a place. */
  void bailOut(int at) {
    b.loadConstant(at).istore(Slots.AT).goto_(bail);
  }

  void later(Runnable code) {
    cold.add(code);
  }

  MethodTypeDesc type(ClassDesc result, ClassDesc... parameters) {
    return MethodTypeDesc.of(result, parameters);
  }

  void help(String name, ClassDesc result, ClassDesc... parameters) {
    b.invokestatic(HELP, name, type(result, parameters));
  }

  Gen constant(long value) {
    b.loadConstant(value);
    return this;
  }

  Gen constant(int value) {
    b.loadConstant(value);
    return this;
  }

  /** Adds a constant to the long on the stack. */
  Gen add(long value) {
    if (value != 0) {
      b.loadConstant(value).ladd();
    }
    return this;
  }

  // Control

  /** Where the code of the block at this RIP begins; of one outside, the way out to it. */
  Label label(long target) {
    int number = shape.at(target);
    if (number >= 0) {
      flow.into(number, flags);
      return labels[number];
    }
    return exits.computeIfAbsent(
        target,
        t -> {
          Label out = b.newLabel();
          later(
              () -> {
                b.labelBinding(out);
                bailOut(place(t, 0, Place.ELSEWHERE));
              });
          return out;
        });
  }

  /** Goes on at a RIP; nothing is written when its block comes next. */
  void go(long target) {
    int number = shape.at(target);
    if (number < 0 || number != part + 1) {
      b.goto_(label(target));
    } else {
      flow.into(number, flags);
    }
  }

  /** RIPs in the region to which the last instruction of the present block may jump. */
  Set<Long> targets() {
    Shape.Part present = shape.parts().get(part);
    Set<Long> all = new TreeSet<>();
    for (long target : present.targets()) {
      all.add(target);
    }
    if (present.insns().getLast().mnemonic == Mnemonic.RET) {
      all.addAll(shape.returns().get(present.rip()));
    }
    return all;
  }

  // Registers

  boolean long64() {
    return shape.mode() == CodeMode.BITS64;
  }

  void loadGpr(int number) {
    b.lload(registers.gpr(number));
  }

  /** All 64 bits. */
  void storeGpr(int number) {
    b.lstore(registers.gpr(number));
  }

  /** Pushes a register or an immediate as a long; above its size may be anything. */
  void pushRaw(Insn i, Arg a) {
    switch (a.kind()) {
      case GPR -> loadGpr(a.number());
      case HIGH_BYTE -> {
        loadGpr(a.number());
        b.bipush(8).lushr();
      }
      case MEMORY -> {
        if (a.size() == 8) {
          b.lload(Slots.VALUE);
        } else {
          b.iload(Slots.VALUE).i2l();
        }
      }
      case IMMEDIATE -> constant(i.imm);
      case IMMEDIATE2 -> constant(i.imm2);
      case ONE -> constant(1L);
      default -> throw new AssertionError(a);
    }
  }

  /** As {@link #pushRaw}, as an int. */
  void pushInt(Insn i, Arg a) {
    switch (a.kind()) {
      case MEMORY -> b.iload(Slots.VALUE);
      case IMMEDIATE -> constant((int) i.imm);
      case IMMEDIATE2 -> constant((int) i.imm2);
      case ONE -> constant(1);
      default -> {
        pushRaw(i, a);
        b.l2i();
      }
    }
  }

  /** Pushes zero-extended to a long. */
  void pushZero(Insn i, Arg a) {
    switch (a.kind()) {
      case IMMEDIATE -> constant(i.imm & mask(a.size()));
      case ONE -> constant(1L);
      default -> {
        pushRaw(i, a);
        zeroExtend(a.size());
      }
    }
  }

  void pushSigned(Insn i, Arg a) {
    if (a.size() == 8) {
      pushRaw(i, a);
    } else {
      pushInt(i, a);
      signExtend(a.size());
      b.i2l();
    }
  }

  void zeroExtend(int size) {
    if (size < 8) {
      constant(mask(size));
      b.land();
    }
  }

  /** An int whose low bytes count. */
  void signExtend(int size) {
    if (size == 1) {
      b.i2b();
    } else if (size == 2) {
      b.i2s();
    }
  }

  static long mask(int size) {
    return size == 8 ? -1 : (1L << 8 * size) - 1;
  }

  /** Pops a long, of which only the operand's size counts, into a register. */
  void popGpr(Arg a) {
    int shift = a.kind() == Arg.Kind.HIGH_BYTE ? 8 : 0;
    switch (a.size()) {
      case 8 -> storeGpr(a.number());
      case 4 -> {
        zeroExtend(4);
        storeGpr(a.number());
      }
      default -> {
        zeroExtend(a.size());
        if (shift != 0) {
          b.bipush(shift).lshl();
        }
        loadGpr(a.number());
        constant(~(mask(a.size()) << shift));
        b.land().lor();
        storeGpr(a.number());
      }
    }
  }

  // Flags

  /** Flags of an op that is known while code is written; x and y are in their locals. */
  void setFlags(int op) {
    constant(op);
    b.istore(Slots.FLAGS_OP);
    flags = op;
  }

  /** Pops known bits as an int. */
  void setFlagBits() {
    b.i2l().lstore(Slots.FLAGS_Y);
    setFlags(Flags.EFLAGS);
  }

  void pushFlags() {
    b.iload(Slots.FLAGS_OP).lload(Slots.FLAGS_X).lload(Slots.FLAGS_Y).lload(Slots.FLAGS_Z);
  }

  /** CF as an int, 0 or 1. */
  void pushCarry() {
    pushFlags();
    b.invokestatic(LAZY, "carry", type(I, I, J, J, J));
  }

  /** All arithmetic flags as an int. */
  void pushBits() {
    pushFlags();
    b.invokestatic(LAZY, "bits", type(I, I, J, J, J));
  }

  void loadField(String name) {
    b.aload(Slots.CORE).getfield(CORE, name, J);
  }
}
