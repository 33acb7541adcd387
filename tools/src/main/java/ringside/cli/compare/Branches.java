package ringside.cli.compare;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import ringside.cpu.x86.Encoding;
import ringside.cpu.x86.Form;

/** Branches inside of a sequence: all go forward, to the beginning of a unit. */
final class Branches {
  private static final int MOST_SKIPPED = 2;

  private Branches() {}

  /** Null for forms that are not made. */
  static Unit unit(Form form, Random random) {
    int skip = random.nextInt(MOST_SKIPPED + 1);
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    return switch (form.operands()) {
      case "Jb" -> direct(form, code, skip, random, 1);
      case "Jz" -> direct(form, code, skip, random, 4);
      case "Ev" -> indirect(form, code, skip, random);
      default -> ret(form, code, skip, random);
    };
  }

  private static Unit direct(
      Form form, ByteArrayOutputStream code, int skip, Random random, int size) {
    Encoding e = Encoding.of(form.opcode());
    if (e.map() == 1) {
      code.write(0x0f);
    } else if (e.opcode() == 0xe3 && random.nextBoolean()) {
      code.write(0x67);
    }
    code.write(e.opcode() + random.nextInt(e.count()));
    int at = code.size();
    Assembler.number(code, 0, size);
    Unit.Patch patch = size == 1 ? Unit.Patch.BRANCH8 : Unit.Patch.BRANCH32;
    return new Unit(
        form, code.toByteArray(), patch, at, code.size(), size == 1 ? Math.min(skip, 1) : skip, 0);
  }

  /** MOV r64, target; then a branch by the register, or by memory at the stack's end. */
  private static Unit indirect(Form form, ByteArrayOutputStream code, int skip, Random random) {
    int register = random.nextInt(16);
    register = register == 4 ? 0 : register;
    load(code, register);
    if (random.nextBoolean()) {
      if (register > 7) {
        code.write(0x41);
      }
      code.write(0xff);
      code.write(0xc0 | Encoding.of(form.opcode()).reg() << 3 | register & 7);
    } else {
      code.write(register > 7 ? 0x4c : 0x48); // mov [rsp - 64], register
      code.write(0x89);
      code.write(0x44 | (register & 7) << 3);
      code.write(0x24);
      code.write(0xc0);
      code.write(0xff);
      code.write(0x44 | Encoding.of(form.opcode()).reg() << 3);
      code.write(0x24);
      code.write(0xc0);
    }
    return new Unit(form, code.toByteArray(), Unit.Patch.BRANCH64, 2, code.size(), skip, 0);
  }

  /** MOV r64, target; PUSH; RET. */
  private static Unit ret(Form form, ByteArrayOutputStream code, int skip, Random random) {
    load(code, 0);
    code.write(0x50);
    code.write(form.operands().isEmpty() ? 0xc3 : 0xc2);
    if (!form.operands().isEmpty()) {
      Assembler.number(code, 8L * random.nextInt(4), 2);
    }
    return new Unit(form, code.toByteArray(), Unit.Patch.BRANCH64, 2, code.size(), skip, 0);
  }

  private static void load(ByteArrayOutputStream code, int register) {
    code.write(register > 7 ? 0x49 : 0x48);
    code.write(0xb8 | register & 7);
    Assembler.number(code, 0, 8);
  }
}
