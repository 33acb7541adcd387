package ringside.cli.compare;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import ringside.cpu.x86.Form;

/** Makes sequences: the same seed, the same sequence. */
final class Generator {
  private static final int SHORTEST = 8;
  private static final int MORE = 40;
  private static final int ARITHMETIC = 0x8d5;
  private static final int DF = 0x400;
  private static final int IF = 0x200;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Choice choice = new Choice();

  Sequence sequence(long seed) {
    Random random = new Random(seed * GOLDEN);
    Assembler assembler = new Assembler(random);
    List<Unit> units = new ArrayList<>();
    boolean integerOnly = random.nextInt(4) == 0;
    int wanted = SHORTEST + random.nextInt(MORE);
    int bytes = 0;
    while (units.size() < wanted && bytes < Layout.SLOT / 2) {
      Unit unit =
          random.nextInt(8) == 0 ? reload(random) : instruction(random, assembler, integerOnly);
      if (unit != null) {
        units.add(unit);
        bytes += unit.code().length;
      }
    }
    return new Sequence(units, integerOnly);
  }

  /** What a sequence begins with; the same for the same two numbers. */
  State state(long seed, int number) {
    Random random = new Random((seed * GOLDEN ^ number) * GOLDEN);
    long[] general = new long[16];
    for (int i = 0; i < 16; i++) {
      general[i] = Values.integer(random);
    }
    general[4] = Layout.STACK + Layout.PAGE / 2 + 8 * random.nextInt(8);
    int flags = 2 | IF | random.nextInt() & ARITHMETIC | (random.nextInt(4) == 0 ? DF : 0);
    return new State(general, flags, Values.fx(random), Values.memory(random, Layout.MEMORY));
  }

  private Unit instruction(Random random, Assembler assembler, boolean integerOnly) {
    Form form = integerOnly ? choice.integerForm(random) : choice.form(random);
    return switch (form.mnemonic()) {
      case JCC, LOOP, LOOPE, LOOPNE, JCXZ, CALL, JMP, RET -> Branches.unit(form, random);
      case POPF -> popf(form, random);
      case LDMXCSR -> ldmxcsr(form, random);
      default -> assembler.unit(form);
    };
  }

  /** MOV r64, imm64 of an interesting value; not RSP. */
  private static Unit reload(Random random) {
    int register = random.nextInt(16);
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(register > 7 ? 0x49 : 0x48);
    code.write(0xb8 | (register == 4 ? 0 : register & 7));
    Assembler.number(code, Values.integer(random), 8);
    return new Unit(null, code.toByteArray(), Unit.Patch.NONE, 0, 0, 0, 0);
  }

  /** PUSH of flags that do no harm, and POPF. */
  private static Unit popf(Form form, Random random) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(0x68);
    Assembler.number(code, 2 | IF | random.nextInt() & (ARITHMETIC | DF), 4);
    code.write(0x9d);
    return new Unit(form, code.toByteArray(), Unit.Patch.NONE, 0, 0, 0, 0);
  }

  /**
   * PUSH, LDMXCSR, LEA: of whatever memory has, bit 17 might be set, which is misaligned exception
   * mask on some processors, and reserved on others.
   */
  private static Unit ldmxcsr(Form form, Random random) {
    boolean reserved = random.nextInt(16) == 0;
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(0x68);
    Assembler.number(code, random.nextInt() & 0xffff | (reserved ? 1 << 16 : 0), 4);
    code.writeBytes(new byte[] {0x0f, (byte) 0xae, 0x14, 0x24});
    code.writeBytes(new byte[] {0x48, (byte) 0x8d, 0x64, 0x24, 8});
    return new Unit(form, code.toByteArray(), Unit.Patch.NONE, 0, 0, 0, 0);
  }
}
