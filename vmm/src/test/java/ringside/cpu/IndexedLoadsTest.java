package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.TranslatorReport;

/**
 * Elements of a table, loaded by indexes that lead anywhere, translated and interpreted: the same
 * values and faults. The table is in the middle of the linear memory that translated code reaches
 * by one comparison; what is around that is nowhere, or elsewhere in physical memory.
 */
class IndexedLoadsTest {
  private static final long TABLE = 0x120000;

  /** Linear memory that is as physical memory is. */
  private static final long LOW = 0x101000;

  private static final long HIGH = 0x140000;
  private static final long FIRST_FRAME = 600;
  private static final int PRESENT_ACCESSED = 0x67;

  /** Distances of the two loads from base and index. */
  private static final int FIRST = 40;

  private static final int SECOND = -24;

  private static final int RAX = 0;
  private static final int NO_BASE = 5;
  private static final int WARM = 300;
  private static final int ROUNDS = 5;
  private static final int MOST_TICKS = 1_000_000;

  /** Fewer than the failed looks after which a region is made anew. */
  private static final int CASES_OF_A_GUEST = 15;

  /** How loads are written, and the program's beginning. */
  private record Form(int size, int scale, boolean base) {
    /** The loop of both loads, whose index alternates; at its end HLT. */
    byte[] program() {
      CodeWriter c = new CodeWriter(TestGuest.PROGRAM);
      int loop = c.here();
      load(c, FIRST);
      c.registers(true, 0x01, RAX, 11);
      load(c, SECOND);
      c.registers(true, 0x01, RAX, 11);
      c.registers(true, 0xc1, 0, 11); // rol r11, 7
      c.put(7);
      c.registers(true, 0x31, CodeWriter.RDX, CodeWriter.RCX);
      c.registers(false, 0xff, 1, 9); // dec r9d
      c.jump(5, loop);
      c.put(0xf4);
      return c.bytes();
    }

    /** Into RAX, by RBX and RCX. */
    private void load(CodeWriter c, int distance) {
      switch (size) {
        case 1 -> c.put(0x0f, 0xb6);
        case 2 -> c.put(0x0f, 0xb7);
        case 4 -> c.put(0x8b);
        default -> c.put(0x48, 0x8b);
      }
      int sib = shift() << 6 | CodeWriter.RCX << 3;
      c.put(base ? 0x84 : 0x04, sib | (base ? CodeWriter.RBX : NO_BASE));
      c.u32(distance);
    }

    int shift() {
      return Integer.numberOfTrailingZeros(scale);
    }
  }

  /** A way to say where to load from. */
  private record Case(long base, long index) {
    @Override
    public String toString() {
      return "base %x, index %x".formatted(base, index);
    }
  }

  /** Around the ends; both loads may be in, the first one out, the second one, or both. */
  private static List<Case> near(Form form) {
    List<Case> cases = new ArrayList<>();
    for (long end : new long[] {LOW, HIGH - 256, HIGH}) {
      for (int past = -72; past <= 72; past += form.base ? 7 : 8) {
        cases.addAll(cases(form, end + past));
      }
    }
    for (long there : new long[] {0, 0x8000, LOW - 0x2000, HIGH + 0x1000, HIGH + 0x3000}) {
      cases.addAll(cases(form, there + 0x100));
    }
    return cases;
  }

  /** As far as addresses go. */
  private static List<Case> far(Form form) {
    List<Case> cases = new ArrayList<>();
    for (int bit = 22; bit < 64; bit++) {
      cases.addAll(cases(form, TABLE + (1L << bit)));
      cases.addAll(cases(form, TABLE - (1L << bit)));
    }
    for (long there : new long[] {-1, -8, -32, -4096, Long.MAX_VALUE, 1L << 47}) {
      cases.addAll(cases(form, there));
    }
    return cases;
  }

  /** The same address by several bases and indexes; without a base, as near as an index leads. */
  private static List<Case> cases(Form form, long address) {
    List<Case> cases = new ArrayList<>();
    int shift = form.shift();
    if (!form.base) {
      cases.add(new Case(0, address >> shift));
      if (shift > 0) {
        cases.add(new Case(0, address >>> shift | 5L << 64 - shift));
      }
      return cases;
    }
    cases.add(new Case(TABLE + (address - TABLE & form.scale - 1), address - TABLE >> shift));
    for (long index : new long[] {3, -5, (1L << 61) + 9, Long.MAX_VALUE - 4}) {
      cases.add(new Case(address - (index << shift), index));
    }
    return cases;
  }

  /** Memory around the table; none below and above it is where the table's own neighbours are. */
  private static void map(TestGuest guest) {
    for (long at = LOW; at < HIGH; at += 0x1000) {
      guest.entry(at, at | PRESENT_ACCESSED);
    }
    guest.entry(LOW - 0x1000, 0);
    guest.entry(LOW - 0x2000, FIRST_FRAME << 12 | PRESENT_ACCESSED);
    guest.entry(HIGH, FIRST_FRAME + 1 << 12 | PRESENT_ACCESSED);
    guest.entry(HIGH + 0x1000, 0);
    guest.entry(HIGH + 0x2000, FIRST_FRAME + 2 << 12 | PRESENT_ACCESSED);
    Random random = new Random(1);
    for (long at = LOW - 0x3000; at < HIGH + 0x4000; at += 8) {
      guest.u64(at, random.nextLong());
    }
    for (long at = FIRST_FRAME << 12; at < FIRST_FRAME + 3 << 12; at += 8) {
      guest.u64(at, random.nextLong());
    }
  }

  /** An index that leads into the table, by the same base. */
  private static long good(Form form, long base) {
    return TABLE + 0x800 - base >> form.shift();
  }

  /**
   * Rounds in which the index is good and that of the case by turns; a fault leads to another HLT.
   */
  private static void start(Cpu cpu, Form form, Case c, int rounds) {
    long good = good(form, c.base);
    cpu.set(Register.RBX, c.base);
    cpu.set(Register.RCX, good);
    cpu.set(Register.RDX, good ^ c.index);
    cpu.set(Register.R9, rounds);
    cpu.set(Register.RSP, TestGuest.KERNEL_STACK);
    cpu.set(Register.RIP, TestGuest.PROGRAM);
  }

  /** What comes of each case, by its number; a hot loop goes before. */
  private static void run(
      JvmEngine engine, Form form, List<Case> cases, BiConsumer<Integer, String> found) {
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(form.program());
      map(guest);
      start(cpu, form, new Case(TABLE, good(form, TABLE) + 2), WARM);
      assertEquals(Exit.HALTED, cpu.run(MOST_TICKS));
      for (int n = 0; n < cases.size(); n++) {
        start(cpu, form, cases.get(n), ROUNDS);
        RunTrace trace = new RunTrace();
        trace.ended(cpu.run(MOST_TICKS), cpu);
        trace.add(guest.platform.exceptions);
        guest.platform.exceptions.clear();
        found.accept(n, trace.toString());
      }
    }
  }

  /**
   * Each guest on an engine of its own: a region that is left often is made anew by the TLB.
   *
   * @return how often regions were left for an access
   */
  private static long same(Form form, List<Case> cases) {
    long left = 0;
    for (int at = 0; at < cases.size(); at += CASES_OF_A_GUEST) {
      List<Case> some = cases.subList(at, Math.min(cases.size(), at + CASES_OF_A_GUEST));
      List<String> expected = new ArrayList<>();
      run(new JvmEngine(task -> {}), form, some, (n, found) -> expected.add(found));
      JvmEngine engine = new JvmEngine();
      run(
          engine,
          form,
          some,
          (n, found) -> assertEquals(expected.get(n), found, () -> form + ", " + some.get(n)));
      TranslatorReport report = engine.translations().report();
      assertTrue(
          report.kept().stream().allMatch(r -> r.memory().equals("window")), report::toString);
      left += report.left().getOrDefault("access", 0L);
    }
    return left;
  }

  /** The far ones last: a host may not survive it if they are not looked at. */
  @ParameterizedTest
  @CsvSource({
    "1, 1", "1, 2", "1, 4", "1, 8", "2, 1", "2, 2", "2, 4", "2, 8", "4, 1", "4, 2", "4, 4", "4, 8",
    "8, 1", "8, 2", "8, 4", "8, 8",
  })
  void elementsAreLoadedFromTheGuestsMemoryOnly(int size, int scale) {
    for (boolean base : new boolean[] {true, false}) {
      Form form = new Form(size, scale, base);
      same(form, near(form));
      assertTrue(same(form, far(form)) > far(form).size());
    }
  }
}
