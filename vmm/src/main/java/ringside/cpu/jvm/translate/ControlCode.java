package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Jumps, calls and returns. Targets within the region are jumps of the JVM; where an indirect one
 * went before is looked up among the region's blocks.
 */
final class ControlCode {
  private static final int RCX = 1;

  /** Targets of an indirect branch up to which each is compared with. */
  private static final int FEW = 4;

  private ControlCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.JCC, some(ControlCode::jcc));
    all.put(Mnemonic.JMP, some(ControlCode::jmp));
    all.put(Mnemonic.CALL, some(ControlCode::call));
    all.put(Mnemonic.RET, some(ControlCode::ret));
    all.put(Mnemonic.LOOP, some((g, i) -> loop(g, i, -1)));
    all.put(Mnemonic.LOOPE, some((g, i) -> loop(g, i, 4)));
    all.put(Mnemonic.LOOPNE, some((g, i) -> loop(g, i, 5)));
    all.put(Mnemonic.JCXZ, some(ControlCode::jcxz));
  }

  private static Native some(Native code) {
    return new Native.Some(code, i -> i.operandSize >= 4);
  }

  /** Where a direct branch goes. */
  static long target(long rip, Insn i) {
    return rip + i.length + i.imm & Gen.mask(i.operandSize);
  }

  static boolean direct(Insn i) {
    return i.a != null && i.a.kind() == Arg.Kind.RELATIVE;
  }

  private static long next(Gen g, Insn i) {
    return g.rip + i.length & Gen.mask(g.long64() ? 8 : 4);
  }

  private static void jcc(Gen g, Insn i) {
    SystemCode.endShadow(g);
    long target = target(g.rip, i);
    if (forward(g, target)) {
      Conditions.branch(g, i.condition, g.label(target));
    } else {
      Label on = g.b.newLabel();
      Conditions.branch(g, i.condition ^ 1, on);
      g.b.goto_(g.label(target)).labelBinding(on);
    }
    g.go(next(g, i));
  }

  /**
   * The conditional jump at the end of a round, behind which another one is written.
   *
   * @param rest ticks of the rounds to come
   */
  static void roundEnds(Gen g, Insn i, int rest) {
    SystemCode.endShadow(g);
    Label leave = g.b.newLabel();
    Label out = g.label(next(g, i));
    Conditions.branch(g, i.condition ^ 1, leave);
    g.later(() -> g.b.labelBinding(leave).iinc(Slots.LEFT, rest).goto_(out));
  }

  /**
   * False when the block has its place before the end of the present one. Such jumps are gotos:
   * HotSpot may stop there, and what a conditional one compares would be kept for that.
   */
  private static boolean forward(Gen g, long target) {
    int number = g.shape.at(target);
    return number < 0 || number > g.part;
  }

  private static void jmp(Gen g, Insn i) {
    if (direct(i)) {
      SystemCode.endShadow(g);
      g.go(target(g.rip, i));
      return;
    }
    Operand.fetch(g, i, i.a);
    g.pushZero(i, i.a);
    g.b.lstore(Slots.TARGET);
    SystemCode.endShadow(g);
    dispatch(g);
    reachable(g, 0);
    g.b.goto_(g.leave);
  }

  private static void call(Gen g, Insn i) {
    if (!direct(i)) {
      Operand.fetch(g, i, i.a);
      g.pushZero(i, i.a);
      g.b.lstore(Slots.TARGET);
      reachable(g, 0);
    }
    g.constant(next(g, i)).b.lstore(Slots.TEMP);
    StackCode.pushFrom(g, i.operandSize, Slots.TEMP);
    SystemCode.endShadow(g);
    if (direct(i)) {
      g.go(target(g.rip, i));
    } else {
      dispatch(g);
      g.b.goto_(g.leave);
    }
  }

  private static void ret(Gen g, Insn i) {
    int size = i.operandSize;
    StackCode.peek(g, size);
    g.pushRaw(i, new Arg(Arg.Kind.MEMORY, 0, size));
    g.zeroExtend(size);
    g.b.lstore(Slots.TARGET);
    long popped = i.a == null ? size : size + (i.imm & 0xffff);
    StackCode.movePointer(g, popped);
    SystemCode.endShadow(g);
    dispatch(g);
    reachable(g, popped);
    g.b.goto_(g.leave);
  }

  /**
   * A target that is not canonical faults in the branch: the interpreter's business.
   *
   * @param popped what the stack pointer was moved by, to be taken back
   */
  private static void reachable(Gen g, long popped) {
    if (g.long64()) {
      Label wrong = g.b.newLabel();
      g.b.lload(Slots.TARGET).bipush(16).lshl().bipush(16).lshr();
      g.b.lload(Slots.TARGET).lcmp().ifne(wrong);
      int at = g.here();
      g.later(
          () -> {
            g.b.labelBinding(wrong);
            if (popped != 0) {
              StackCode.movePointer(g, -popped);
            }
            g.bailOut(at);
          });
    }
  }

  /** To TARGET, if it is one of the targets in the region that are known. */
  private static void dispatch(Gen g) {
    CodeBuilder b = g.b;
    long base = g.shape.parts().getFirst().rip();
    Map<Integer, Label> cases = new TreeMap<>();
    for (long target : g.targets()) {
      long distance = target - base;
      if (g.shape.at(target) >= 0 && distance == (int) distance) {
        cases.put((int) distance, stub(g, target));
      }
    }
    if (cases.size() <= FEW) {
      cases.forEach(
          (distance, label) -> {
            b.lload(Slots.TARGET);
            g.constant(base + distance).b.lcmp().ifeq(label);
          });
      return;
    }
    Label unknown = b.newLabel();
    List<SwitchCase> list = new ArrayList<>();
    cases.forEach((k, v) -> list.add(SwitchCase.of(k, v)));
    b.lload(Slots.TARGET);
    g.constant(base).b.lsub().lstore(Slots.TEMP);
    b.lload(Slots.TEMP).l2i().i2l().lload(Slots.TEMP).lcmp().ifne(unknown);
    b.lload(Slots.TEMP).l2i().lookupswitch(unknown, list).labelBinding(unknown);
  }

  /**
   * A label behind the branch from which the code goes on at a block of the region. HotSpot counts
   * the rounds of a loop at backward jumps, but not at switches: a loop that is closed by a return
   * alone would be interpreted for ever.
   */
  private static Label stub(Gen g, long target) {
    if (forward(g, target)) {
      return g.label(target);
    }
    Label stub = g.b.newLabel();
    Label there = g.label(target);
    g.later(() -> g.b.labelBinding(stub).goto_(there));
    return stub;
  }

  private static void loop(Gen g, Insn i, int condition) {
    SystemCode.endShadow(g);
    CodeBuilder b = g.b;
    Arg counter = new Arg(Arg.Kind.GPR, RCX, i.addressSize);
    Label end = b.newLabel();
    g.loadGpr(RCX);
    b.lconst_1().lsub();
    g.zeroExtend(i.addressSize);
    b.lstore(Slots.TEMP).lload(Slots.TEMP);
    g.popGpr(counter);
    b.lload(Slots.TEMP).lconst_0().lcmp().ifeq(end);
    Label taken = g.label(target(g.rip, i));
    if (condition < 0) {
      b.goto_(taken);
    } else {
      Conditions.branch(g, condition, taken);
    }
    b.labelBinding(end);
    g.go(next(g, i));
  }

  private static void jcxz(Gen g, Insn i) {
    SystemCode.endShadow(g);
    g.loadGpr(RCX);
    g.zeroExtend(i.addressSize);
    g.b.lconst_0().lcmp().ifeq(g.label(target(g.rip, i)));
    g.go(next(g, i));
  }
}
