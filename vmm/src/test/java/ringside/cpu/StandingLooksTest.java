package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.PointerProgram.Kind;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.StandingCount;
import ringside.cpu.jvm.translate.TranslatorReport;

/**
 * Programs that walk pointers, translated and interpreted. Neighbours in linear memory are none in
 * physical memory, so that a look that stands where it should not leads to another page.
 */
class StandingLooksTest {
  private static final long MOST_TICKS = 6_000_000;
  private static final int FIRST_FRAME = 600;
  private static final int FRAMES = 300;

  /** The pages of a program lead to frames in no order, full of pointers. */
  private static void map(TestGuest guest, Random random) {
    List<Integer> frames =
        new ArrayList<>(IntStream.range(FIRST_FRAME, FIRST_FRAME + FRAMES).boxed().toList());
    Collections.shuffle(frames, random);
    int next = 0;
    for (int page = 0; page < PointerProgram.PAGES; page++) {
      long frame = (long) frames.get(next++) << 12;
      guest.entry(PointerProgram.LINEAR + ((long) page << 12), frame | 7);
      for (int at = 0; at < 4096; at += 8) {
        guest.u64(frame + at, PointerProgram.pointer(random));
      }
    }
    for (int page = 0; page < PointerProgram.STACK_PAGES; page++) {
      long frame = (long) frames.get(next++) << 12;
      guest.entry(PointerProgram.STACK + ((long) page << 12), frame | 7);
    }
  }

  private static String trace(JvmEngine engine, byte[] program, long seed) {
    RunTrace trace = new RunTrace();
    Random random = new Random(seed);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(program);
      map(guest, random);
      Exit exit = Exit.BUDGET_SPENT;
      while (exit == Exit.BUDGET_SPENT && cpu.ticks() < MOST_TICKS) {
        exit = cpu.run(1 + random.nextInt(60_000));
        trace.ended(exit, cpu);
      }
      assertEquals(Exit.HALTED, exit);
      trace.add(guest.platform.exceptions);
      trace.memory(guest, TestGuest.PAGE_TABLES, 4 << 12);
      trace.memory(guest, (long) FIRST_FRAME << 12, FRAMES << 12);
    }
    return trace.toString();
  }

  private static void same(long seed, Kind kind) {
    byte[] program = new PointerProgram(seed, kind).bytes();
    JvmEngine translating = new JvmEngine();
    String expected = trace(new JvmEngine(task -> {}), program, seed);
    String found = trace(translating, program, seed);
    if (!expected.equals(found)) {
      assertEquals(shortened(expected, found), shortened(found, expected));
    }
    TranslatorReport report = translating.translations().report();
    assertTrue(report.translatedTicks() > report.ticks() / 3, report::toString);
    assertTrue(StandingCount.of(translating.translations()) > 5, "few looks stand");
  }

  /** From the first difference on. */
  private static String shortened(String text, String other) {
    int same = 0;
    while (same < Math.min(text.length(), other.length())
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    return text.substring(Math.max(0, same - 200), Math.min(text.length(), same + 200));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void pointersLeadWhereTheInterpreterFindsThem(long seed) {
    same(seed, Kind.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void soTheyDoBehindInstructionsThatTheInterpreterDoes(long seed) {
    same(seed, Kind.CALLS_OUT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingStandsBehindTheEndOfAPagesTranslation(long seed) {
    same(seed, Kind.REMAPS);
  }
}
