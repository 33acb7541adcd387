package ringside.cpu.jvm.translate;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import ringside.cpu.jvm.CpuFault;
import ringside.cpu.jvm.memory.Deopt;
import ringside.cpu.x86.Insn;

/**
 * Makes a class of a shape. Invariant: its method has at most {@link #LONGEST} bytes, since HotSpot
 * compiles no longer ones unless it is told to, and takes long for them then: only a whole that is
 * left very often otherwise may have {@link #WHOLE}. Blocks at the end of the shape are left out
 * until it fits.
 */
final class RegionWriter {
  /** HotSpot's HugeMethodLimit. */
  static final int LONGEST = 8000;

  /** Bytes of a method that is to be a whole, where HotSpot compiles such. */
  private static final int WHOLE = 14_000;

  /** Ticks after which a region is entered anew, see {@link Slots#FRESH}. */
  private static final int CHUNK = 400_000;

  private static final ClassDesc NAME =
      ClassDesc.of(RegionWriter.class.getPackageName(), "Translated");
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(Gen.I, Gen.CORE, Gen.I, Gen.I);

  private RegionWriter() {}

  /**
   * What came of a shape.
   *
   * @param shape with the blocks that went in
   * @param code a fresh object of the class
   * @param size bytes of bytecode
   * @param cut not all blocks went in
   */
  record Result(Shape shape, RegionCode code, int size, boolean cut) {}

  /** Null when not even the first block fits. */
  static Result write(Shape wanted) {
    Shape shape = wanted;
    for (; ; ) {
      Tables tables = new Tables();
      byte[] bytes = possible(shape, tables);
      int size = bytes == null ? 0 : size(bytes);
      int longest = shape.whole() && HugeMethods.COMPILED ? WHOLE : LONGEST;
      if (bytes != null && size <= longest) {
        return new Result(shape, instance(bytes, tables), size, shape != wanted);
      }
      int parts = shape.parts().size();
      int fewer =
          bytes == null
              ? parts / 2
              : (int) Math.min(parts - 1, parts * (long) (longest * 0.95) / size);
      if (fewer < 1) {
        return null;
      }
      shape = shape.first(fewer);
    }
  }

  /**
   * The class file, or null when a class file has no room for so long a method: 64 KiB. One block
   * is never so long.
   */
  private static byte[] possible(Shape shape, Tables tables) {
    try {
      return settled(shape, tables);
    } catch (IllegalArgumentException tooLong) {
      if (shape.parts().size() == 1) {
        throw tooLong;
      }
      return null;
    }
  }

  /** The class file of a shape, for those who want to look at it. Line n is instruction n - 1. */
  static byte[] classFile(Shape shape) {
    Tables tables = new Tables();
    tables.lines = true;
    return settled(shape, tables);
  }

  /** Written with what writing it before has taught of the flags. */
  private static byte[] settled(Shape shape, Tables tables) {
    FlagFlow flow = FlagFlow.unknown(shape);
    Standing standing = Standing.of(shape, Ahead.of(shape));
    for (; ; ) {
      byte[] bytes = classFile(shape, tables, flow, standing);
      if (flow.settled()) {
        return bytes;
      }
      flow = flow.next();
    }
  }

  private static final class Tables {
    Gen gen;
    boolean lines;
  }

  private static byte[] classFile(Shape shape, Tables tables, FlagFlow flow, Standing standing) {
    return ClassFile.of()
        .build(
            NAME,
            c -> {
              c.withFlags(AccessFlag.FINAL, AccessFlag.SUPER).withSuperclass(Gen.CODE);
              c.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  ConstantDescs.MTD_void,
                  0,
                  b ->
                      b.aload(0)
                          .invokespecial(Gen.CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                          .return_());
              c.withMethodBody(
                  "run",
                  RUN,
                  ClassFile.ACC_PUBLIC,
                  b -> {
                    tables.gen = new Gen(b, shape, Registers.of(shape), flow, standing);
                    tables.gen.lines = tables.lines;
                    run(tables.gen);
                  });
            });
  }

  private static void run(Gen g) {
    CodeBuilder b = g.b;
    b.aload(Slots.CORE).getfield(Gen.CORE, "ticks", Gen.J);
    b.iload(Slots.LEFT).i2l().ladd().lstore(Slots.END);
    b.iload(Slots.LEFT).loadConstant(CHUNK).isub().istore(Slots.FRESH);
    CallOut.reload(g);
    Looks.prepare(g);
    Label start = b.newBoundLabel();
    List<Integer> entries = g.shape.entries();
    if (entries.size() > 1) {
      List<SwitchCase> cases = new ArrayList<>();
      for (int k = 1; k < entries.size(); k++) {
        cases.add(SwitchCase.of(k, g.labels[entries.get(k)]));
      }
      b.iload(Slots.AT).lookupswitch(g.labels[0], cases);
    }
    for (int n = 0; n < g.shape.parts().size(); n++) {
      BlockCode.write(g, n);
    }
    for (int n = 0; n < g.cold.size(); n++) { // they may add to the list
      g.cold.get(n).run();
    }
    Label end = b.newBoundLabel();
    Label exit = b.newLabel();
    b.exceptionCatch(start, end, end, Deopt.class.describeConstable().orElseThrow());
    b.exceptionCatch(start, end, end, CpuFault.class.describeConstable().orElseThrow());
    b.pop();
    b.labelBinding(g.bail);
    b.aload(Slots.CORE).aload(Slots.THIS).getfield(Gen.CODE, "rips", Gen.LONGS);
    b.iload(Slots.AT).laload().putfield(Gen.CORE, "rip", Gen.J);
    b.iload(Slots.LEFT).aload(Slots.THIS).getfield(Gen.CODE, "refunds", Gen.INTS);
    b.iload(Slots.AT).iaload().iadd().istore(Slots.LEFT).goto_(exit);
    b.labelBinding(g.leave);
    b.aload(Slots.CORE).lload(Slots.TARGET).putfield(Gen.CORE, "rip", Gen.J);
    b.iconst_m1().istore(Slots.AT);
    b.labelBinding(exit);
    b.aload(Slots.CORE).lload(Slots.END).iload(Slots.LEFT).i2l().lsub();
    b.putfield(Gen.CORE, "ticks", Gen.J);
    CallOut.spill(g);
    b.iload(Slots.AT).ireturn();
  }

  private static int size(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .flatMap(m -> m.code().stream())
        .mapToInt(code -> ((CodeAttribute) code).codeLength())
        .max()
        .orElseThrow();
  }

  private static RegionCode instance(byte[] bytes, Tables tables) {
    RegionCode code;
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      code =
          (RegionCode)
              lookup
                  .findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                  .invoke();
    } catch (Throwable e) {
      throw new AssertionError("a class of ours cannot be made", e);
    }
    Gen g = tables.gen;
    code.rips = g.rips.stream().mapToLong(Long::longValue).toArray();
    code.refunds = g.refunds.stream().mapToInt(Integer::intValue).toArray();
    code.least = g.shape.entries().stream().mapToInt(g.budgets::need).toArray();
    code.places = g.places.toArray(Place[]::new);
    code.insns = g.insns.toArray(Insn[]::new);
    return code;
  }
}
