package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.jvm.JvmEngine;

/** Code that is no code: the processor goes on, halts or shuts down, and throws nothing. */
class HostileCodeTest {
  private static final int PROGRAMS = 40;
  private static final int SLICES = 30;
  private static final int SLICE = 500;

  /** Second bytes of instructions on segments, tables, control registers, MSRs, system calls. */
  private static final int[] SYSTEM = {
    0, 1, 2, 3, 5, 7, 0x20, 0x21, 0x22, 0x23, 0x30, 0x32, 0x34, 0x35, 0xb2, 0xb4
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomBytesAreSurvived(long seed) {
    Random random = new Random(seed);
    try (Engine engine = new JvmEngine()) {
      for (int i = 0; i < PROGRAMS; i++) {
        try (TestGuest guest = new TestGuest(engine)) {
          run(guest, random);
        }
      }
    }
  }

  private static void run(TestGuest guest, Random random) {
    byte[] code = code(random);
    Cpu cpu = random.nextBoolean() ? guest.start64(code) : guest.start32(code);
    for (Register r : Register.values()) {
      if (r.ordinal() <= Register.R15.ordinal() && r != Register.RSP) {
        cpu.set(r, random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(0x40000));
      }
    }
    for (int i = 0; i < SLICES; i++) {
      long before = cpu.ticks();
      Exit exit = cpu.run(SLICE);
      if (exit instanceof Exit.TripleFault) {
        return;
      }
      assertTrue(exit == Exit.BUDGET_SPENT || exit == Exit.HALTED, exit::toString);
      assertTrue(cpu.ticks() > before, "a run that executes nothing");
      if (exit == Exit.HALTED) {
        cpu.set(Register.RIP, TestGuest.PROGRAM + random.nextInt(code.length));
      }
    }
  }

  private static byte[] code(Random random) {
    byte[] code = new byte[4096];
    random.nextBytes(code);
    for (int i = 0; i < code.length - 1; i += 1 + random.nextInt(24)) {
      code[i] = 0x0f;
      code[i + 1] = (byte) SYSTEM[random.nextInt(SYSTEM.length)];
    }
    return code;
  }
}
