package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.jvm.JvmEngine;

/** What translated code does, against the interpreter: the same program, run by both in steps. */
class TranslatedCodeTest {
  private static final long MOST_TICKS = 4_000_000;

  /** Registers, ticks and exits after each piece of the run, and the data at its end. */
  private static String trace(JvmEngine engine, byte[] program, boolean long64, long budgets) {
    StringBuilder trace = new StringBuilder();
    Random random = new Random(budgets);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = long64 ? guest.start64(program) : guest.start32(program);
      cpu.set(Register.CR4, cpu.get(Register.CR4) | 0x200); // OSFXSR
      for (int i = 0; i < 512; i++) {
        guest.u64(TestGuest.DATA + 8L * i, random.nextLong());
      }
      Exit exit = Exit.BUDGET_SPENT;
      while (exit != Exit.HALTED && cpu.ticks() < MOST_TICKS) {
        exit = cpu.run(budgets < 0 ? 1_000_000 : 1 + random.nextInt(20_000));
        trace.append(exit).append(' ').append(cpu.ticks());
        for (int r = 0; r <= Register.RFLAGS.ordinal(); r++) {
          trace.append(' ').append(Long.toHexString(cpu.get(Register.values()[r])));
        }
        trace.append('\n');
      }
      for (int i = 0; i < 512; i++) {
        trace.append(Long.toHexString(guest.u64(TestGuest.DATA + 8L * i))).append(' ');
      }
      trace.append(guest.platform.log);
    }
    return trace.toString();
  }

  private static void same(byte[] program, boolean long64, long budgets) {
    JvmEngine translating = new JvmEngine();
    String expected = trace(new JvmEngine(task -> {}), program, long64, budgets);
    String actual = trace(translating, program, long64, budgets);
    assertEquals(expected, actual);
    assertTrue(translating.translations().all().size() > 0, "nothing was translated");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomLoopsDoTheSameTranslatedAndInterpreted(long seed) {
    same(new RandomProgram(seed, true).bytes(), true, seed % 3 == 0 ? -1 : seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomLoopsOf32BitCodeToo(long seed) {
    same(new RandomProgram(seed, false).bytes(), false, seed);
  }
}
