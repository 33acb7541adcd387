package ringside.cpu;

import static ringside.cpu.CodeWriter.LOCK;
import static ringside.cpu.CodeWriter.RAX;
import static ringside.cpu.CodeWriter.RBX;
import static ringside.cpu.CodeWriter.RCX;
import static ringside.cpu.CodeWriter.RDX;
import static ringside.cpu.CodeWriter.RSI;

/**
 * A loop over pairs of numbers, one of which is in RAX and in memory, the other in RCX: an
 * instruction that sets flags, and all conditions as jumps, bytes and moves.
 *
 * <p>It goes through all pairs when some of them have made it hot.
 */
final class FlagProgram {
  static final long PAIRS = 0x40000;
  static final long RESULTS = 0x50000;

  /** Conditions, what the instruction left in RAX and in memory, RFLAGS. */
  static final int RESULTS_EACH = 4;

  private static final int PAIR = 8;
  private static final int MEMORY = 9;
  private static final int RESULT = 10;
  private static final int ONE = 12;
  private static final int COUNT = 13;
  private static final int PASSES = 14;
  private static final int AH = 4;
  private static final int CONDITIONS = 16;
  private static final int WARM = 50;
  private static final int JNZ = 5;
  private static final int[] ALL = {1, 2, 4, 8};
  private static final int[] WIDER = {2, 4, 8};
  private static final int[] BYTE = {1};

  private FlagProgram() {}

  private interface Code {
    void write(CodeWriter c, int size);
  }

  /** What the flags are of before. */
  enum Before {
    CMP((c, size) -> register(c, size, 0x38, RCX, RAX)),
    ADD(
        (c, size) -> {
          c.registers(true, 0x8b, RBX, RAX);
          register(c, size, 0x00, RCX, RBX);
        }),
    TEST((c, size) -> register(c, size, 0x84, RCX, RAX)),
    STEP(
        (c, size) -> {
          register(c, size, 0x38, RCX, RAX);
          c.registers(true, 0x8b, RBX, RCX);
          register(c, size, 0xfe, 0, RBX);
        }),
    BITS((c, size) -> c.registers(true, 0x0fa3, RCX, RAX));

    private final Code code;

    Before(Code code) {
      this.code = code;
    }
  }

  /** Of RAX and RCX, where nothing else is said. */
  enum Op {
    CMP(ALL, false, (c, size) -> register(c, size, 0x38, RCX, RAX)),
    CMP_HIGH(BYTE, false, (c, size) -> register(c, size, 0x38, RCX, AH)),
    CMP_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x38, RCX)),
    CMP_WITH_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x3a, RCX)),
    CMP_1(ALL, false, (c, size) -> constant(c, size, 7, 1)),
    CMP_7F(ALL, false, (c, size) -> constant(c, size, 7, 0x7f)),
    CMP_80(ALL, false, (c, size) -> constant(c, size, 7, 0x80)),
    CMP_FF(ALL, false, (c, size) -> constant(c, size, 7, 0xff)),
    SUB(ALL, false, (c, size) -> register(c, size, 0x28, RCX, RAX)),
    SUB_HIGH(BYTE, false, (c, size) -> register(c, size, 0x28, RCX, AH)),
    SUB_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x28, RCX)),
    SUB_LOCKED(ALL, false, (c, size) -> memory(c, size, LOCK, 0x28, RCX)),
    SUB_80(ALL, false, (c, size) -> constant(c, size, 5, 0x80)),
    ADD(ALL, false, (c, size) -> register(c, size, 0x00, RCX, RAX)),
    ADD_HIGH(BYTE, false, (c, size) -> register(c, size, 0x00, RCX, AH)),
    ADD_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x00, RCX)),
    ADD_OF_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x02, RCX)),
    ADD_LOCKED(ALL, false, (c, size) -> memory(c, size, LOCK, 0x00, RCX)),
    ADD_80(ALL, false, (c, size) -> constant(c, size, 0, 0x80)),
    ADC(ALL, true, (c, size) -> register(c, size, 0x10, RCX, RAX)),
    ADC_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x10, RCX)),
    SBB(ALL, true, (c, size) -> register(c, size, 0x18, RCX, RAX)),
    SBB_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x18, RCX)),
    TEST(ALL, false, (c, size) -> register(c, size, 0x84, RCX, RAX)),
    TEST_HIGH(BYTE, false, (c, size) -> register(c, size, 0x84, RCX, AH)),
    TEST_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x84, RCX)),
    AND(ALL, false, (c, size) -> register(c, size, 0x20, RCX, RAX)),
    AND_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0x20, RCX)),
    AND_LOCKED(ALL, false, (c, size) -> memory(c, size, LOCK, 0x20, RCX)),
    AND_80(ALL, false, (c, size) -> constant(c, size, 4, 0x80)),
    OR(ALL, false, (c, size) -> register(c, size, 0x08, RCX, RAX)),
    XOR(ALL, false, (c, size) -> register(c, size, 0x30, RCX, RAX)),
    XOR_ITSELF(ALL, false, (c, size) -> register(c, size, 0x30, RAX, RAX)),
    INC(ALL, true, (c, size) -> register(c, size, 0xfe, 0, RAX)),
    INC_HIGH(BYTE, false, (c, size) -> register(c, size, 0xfe, 0, AH)),
    INC_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0xfe, 0)),
    INC_LOCKED(ALL, false, (c, size) -> memory(c, size, LOCK, 0xfe, 0)),
    DEC(ALL, true, (c, size) -> register(c, size, 0xfe, 1, RAX)),
    DEC_HIGH(BYTE, false, (c, size) -> register(c, size, 0xfe, 1, AH)),
    DEC_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0xfe, 1)),
    DEC_LOCKED(ALL, false, (c, size) -> memory(c, size, LOCK, 0xfe, 1)),
    NEG(ALL, false, (c, size) -> register(c, size, 0xf6, 3, RAX)),
    NEG_HIGH(BYTE, false, (c, size) -> register(c, size, 0xf6, 3, AH)),
    NEG_MEMORY(ALL, false, (c, size) -> memory(c, size, 0, 0xf6, 3)),
    NOT(ALL, false, (c, size) -> register(c, size, 0xf6, 2, RAX)),
    SHL_1(ALL, false, (c, size) -> register(c, size, 0xd0, 4, RAX)),
    SHL_MOST(ALL, false, (c, size) -> shift(c, size, 4, 8 * size - 1)),
    SHL_MORE(BYTE, false, (c, size) -> shift(c, size, 4, 9)),
    SHL_CL(ALL, false, (c, size) -> register(c, size, 0xd2, 4, RAX)),
    SHR_1(ALL, false, (c, size) -> register(c, size, 0xd0, 5, RAX)),
    SHR_MOST(ALL, false, (c, size) -> shift(c, size, 5, 8 * size - 1)),
    SHR_MORE(BYTE, false, (c, size) -> shift(c, size, 5, 9)),
    SHR_CL(ALL, false, (c, size) -> register(c, size, 0xd2, 5, RAX)),
    SAR_1(ALL, false, (c, size) -> register(c, size, 0xd0, 7, RAX)),
    SAR_MOST(ALL, false, (c, size) -> shift(c, size, 7, 8 * size - 1)),
    SAR_MORE(BYTE, false, (c, size) -> shift(c, size, 7, 9)),
    SAR_CL(ALL, false, (c, size) -> register(c, size, 0xd2, 7, RAX)),
    ROL_1(ALL, false, (c, size) -> register(c, size, 0xd0, 0, RAX)),
    ROR_CL(ALL, false, (c, size) -> register(c, size, 0xd2, 1, RAX)),
    IMUL(WIDER, false, (c, size) -> register(c, size, 0x0faf, RAX, RCX)),
    IMUL_80(
        WIDER,
        false,
        (c, size) -> {
          register(c, size, 0x6b, RAX, RCX);
          c.put(0x80);
        }),
    IMUL_WHOLE(ALL, false, (c, size) -> register(c, size, 0xf6, 5, RCX)),
    MUL_WHOLE(ALL, false, (c, size) -> register(c, size, 0xf6, 4, RCX)),
    XADD(ALL, false, (c, size) -> register(c, size, 0x0fc0, RCX, RAX)),
    XADD_LOCKED(ALL, false, (c, size) -> memory(c, size, LOCK, 0x0fc0, RCX)),
    CMPXCHG(ALL, false, (c, size) -> register(c, size, 0x0fb0, RBX, RCX)),
    CMPXCHG_LOCKED(
        ALL,
        false,
        (c, size) -> {
          c.memory(true, 0x89, RCX, MEMORY, 0);
          memory(c, size, LOCK, 0x0fb0, RCX);
        });

    private final int[] sizes;
    private final boolean reads;
    private final Code code;

    Op(int[] sizes, boolean reads, Code code) {
      this.sizes = sizes;
      this.reads = reads;
      this.code = code;
    }

    int[] sizes() {
      return sizes;
    }

    /** It is tried behind all of {@link Before}. */
    boolean reads() {
      return reads;
    }
  }

  /** The opcode is that for bytes, where there is one. */
  private static int opcode(CodeWriter c, int size, int opcode) {
    if (size == 2) {
      c.put(0x66);
    }
    return size == 1 ? opcode : opcode | 1;
  }

  private static void register(CodeWriter c, int size, int opcode, int reg, int rm) {
    c.registers(size == 8, opcode(c, size, opcode), reg, rm);
  }

  private static void memory(CodeWriter c, int size, int lock, int opcode, int reg) {
    c.memory(lock, size == 8, opcode(c, size, opcode), reg, MEMORY, 0);
  }

  /** A byte, sign-extended. */
  private static void constant(CodeWriter c, int size, int group, int value) {
    register(c, size, size == 1 ? 0x80 : 0x83, group, RAX);
    c.put(value);
  }

  private static void shift(CodeWriter c, int size, int group, int count) {
    register(c, size, 0xc0, group, RAX);
    c.put(count);
  }

  static byte[] bytes(Op op, Before before, int sizeBefore, int size, int pairs) {
    CodeWriter c = new CodeWriter(TestGuest.PROGRAM);
    c.constant(MEMORY, (int) TestGuest.DATA);
    c.constant(ONE, 1);
    c.constant(PASSES, 2);
    c.constant(COUNT, Math.min(pairs, WARM));
    int pass = c.here();
    c.constant(PAIR, (int) PAIRS);
    c.constant(RESULT, (int) RESULTS);
    int loop = c.here();
    c.memory(true, 0x8b, RAX, PAIR, 0);
    c.memory(true, 0x8b, RCX, PAIR, 8);
    c.memory(true, 0x89, RAX, MEMORY, 0);
    before.code.write(c, sizeBefore);
    op.code.write(c, size);
    conditions(c, op.ordinal() + before.ordinal() + size);
    results(c);
    c.constant(true, 0, PAIR, 16);
    c.constant(true, 0, RESULT, 8 * RESULTS_EACH);
    c.registers(false, 0xff, 1, COUNT);
    c.jump(JNZ, loop);
    c.constant(COUNT, pairs);
    c.registers(false, 0xff, 1, PASSES);
    c.jump(JNZ, pass);
    c.put(0xf4);
    return c.bytes();
  }

  /**
   * Into RSI: a bit for each as SETcc, then as CMOVcc, then as a jump. Behind the first jumps it is
   * not known any more, when code is translated, what has set the flags.
   */
  private static void conditions(CodeWriter c, int firstJump) {
    c.constant(RSI, 0);
    c.constant(RDX, 0);
    for (int condition = 0; condition < CONDITIONS; condition++) {
      c.registers(false, 0x0f90 | condition, 0, RDX);
      append(c);
    }
    for (int condition = 0; condition < CONDITIONS; condition++) {
      c.constant(RDX, 0);
      c.registers(false, 0x0f40 | condition, RDX, ONE);
      append(c);
    }
    for (int n = 0; n < CONDITIONS; n++) {
      int over = c.label();
      c.put(0x48, 0x8d, 0x34, 0x36); // lea rsi, [rsi + rsi]
      c.jump((firstJump + n) % CONDITIONS, over);
      c.memory(true, 0x8d, RSI, RSI, 1);
      c.bind(over);
    }
  }

  /** RSI = RDX + 2 * RSI. */
  private static void append(CodeWriter c) {
    c.put(0x48, 0x8d, 0x34, 0x72);
  }

  private static void results(CodeWriter c) {
    c.memory(true, 0x89, RSI, RESULT, 0);
    c.memory(true, 0x89, RAX, RESULT, 8);
    c.memory(true, 0x8b, RDX, MEMORY, 0);
    c.memory(true, 0x89, RDX, RESULT, 16);
    c.put(0x9c);
    c.one(0x58, RDX);
    c.memory(true, 0x89, RDX, RESULT, 24);
  }
}
