package ringside.cli.compare;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Encoding;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Makes an instruction of a form, with random registers, addresses and immediates. */
final class Assembler {
  private static final int RSP = 4;
  private static final int ATTEMPTS = 40;

  private final Random random;
  private final Map<Form, Encoding> encodings = new HashMap<>();

  /** Loads of registers that have to come first. */
  private ByteArrayOutputStream loads;

  private ByteArrayOutputStream out;
  private int rex;
  private boolean rexWanted;
  private int ripAt;
  private long ripTarget;

  Assembler(Random random) {
    this.random = random;
  }

  /** An instruction and what belongs to it; the unit that a sequence takes. */
  Unit unit(Form form) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Unit unit = attempt(form);
      if (unit != null) {
        return unit;
      }
    }
    return null;
  }

  /** An instruction of a form; null when none came out. */
  Insn sample(Form form) {
    loads = new ByteArrayOutputStream();
    byte[] code = instruction(form);
    byte[] more = Arrays.copyOf(code, code.length + 8); // distances, where there are any
    Insn insn = Decoder.decode(at -> at < more.length ? more[at] & 0xff : 0, CodeMode.BITS64);
    return insn.form == form ? insn : null;
  }

  private Unit attempt(Form form) {
    loads = new ByteArrayOutputStream();
    ripAt = -1;
    byte[] code = instruction(form);
    Insn insn = Decoder.decode(at -> at < code.length ? code[at] & 0xff : 0, CodeMode.BITS64);
    if (insn.form != form || insn.length != code.length || !acceptable(insn)) {
      return null;
    }
    prepare(insn);
    byte[] before = loads.toByteArray();
    byte[] after = after(insn);
    byte[] all = new byte[before.length + code.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(code, 0, all, before.length, code.length);
    System.arraycopy(after, 0, all, before.length + code.length, after.length);
    int end = before.length + code.length;
    return ripAt < 0
        ? new Unit(form, all, Unit.Patch.NONE, 0, end, 0, 0)
        : new Unit(form, all, Unit.Patch.RIP, before.length + ripAt, end, 0, ripTarget);
  }

  /** RSP is read but never written other than by stack instructions; results are defined. */
  private static boolean acceptable(Insn i) {
    if (stackPointer(i.a) || stackPointer(i.b) && exchanges(i)) {
      return false;
    }
    return switch (i.mnemonic) {
      case BSWAP -> i.operandSize > 2;
      case CMPXCHG -> i.a.memory() || i.operandSize != 4 || i.a.size() == 1;
      case SHLD, SHRD -> i.operandSize > 2 || i.c.kind() == Arg.Kind.IMMEDIATE && i.imm <= 16;
      case POP -> !(i.a.memory() && i.base == RSP);
      default -> true;
    };
  }

  private static boolean stackPointer(Arg arg) {
    return arg != null && arg.kind() == Arg.Kind.GPR && arg.number() == RSP;
  }

  private static boolean exchanges(Insn i) {
    return i.mnemonic == Mnemonic.XCHG || i.mnemonic == Mnemonic.XADD;
  }

  // Bytes

  private byte[] instruction(Form form) {
    Encoding e = encodings.computeIfAbsent(form, f -> Encoding.of(f.opcode()));
    String operands = form.operands();
    boolean memory = e.modrm() < 0 && memory(operands);
    boolean wide = e.rexW() || random.nextInt(3) == 0;
    boolean small = e.prefix() == Encoding.ANY && random.nextInt(6) == 0 && !nearBranch(form);
    boolean shortAddress = random.nextInt(25) == 0;
    out = new ByteArrayOutputStream();
    rex = wide ? 0x48 : 0x40;
    rexWanted = random.nextInt(4) == 0;
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    opcode(tail, e);
    int ripInTail = -1;
    if (e.hasModrm()) {
      ripInTail = modrm(tail, e, memory, size(form));
    }
    immediates(tail, operands, small ? 2 : wide ? 8 : 4, shortAddress);
    prefixes(form, e, memory, small, shortAddress);
    if (rexWanted || rex != 0x40) {
      out.write(rex);
    }
    ripAt = ripInTail < 0 ? -1 : out.size() + ripInTail;
    out.writeBytes(tail.toByteArray());
    return out.toByteArray();
  }

  private boolean memory(String operands) {
    if (operands.matches("(.*,)?M.*")) {
      return true;
    }
    return operands.matches("(.*[,/])?[EWQ/].*") && random.nextInt(5) < 2
        || operands.matches("R[vd]/M.*") && random.nextBoolean();
  }

  private static boolean nearBranch(Form form) {
    return switch (form.mnemonic()) {
      case CALL, RET, JMP, JCC, LOOP, LOOPE, LOOPNE, JCXZ -> true;
      default -> false;
    };
  }

  private void prefixes(Form f, Encoding e, boolean memory, boolean small, boolean shortAddress) {
    if (f.lockable() && memory && f.operands().startsWith("E") && random.nextInt(4) == 0) {
      out.write(0xf0);
    }
    if (random.nextInt(40) == 0) {
      out.write(new int[] {0x26, 0x2e, 0x36, 0x3e}[random.nextInt(4)]);
    }
    if (shortAddress) {
      out.write(0x67);
    }
    if (small) {
      out.write(0x66);
    }
    if (string(f.mnemonic()) && random.nextInt(3) > 0) {
      out.write(random.nextBoolean() ? 0xf2 : 0xf3);
    }
    switch (e.prefix()) {
      case Encoding.P66 -> out.write(0x66);
      case Encoding.PF3 -> out.write(0xf3);
      case Encoding.PF2 -> out.write(0xf2);
      default -> {}
    }
  }

  private static boolean string(Mnemonic m) {
    return m.compareTo(Mnemonic.MOVS) >= 0 && m.compareTo(Mnemonic.SCAS) <= 0;
  }

  private void opcode(ByteArrayOutputStream tail, Encoding e) {
    if (e.map() > 0) {
      tail.write(0x0f);
      if (e.map() > 1) {
        tail.write(e.map() == 2 ? 0x38 : 0x3a);
      }
    }
    int more = e.count() == 8 ? extended(register(), 1) : random.nextInt(e.count());
    tail.write(e.opcode() + more);
  }

  private int register() {
    return random.nextInt(16);
  }

  /** Bits 2:0; bit 3 goes to REX. */
  private int extended(int number, int bit) {
    rex |= number > 7 ? bit : 0;
    return number & 7;
  }

  /** Returns where a RIP-relative displacement stands, or -1. */
  private int modrm(ByteArrayOutputStream tail, Encoding e, boolean memory, int size) {
    if (e.modrm() >= 0) {
      tail.write(e.modrm() + random.nextInt(e.modrmCount()));
      return -1;
    }
    int reg = (e.reg() >= 0 ? e.reg() : extended(register(), 4)) << 3;
    if (!memory) {
      tail.write(0xc0 | reg | extended(register(), 1));
      return -1;
    }
    long address = address(size);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        tail.write(reg | 4);
        tail.write(0x25);
        number(tail, address, 4);
      }
      case 2 -> {
        tail.write(reg | 5);
        ripTarget = address;
        number(tail, 0, 4);
        return tail.size() - 4;
      }
      case 3 -> {
        tail.write(0x44 | reg);
        tail.write(0x24); // of the stack
        tail.write(size == 16 ? random.nextInt(8) << 4 : random.nextInt(256));
      }
      case 4, 5 -> indexed(tail, reg, address);
      default -> based(tail, reg, address);
    }
    return -1;
  }

  private void based(ByteArrayOutputStream tail, int reg, long address) {
    int base = register();
    if ((base & 7) == RSP) {
      base ^= 1;
    }
    boolean far = random.nextBoolean();
    long displacement = far ? random.nextInt() : (byte) random.nextInt();
    tail.write((far ? 0x80 : 0x40) | reg | extended(base, 1));
    number(tail, displacement, far ? 4 : 1);
    load(base, address - displacement);
  }

  private void indexed(ByteArrayOutputStream tail, int reg, long address) {
    int base = register();
    int index = register();
    if (base == RSP || index == RSP || base == index) {
      based(tail, reg, address);
      return;
    }
    int scale = random.nextInt(4);
    long offset = random.nextInt(3) == 0 ? -random.nextInt(100) : random.nextInt(1000);
    tail.write(0x44 | reg);
    tail.write(scale << 6 | extended(index, 2) << 3 | extended(base, 1));
    int displacement = (byte) random.nextInt();
    tail.write(displacement);
    load(index, offset);
    load(base, address - displacement - (offset << scale));
  }

  /** MOV r64, imm64. */
  private void load(int register, long value) {
    loads.write(register > 7 ? 0x49 : 0x48);
    loads.write(0xb8 | register & 7);
    number(loads, value, 8);
  }

  static void number(ByteArrayOutputStream to, long value, int size) {
    for (int i = 0; i < size; i++) {
      to.write((int) (value >>> 8 * i));
    }
  }

  private static int size(Form form) {
    return form.operands().contains("dq") || form.operands().contains("W") ? 16 : 8;
  }

  /** Mostly in the pages that can be written; sometimes across two, in the third, or outside. */
  private long address(int size) {
    int place = random.nextInt(400);
    long at = Layout.DATA;
    if (place < 352) {
      at += random.nextInt(Layout.WRITABLE - 64);
    } else if (place < 384) {
      at += Layout.PAGE - random.nextInt(20);
    } else if (place < 390) {
      at += Layout.WRITABLE - random.nextInt(20);
    } else if (place < 394) {
      at += Layout.WRITABLE + random.nextInt(Layout.PAGE);
    } else if (place < 397) {
      at += Layout.DATA_SIZE - random.nextInt(20);
    } else {
      at -= random.nextInt(20);
    }
    return size == 16 && random.nextInt(100) != 0 ? at & -16 : at;
  }

  private void immediates(
      ByteArrayOutputStream tail, String operands, int operandSize, boolean shortAddress) {
    for (String code : operands.split(",")) {
      if (code.startsWith("O")) {
        number(tail, address(8), shortAddress ? 4 : 8);
      } else if (code.startsWith("I")) {
        int size =
            switch (code) {
              case "Iw" -> 2;
              case "Iz" -> Math.min(operandSize, 4);
              case "Iv" -> operandSize;
              default -> 1;
            };
        number(tail, size == 2 ? random.nextInt(400) : Values.integer(random), size);
      }
    }
  }

  // Around the instruction

  /** What implicit operands need. */
  private void prepare(Insn i) {
    if (string(i.mnemonic)) {
      load(6, address(8));
      load(7, address(8));
      if (i.has(Insn.REP | Insn.REPNE)) {
        load(1, random.nextInt(12) == 0 ? random.nextInt(3000) : random.nextInt(24));
      }
      return;
    }
    switch (i.mnemonic) {
      case XLAT -> load(3, address(8));
      case MASKMOVQ, MASKMOVDQU -> load(7, Layout.DATA + random.nextInt(Layout.WRITABLE - 16));
      case BT, BTS, BTR, BTC -> {
        boolean own =
            i.b.kind() == Arg.Kind.GPR && i.b.number() != i.base && i.b.number() != i.index;
        if (own && !stackPointer(i.b) && i.a.memory() && random.nextInt(16) > 0) {
          load(i.b.number(), random.nextInt(4000) - 2000);
        }
      }
      case LEAVE, ENTER -> load(5, Layout.STACK + 0x400 + 8 * random.nextInt(128));
      case DIV, IDIV -> {
        if (random.nextInt(4) > 0) {
          load(2, random.nextInt(8) == 0 ? -1 : random.nextInt(3));
          if (random.nextBoolean()) {
            load(0, Values.integer(random));
          }
        }
      }
      default -> {}
    }
  }

  private byte[] after(Insn i) {
    ByteArrayOutputStream after = new ByteArrayOutputStream();
    if (i.mnemonic == Mnemonic.ENTER || i.mnemonic == Mnemonic.LEAVE) {
      after.write(0x48);
      after.write(0xbc);
      number(after, Layout.STACK + Layout.PAGE / 2, 8);
    }
    String undefined = i.form.undefinedFlags();
    if (!undefined.isEmpty()) {
      after.write(0x9c); // pushfq; and qword ptr [rsp], ~undefined; popfq
      after.writeBytes(new byte[] {0x48, (byte) 0x81, 0x24, 0x24});
      number(after, ~mask(undefined), 4);
      after.write(0x9d);
    }
    return after.toByteArray();
  }

  private static int mask(String letters) {
    int mask = 0;
    for (char letter : letters.toCharArray()) {
      mask |=
          switch (letter) {
            case 'o' -> 0x800;
            case 's' -> 0x80;
            case 'z' -> 0x40;
            case 'a' -> 0x10;
            case 'p' -> 4;
            default -> 1;
          };
    }
    return mask;
  }
}
