package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.jvm.JvmEngine;

/**
 * Code that switches interrupts off and on, waits for them and returns from them, translated
 * against interpreted: the same registers, ticks and exits whenever interrupts come.
 */
class KernelCodeTest {
  private static final int VECTOR = 0x40;
  private static final long HANDLER = 0x30000;

  private static final String PROGRAM =
      """
      b9b80b0000     mov ecx, 3000
      9c             x: pushfq
      fa             cli
      48ffc0         inc rax
      9d             popfq
      fb             sti
      4801c2         add rdx, rax
      fa             cli
      48ffc3         inc rbx
      fb             sti
      fb             sti
      9c             pushfq
      5e             pop rsi
      4129f0         sub r8d, esi
      9c             pushfq
      fa             cli
      4883042400     add qword [rsp], 0
      9d             popfq
      f6c103         test cl, 3
      7502           jne y
      fb             sti
      f4             hlt
      ffc9           y: dec ecx
      75da           jne x
      f4             hlt
      """;

  private static final String COUNTS =
      """
      50                   push rax
      48ff042500800100     inc qword [0x18000]
      58                   pop rax
      48cf                 iretq
      """;

  /** Interrupts come at random, those that the guest does not take wait for it. */
  private static String trace(JvmEngine engine, int most, long seed) {
    StringBuilder trace = new StringBuilder();
    Random random = new Random(seed);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(HANDLER, TestGuest.code(COUNTS));
      Cpu cpu = guest.start64(TestGuest.code(PROGRAM));
      guest.gate64(VECTOR, TestGuest.CODE64, HANDLER, TestGuest.INTERRUPT_GATE, 0);
      boolean pending = false;
      for (boolean first = true; first || cpu.get(Register.RCX) != 0; first = false) {
        pending |= random.nextInt(3) == 0;
        if (pending && cpu.interruptible()) {
          assertTrue(cpu.interrupt(VECTOR).isEmpty());
          pending = false;
        }
        cpu.interruptWindow(pending);
        Exit exit = cpu.run(1 + random.nextInt(most));
        trace.append(exit).append(' ').append(cpu.ticks()).append(cpu.interruptible());
        for (int r = 0; r <= Register.RFLAGS.ordinal(); r++) {
          trace.append(' ').append(Long.toHexString(cpu.get(Register.values()[r])));
        }
        trace.append('\n');
      }
      trace.append(guest.u64(TestGuest.DATA)).append(guest.platform.log);
    }
    return trace.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 700, 20_000})
  void interruptsComeAtTheSameInstructions(int most) {
    for (long seed = 1; seed <= 4; seed++) {
      String expected = trace(new JvmEngine(task -> {}), most, seed);
      assertEquals(expected, trace(new JvmEngine(Runnable::run, 10), most, seed));
    }
  }

  @Test
  void sectionsWithoutInterruptsStayInTheirRegion() {
    JvmEngine engine = new JvmEngine();
    trace(engine, 20_000, 1);
    Map<String, Long> left = engine.translations().report().left();
    assertTrue(left.getOrDefault("halt", 0L) > 500, () -> "left: " + left);
    assertFalse(left.containsKey("instruction"), () -> "left: " + left);
  }

  /**
   * Behind STI the region is always left: the load is not of RAM. Another thread asks for exits.
   */
  @Test
  void anExitBetweenStiAndTheNextInstructionLetsNoInterruptIn() throws InterruptedException {
    String program =
        """
        fa             cli
        ffc1           inc ecx
        fb             sti
        8b042500001800 mov eax, [0x180000]
        ebf3           jmp 0
        """;
    AtomicBoolean over = new AtomicBoolean();
    try (TestGuest guest = new TestGuest(new JvmEngine(Runnable::run, 10))) {
      Cpu cpu = guest.start64(TestGuest.code(program));
      guest.space.unmap(0x180);
      cpu.run(100_000);
      Thread asking =
          new Thread(
              () -> {
                while (!over.get()) {
                  cpu.requestExit();
                  Thread.yield();
                }
              });
      asking.start();
      try {
        int there = 0;
        for (int runs = 0; runs < 100_000 && there < 20; runs++) {
          cpu.run(10_000);
          guest.platform.log.clear();
          if (cpu.get(Register.RIP) == TestGuest.PROGRAM + 4) {
            assertFalse(cpu.interruptible(), "the shadow of STI");
            there++;
          }
        }
      } finally {
        over.set(true);
        asking.join();
      }
    }
  }
}
