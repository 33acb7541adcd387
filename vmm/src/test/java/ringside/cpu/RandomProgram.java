package ringside.cpu;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * A loop of random instructions with random operands: registers, and memory of 4 KiB at {@code
 * TestGuest.DATA}. RBX is the address, RSP the stack, RDI counts; they are never written otherwise.
 */
final class RandomProgram {
  private static final int ROUNDS = 600;
  private static final int RBX = 3;

  /** Opcodes with ModRM whose register or memory operand is written, of byte and word size. */
  private static final int[] EG = {
    0x00, 0x08, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x84, 0x86, 0x88, 0x02, 0x0a, 0x12, 0x1a, 0x22,
    0x2a, 0x32, 0x3a, 0x8a
  };

  private static final int[] FREE32 = {0, 1, 2, 5, 6};
  private static final int[] FREE64 = {0, 1, 2, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15};

  private final Random random;
  private final boolean long64;
  private ByteArrayOutputStream out = new ByteArrayOutputStream();

  private final int length;

  RandomProgram(long seed, boolean long64) {
    this(seed, long64, 30);
  }

  /** With so many instructions in its loop. */
  RandomProgram(long seed, boolean long64, int length) {
    this.length = length;
    this.random = new Random(seed);
    this.long64 = long64;
  }

  byte[] bytes() {
    put(0xbb, 0x00, 0x80, 0x01, 0x00); // mov ebx, DATA
    put(0xbf, ROUNDS & 0xff, ROUNDS >> 8, 0, 0); // mov edi, ROUNDS
    byte[] function = body(6);
    byte[] body = body(length);
    ByteArrayOutputStream before = out;
    out = new ByteArrayOutputStream();
    out.writeBytes(body);
    put(0xe8); // call of the function behind
    u32(0);
    if (long64) {
      put(0xff, 0xcf); // dec edi
    } else {
      put(0x90, 0x4f);
    }
    put(0x0f, 0x84); // jz over the jump
    u32(5);
    put(0xe9);
    u32(-(out.size() + 4));
    byte[] loop = out.toByteArray();
    out = before;
    out.writeBytes(loop);
    put(0xf4);
    out.writeBytes(function);
    put(0xc3);
    return fixed(out.toByteArray(), loop.length, body.length);
  }

  /** The call's distance, now that all is placed. */
  private byte[] fixed(byte[] all, int loop, int body) {
    int call = 10 + body;
    int function = 10 + loop + 1;
    int distance = function - (call + 5);
    for (int k = 0; k < 4; k++) {
      all[call + 1 + k] = (byte) (distance >> 8 * k);
    }
    return all;
  }

  private byte[] body(int count) {
    ByteArrayOutputStream before = out;
    out = new ByteArrayOutputStream();
    for (int n = 0; n < count; n++) {
      instruction();
    }
    byte[] made = out.toByteArray();
    out = before;
    return made;
  }

  private void instruction() {
    switch (random.nextInt(28)) {
      case 0, 1, 2, 3, 4 -> {
        modrm(EG[random.nextInt(EG.length)], random.nextInt(4) != 0);
      }
      case 5, 6 -> { // group 1 with an immediate
        boolean bytes = random.nextInt(4) == 0;
        group(bytes ? 0x80 : 0x83, random.nextInt(8));
        put(random.nextInt(256));
      }
      case 7, 8 -> { // shifts by a constant, by 1, by CL
        int reg = new int[] {0, 1, 4, 5, 7, 2, 3}[random.nextInt(7)];
        int kind = random.nextInt(3);
        group((kind == 0 ? 0xc0 : kind == 1 ? 0xd0 : 0xd2) + random.nextInt(2), reg);
        if (kind == 0) {
          put(random.nextInt(70));
        }
      }
      case 9 -> group(0xf6 + random.nextInt(2), 2 + random.nextInt(2)); // NOT, NEG
      case 10 -> group(0xf7, 4 + random.nextInt(2)); // MUL, IMUL
      case 11 -> group(0xfe + random.nextInt(2), random.nextInt(2)); // INC, DEC
      case 12 -> modrm0f(0xaf); // IMUL
      case 13 -> modrm0f(0x40 + random.nextInt(16)); // CMOVcc
      case 14 -> group0f(0x90 + random.nextInt(16), 0); // SETcc
      case 15 -> modrm0f(new int[] {0xb6, 0xb7, 0xbe, 0xbf}[random.nextInt(4)]);
      case 16 -> jump();
      case 17 -> { // LEA
        prefix(true);
        int reg = rex(reg(), true);
        put(0x8d, 0x40 | reg << 3 | RBX, random.nextInt(128));
      }
      case 18 -> { // BT and its like
        group0f(0xba, 4 + random.nextInt(4));
        put(random.nextInt(256));
      }
      case 19 -> modrm0f(new int[] {0xbc, 0xbd}[random.nextInt(2)]);
      case 20 -> lock();
      case 24, 25 -> vector();
      case 26 -> string();
      case 27 -> {
        if (long64) { // lea rax, [rip + 2]; jmp rax
          put(0x48, 0x8d, 0x05, 2, 0, 0, 0, 0xff, 0xe0);
        } else { // rdtsc
          put(0x0f, 0x31);
        }
      }
      case 21 -> {
        int r = reg();
        boolean high = r >= 8;
        if (high) {
          put(0x41);
        }
        put(0x50 + (r & 7));
        r = reg();
        if (r >= 8) {
          put(0x41);
        }
        put(0x58 + (r & 7));
      }
      case 22 -> put(new int[] {0xf8, 0xf9, 0xf5, 0x98, 0x99, 0x9f, 0x90}[random.nextInt(7)]);
      default -> { // BSWAP, CDQE
        int r = rex(reg(), false);
        put(0x0f, 0xc8 + r);
      }
    }
  }

  /** Between XMM registers, or with aligned memory. */
  private void vector() {
    int[] ops = {
      0x660f6f, 0xf30f6f, 0x660f7f, 0xf30f7f, 0x0f10, 0x0f11, 0x0f28, 0x660fef, 0x660fdb, 0x660feb,
      0x660fd4, 0x660ffb, 0x660ffe, 0x660f6c, 0x0f57, 0x660fd6, 0xf30f7e, 0x660f6e, 0x660f7e,
          0x0f16,
      0xf20f10, 0xf20f11, 0xf30f10, 0x660ffc, 0x0f2f, 0x660f70
    };
    int op = ops[random.nextInt(ops.length)];
    if (op > 0xffff) {
      put(op >> 16);
    }
    put(op >> 8 & 0xff, op & 0xff);
    int reg = random.nextInt(8);
    boolean general = op == 0x660f6e || op == 0x660f7e;
    if (general || random.nextBoolean()) {
      put(0x80 | reg << 3 | RBX);
      u32(16 * random.nextInt(250));
    } else {
      put(0xc0 | reg << 3 | random.nextInt(8));
    }
    if (op == 0x660f70) {
      put(random.nextInt(256));
    }
  }

  /** Some elements moved or filled, with RDI kept. */
  private void string() {
    put(0x57); // push
    put(0x8d, 0xbb); // lea edi, [ebx + ...]
    u32(200 + random.nextInt(2000));
    put(0x8d, 0xb3); // lea esi
    u32(200 + random.nextInt(2000));
    put(0xb9);
    u32(random.nextInt(40));
    put(random.nextInt(8) == 0 ? 0xfd : 0xfc);
    put(0xf3, new int[] {0xa4, 0xa5, 0xaa, 0xab, 0xae, 0xa6}[random.nextInt(6)]);
    put(0xfc, 0x5f); // cld, pop
  }

  private void lock() {
    put(0xf0);
    if (long64 && random.nextBoolean()) {
      put(0x48);
    }
    int at = 8 * random.nextInt(16);
    int reg = FREE32[random.nextInt(FREE32.length)];
    int[] ops = {0x01, 0x29, 0x09, 0x21, 0x31, 0xff, 0x0fc1, 0x0fb1};
    int op = ops[random.nextInt(ops.length)];
    if (op == 0xff) {
      reg = random.nextInt(2);
    }
    if (op > 0xff) {
      put(op >> 8);
    }
    put(op & 0xff, 0x40 | reg << 3 | RBX, at);
  }

  /** A short conditional jump over one or two instructions. */
  private void jump() {
    byte[] over = body(1 + random.nextInt(2));
    if (over.length < 120) {
      put(0x70 + random.nextInt(16), over.length);
    }
    out.writeBytes(over);
  }

  private int reg() {
    int[] free = long64 ? FREE64 : FREE32;
    return free[random.nextInt(free.length)];
  }

  private void prefix(boolean no66) {
    if (!no66 && random.nextInt(6) == 0) {
      put(0x66);
    }
  }

  /** REX for the register in ModRM.reg or in the opcode; its low three bits. */
  private int rex(int reg, boolean inReg) {
    if (long64) {
      int w = random.nextBoolean() ? 8 : 0;
      put(0x40 | w | (reg >= 8 ? inReg ? 4 : 1 : 0));
    }
    return reg & 7;
  }

  /** A register and a register or memory; both may be written. */
  private void modrm(int op, boolean wide) {
    prefix(false);
    int reg = reg();
    int rm = reg();
    boolean memory = random.nextInt(2) == 0;
    rex2(reg, memory ? RBX : rm);
    put(wide ? op | 1 : op);
    operand(reg, memory, rm);
  }

  private void modrm0f(int op) {
    prefix(false);
    int reg = reg();
    int rm = reg();
    boolean memory = random.nextInt(2) == 0;
    rex2(reg, memory ? RBX : rm);
    put(0x0f, op);
    operand(reg, memory, rm);
  }

  private void group(int op, int digit) {
    prefix(false);
    int rm = reg();
    boolean memory = random.nextInt(2) == 0;
    rex2(0, memory ? RBX : rm);
    put(op);
    operand(digit, memory, rm);
  }

  private void group0f(int op, int digit) {
    prefix(op != 0xba);
    int rm = reg();
    boolean memory = random.nextInt(2) == 0;
    rex2(0, memory ? RBX : rm);
    put(0x0f, op);
    operand(digit, memory, rm);
  }

  private void rex2(int reg, int rm) {
    if (long64) {
      int w = random.nextInt(2) == 0 ? 8 : 0;
      put(0x40 | w | (reg >= 8 ? 4 : 0) | (rm >= 8 ? 1 : 0));
    }
  }

  private void operand(int reg, boolean memory, int rm) {
    if (memory) {
      put(0x80 | (reg & 7) << 3 | RBX);
      u32(random.nextInt(4080));
    } else {
      put(0xc0 | (reg & 7) << 3 | rm & 7);
    }
  }

  private void put(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }

  private void u32(int value) {
    put(value, value >> 8, value >> 16, value >> 24);
  }
}
