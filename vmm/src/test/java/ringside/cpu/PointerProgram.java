package ringside.cpu;

import static ringside.cpu.CodeWriter.RAX;
import static ringside.cpu.CodeWriter.RBP;
import static ringside.cpu.CodeWriter.RBX;
import static ringside.cpu.CodeWriter.RCX;
import static ringside.cpu.CodeWriter.RDI;
import static ringside.cpu.CodeWriter.RDX;
import static ringside.cpu.CodeWriter.RSI;
import static ringside.cpu.CodeWriter.RSP;

import java.util.Random;

/**
 * A loop of random instructions that walks pointers: all of {@link #LINEAR} is slots of 8 bytes
 * with pointers to slots in the middle of it.
 *
 * <p>Invariant: R12 to R15 are pointers as they were in memory. The others of {@link #POINTERS} are
 * made of those anew in each round, and move by less than what is around the middle. Only values of
 * the first ones are stored. RCX is random, RDX and RDI are numbers, R11 is a sum of what was seen.
 */
final class PointerProgram {
  static final long LINEAR = 0x104000;
  static final int PAGES = 16;
  static final long MIDDLE = 0x108000;
  static final int MIDDLE_BYTES = 0x8000;
  static final long STACK = 0x118000;
  static final int STACK_PAGES = 4;
  private static final long COUNTER = TestGuest.DATA;
  private static final int SUM = 11;
  private static final int ROUNDS = 800;
  private static final int[] CLEAN = {12, 13, 14, 15};
  private static final int[] DIRTY = {RAX, RBX, RSI, RBP, 8, 9, 10};

  /** What is around the code of the loop. */
  enum Kind {
    /** Nothing but code with bytecode of its own. */
    PLAIN,
    /** Instructions that only the interpreter knows stand between. */
    CALLS_OUT,
    /** Two pages change their places in each round, and what was accessed is asked for. */
    REMAPS
  }

  private final Random random;
  private final Kind kind;
  private final CodeWriter c = new CodeWriter(TestGuest.PROGRAM);
  private final int[] functions = {c.label(), c.label(), c.label()};

  /** RBP is the frame's, not a pointer. */
  private boolean frame;

  /** What {@link #pointer} said last. */
  private int last = RBX;

  /** Functions may be called. */
  private boolean calls = true;

  PointerProgram(long seed, Kind kind) {
    this.random = new Random(seed);
    this.kind = kind;
  }

  /** A pointer to a slot in the middle; seldom to one at the end of its page. */
  static long pointer(Random random) {
    int page = random.nextInt(MIDDLE_BYTES >> 12) << 12;
    boolean end = random.nextInt(16) == 0;
    return MIDDLE + page + 8L * (end ? random.nextInt(32) - 16 : 32 + random.nextInt(448)) & -8;
  }

  byte[] bytes() {
    for (int r : CLEAN) {
      c.constant(r, (int) pointer(random));
    }
    c.constant(RCX, random.nextInt());
    c.absolute(false, 0xc7, 0, COUNTER);
    c.u32(ROUNDS);
    int loop = c.here();
    head();
    items(24 + random.nextInt(24));
    if (kind == Kind.REMAPS) {
      exchangePages();
    }
    c.absolute(false, 0xff, 1, COUNTER);
    c.jump(5, loop);
    c.put(0xf4);
    calls = false;
    withFrame();
    withSaved();
    tail();
    return c.bytes();
  }

  private void head() {
    c.registers(false, 0x69, RCX, RCX);
    c.u32(0x2c9277b5);
    c.constant(false, 0, RCX, 0x3c6ef35f);
    c.registers(false, 0x89, RCX, RDX);
    c.registers(false, 0xc1, 5, RDX);
    c.put(9);
    c.constant(false, 4, RDX, 0xff8);
    c.memory(true, 0x8d, RSP, RDX, (int) STACK + 0x2000);
    for (int r : DIRTY) {
      c.registers(true, 0x8b, r, any(CLEAN));
    }
  }

  private void items(int count) {
    for (int n = 0; n < count; n++) {
      item();
    }
  }

  private void item() {
    switch (random.nextInt(kind == Kind.CALLS_OUT ? 41 : 38)) {
      case 0, 1 -> load(any(CLEAN));
      case 2, 3 -> load(dirty());
      case 4, 5, 6, 7 -> see();
      case 8, 9, 10, 11 -> c.memory(random.nextBoolean(), 0x89, any(CLEAN), pointer(), slot());
      case 12, 13 -> update();
      case 14 -> c.registers(true, 0x8b, dirty(), pointer());
      case 15, 16 -> c.memory(true, 0x8d, dirty(), pointer(), slot());
      case 17, 18 -> c.constant(true, random.nextBoolean() ? 0 : 5, dirty(), 8 * near());
      case 19 -> c.registers(true, 0x87, dirty(), dirty());
      case 20 -> choose();
      case 21 -> {
        c.one(0x50, pointer());
        c.one(0x58, dirty());
      }
      case 22, 23, 24, 25, 26, 27, 28 -> branch();
      case 29 -> shortLoop();
      case 30 -> longLoop();
      case 31, 32 -> {
        if (calls) {
          call();
        } else {
          load(any(CLEAN));
        }
      }
      case 33, 34, 35, 36, 37 -> again();
      default -> callOut();
    }
  }

  private int any(int[] registers) {
    return registers[random.nextInt(registers.length)];
  }

  private int dirty() {
    int r = any(DIRTY);
    return frame && r == RBP ? RBX : r;
  }

  /** Mostly the same one for some time, so that looks at it may stand. */
  private int pointer() {
    if (random.nextInt(5) == 0) {
      last = random.nextInt(3) == 0 ? any(CLEAN) : dirty();
    }
    return last;
  }

  /** In slots. */
  private int near() {
    return random.nextInt(4) == 0 ? random.nextInt(33) - 16 : random.nextInt(9) - 4;
  }

  private int slot() {
    return 8 * Math.min(near(), 15);
  }

  private void load(int register) {
    c.memory(random.nextInt(3) != 0, 0x8b, register, pointer(), slot());
  }

  /** ADD, XOR, CMP, MOVZX of a number or a part of one. */
  private void see() {
    int opcode = new int[] {0x03, 0x33, 0x3b, 0x0fb6}[random.nextInt(4)];
    int reg = opcode == 0x0fb6 ? RDX : SUM;
    c.memory(random.nextBoolean(), opcode, reg, pointer(), random.nextInt(241) - 120);
  }

  /** What is there stays a pointer. */
  private void update() {
    int lock = random.nextBoolean() ? CodeWriter.LOCK : 0;
    switch (random.nextInt(5)) {
      case 0 -> c.memoryConstant(true, 6, pointer(), slot(), 8 << random.nextInt(12));
      case 1 -> c.memory(0, true, 0x87, any(CLEAN), pointer(), slot());
      case 2 -> c.memory(lock, true, 0x0fb1, any(CLEAN), pointer(), slot());
      case 3 -> {
        c.registers(false, 0x31, RDX, RDX);
        c.memory(lock, true, 0x0fc1, RDX, pointer(), slot());
        c.registers(true, 0x01, RDX, SUM);
      }
      default -> {
        c.registers(false, 0x31, RDX, RDX);
        c.memory(lock, true, 0x09, RDX, pointer(), slot());
      }
    }
  }

  private void choose() {
    c.registers(false, 0xf7, 0, RCX); // test
    c.u32(bit());
    int opcode = 0x0f44 + random.nextInt(2);
    if (random.nextBoolean()) {
      c.registers(true, opcode, dirty(), pointer());
    } else {
      c.memory(true, opcode, dirty(), pointer(), slot());
    }
  }

  private int bit() {
    return 1 << 8 + random.nextInt(20);
  }

  /** One of two ways, one of which may be empty. */
  private void branch() {
    int other = c.label();
    int end = c.label();
    c.registers(false, 0xf7, 0, RCX);
    c.u32(bit() | bit());
    c.jump(4 + random.nextInt(2), other);
    items(1 + random.nextInt(2));
    if (random.nextBoolean()) {
      c.jump(end);
      c.bind(other);
      items(1 + random.nextInt(2));
    } else {
      c.bind(other);
    }
    c.bind(end);
  }

  /**
   * Accesses in several blocks at distances from each other that are those of the registers, or are
   * so by the wrong sign.
   */
  private void again() {
    int p = dirty();
    int at = slot();
    access(p, at);
    int end = c.label();
    c.registers(false, 0xf7, 0, RCX);
    c.u32(bit());
    c.jump(4 + random.nextInt(2), end);
    access(p, at + 8 * random.nextInt(2));
    c.bind(end);
    int by = 8 * near();
    int q = dirty();
    switch (random.nextInt(4)) {
      case 0 -> q = p;
      case 1 -> c.registers(true, 0x8b, q, p);
      case 2 -> c.memory(true, 0x8d, q, p, by);
      default -> {
        q = p;
        c.constant(true, random.nextBoolean() ? 0 : 5, q, by);
      }
    }
    int there = at + by * (random.nextInt(3) - 1);
    access(q, there);
    if (kind == Kind.REMAPS) {
      c.memory(true, 0x8d, RDX, q, there);
      c.registers(false, 0xc1, 5, RDX);
      c.put(12);
      entry(0x03, SUM, RDX, (int) TestGuest.LAST_TABLE);
    }
  }

  private void access(int register, int distance) {
    boolean load = random.nextBoolean();
    c.memory(true, load ? 0x03 : 0x89, load ? SUM : any(CLEAN), register, distance);
  }

  /** One block. */
  private void shortLoop() {
    int walker = dirty();
    c.constant(RDI, 1 + random.nextInt(7));
    int loop = c.here();
    c.memory(true, 0x03, SUM, walker, slot());
    if (random.nextBoolean()) {
      c.memory(true, 0x89, any(CLEAN), walker, slot());
    }
    switch (random.nextInt(4)) {
      case 0 -> c.constant(true, 0, walker, 8);
      case 1 -> c.memory(true, 0x8b, walker, walker, slot());
      case 2 -> c.indexed(true, 0x33, SUM, walker, RDI, 8);
      default -> c.memory(true, 0x8d, walker, walker, -16);
    }
    c.constant(false, 5, RDI, 1);
    c.jump(5, loop);
  }

  private void longLoop() {
    int over = c.label();
    int walker = dirty();
    c.constant(RDI, 1 + random.nextInt(4));
    int loop = c.here();
    c.memory(true, 0x8b, any(CLEAN), walker, slot());
    c.registers(false, 0xf7, 0, RCX);
    c.u32(bit());
    c.jump(4 + random.nextInt(2), over);
    c.memory(true, 0x8b, walker, any(CLEAN), slot());
    c.bind(over);
    c.memory(true, 0x33, SUM, walker, slot());
    c.memory(true, 0x89, any(CLEAN), pointer(), slot());
    if (random.nextBoolean()) {
      c.constant(true, 0, walker, 24);
    }
    c.constant(false, 5, RDI, 1);
    c.jump(5, loop);
  }

  private void call() {
    int function = functions[random.nextInt(functions.length)];
    if (random.nextInt(3) != 0) {
      c.call(function);
      return;
    }
    c.address(RDX, function);
    if (random.nextBoolean()) {
      c.registers(false, 0xff, 2, RDX);
      return;
    }
    int back = c.label();
    c.address(RDI, back);
    c.one(0x50, RDI);
    c.registers(false, 0xff, 4, RDX); // jmp
    c.bind(back);
  }

  private void callOut() {
    switch (random.nextInt(4)) {
      case 0 -> c.put(0x48, 0xad); // lodsq: RAX, a pointer, and RSI
      case 1 -> { // rep movsq
        c.registers(true, 0x8b, RDI, pointer());
        c.one(0x50, RCX);
        c.constant(RCX, random.nextInt(5));
        c.put(0xf3, 0x48, 0xa5);
        c.one(0x58, RCX);
      }
      case 2 -> { // rep stosb
        c.one(0x50, RCX);
        c.constant(RDI, (int) COUNTER + 64);
        c.constant(RCX, random.nextInt(40));
        c.put(0xf3, 0xaa);
        c.one(0x58, RCX);
      }
      default -> { // cpuid
        c.one(0x50, RCX);
        c.one(0x50, RBX);
        c.put(0x0f, 0xa2);
        c.one(0x58, RBX);
        c.one(0x58, RCX);
        c.registers(true, 0x8b, RAX, any(CLEAN));
      }
    }
  }

  /** Random pages; their entries go into the sum before they are exchanged and marked as unused. */
  private void exchangePages() {
    for (int page = 0; page < 2; page++) {
      int r = page == 0 ? RDI : RDX;
      c.registers(false, 0x89, RCX, r);
      c.registers(false, 0xc1, 5, r);
      c.put(10 + 9 * page);
      c.constant(false, 4, r, PAGES - 1);
      c.constant(false, 0, r, (int) (LINEAR >> 12));
    }
    int table = (int) TestGuest.LAST_TABLE;
    entry(0x8b, RAX, RDI, table);
    entry(0x8b, RBX, RDX, table);
    entry(0x89, RBX, RDI, table);
    entry(0x89, RAX, RDX, table);
    for (int r : new int[] {RDI, RDX}) {
      entry(0x8b, RAX, r, table);
      c.registers(true, 0x01, RAX, SUM);
      c.registers(true, 0xc1, 0, SUM);
      c.put(1);
      c.constant(true, 4, RAX, ~0x60);
      entry(0x89, RAX, r, table);
      c.registers(false, 0xc1, 4, r);
      c.put(12);
      c.memory(false, 0x0f01, 7, r, 0); // invlpg
    }
  }

  /** A page-table entry by the page's number. */
  private void entry(int opcode, int reg, int page, int table) {
    c.put(0x48 | reg >> 3 << 2, opcode, 0x04 | (reg & 7) << 3, 0xc5 | page << 3);
    c.u32(table);
  }

  private void withFrame() {
    c.bind(functions[0]);
    c.one(0x50, RBP);
    c.registers(true, 0x8b, RBP, RSP);
    c.constant(true, 5, RSP, 48);
    c.memory(true, 0x89, any(CLEAN), RBP, -8);
    frame = true;
    last = RBX;
    c.memory(true, 0x89, dirty(), RSP, 16);
    items(5);
    c.memory(true, 0x8b, any(CLEAN), RBP, -8);
    c.memory(true, 0x89, any(CLEAN), RSP, 24);
    items(2);
    c.call(functions[1]);
    c.memory(true, 0x8b, dirty(), RBP, -32);
    c.memory(true, 0x8b, dirty(), RSP, 24);
    frame = false;
    c.put(0xc9, 0xc3);
  }

  private void withSaved() {
    c.bind(functions[1]);
    c.one(0x50, RBX);
    c.one(0x50, RSI);
    c.one(0x50, RBP);
    c.registers(true, 0x8b, RBP, any(CLEAN));
    items(5);
    c.one(0x58, RBP);
    c.one(0x58, RSI);
    c.one(0x58, RBX);
    c.memory(true, 0x8b, any(CLEAN), RBX, slot());
    c.put(0xc3);
  }

  /** Ends with a jump to another one. */
  private void tail() {
    c.bind(functions[2]);
    items(4);
    c.jump(functions[1]);
  }
}
