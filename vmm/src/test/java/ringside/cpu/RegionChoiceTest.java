package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.RegionReport;
import ringside.cpu.jvm.translate.TranslatorReport;

/** Which regions are made of code, and which are taken, as it is executed on and changes. */
class RegionChoiceTest {
  /** 160 instructions, executed in each 16th round. */
  private static final String MUCH_CODE =
      "f6c10f test cl, 15\n0f85a0000000 jnz +160\n" + "90 nop\n".repeat(160);

  /** Half of the loop is one by itself at first, and so becomes a region of its own. */
  private static TranslatorReport leftVeryOften(JvmEngine engine) {
    byte[] program =
        TestGuest.code(
            "b9c0d43000 mov ecx, 3200192\n"
                + "e9ad000000 jmp +173\n"
                + MUCH_CODE
                + "ffc2 inc edx\neb00 jmp +0\nffc0 inc eax\n"
                + MUCH_CODE
                + """
                ffc9         dec ecx
                0f8411000000 jz +17
                81f9c0d03000 cmp ecx, 3199168
                0f8741ffffff ja -191
                e98ffeffff   jmp -369
                f4           hlt
                """);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(program);
      while (cpu.run(10_000_000) != Exit.HALTED) {}
      assertEquals(3_199_168, cpu.get(Register.RDX));
    }
    return engine.translations().report();
  }

  @Test
  void largeCodeThatIsLeftVeryOftenIsMadeWhole() {
    TranslatorReport report = leftVeryOften(new JvmEngine(Runnable::run, 100));
    long bridges = report.left().getOrDefault("elsewhere", 0L);
    assertTrue(bridges > 100_000 && bridges < 300_000, report::toString);
  }

  /** Measured are one of those before and one of the new region's, in turns. */
  @Test
  void aNewRegionThatIsSlowHasFewTurns() {
    AtomicLong looks = new AtomicLong();
    AtomicLong ns = new AtomicLong();
    LongSupplier slow = () -> ns.addAndGet(looks.getAndIncrement() % 4 == 3 ? 1_000_000_000 : 1);
    TranslatorReport report = leftVeryOften(new JvmEngine(Runnable::run, 100, 100, slow));
    RegionReport whole =
        report.kept().stream().max(Comparator.comparing(RegionReport::instructions)).orElseThrow();
    long others =
        report.kept().stream()
            .filter(r -> r != whole && r.rip().equals(whole.rip()))
            .mapToLong(RegionReport::entries)
            .sum();
    assertTrue(whole.entries() > 100 && others > 15 * whole.entries(), report::toString);
  }

  /**
   * A loop of which each half is come to from outside, too, behind a WBINVD: with other flags, and
   * without what was looked at before.
   */
  private static final String HALVES =
      """
      b9a0860100   mov ecx, 100000
      bb%s         mov ebx, data
      eb00         jmp +0
      8b33         mov esi, [rbx]
      f6c101       test cl, 1
      7505         jnz +5
      83f8ff       cmp eax, -1
      0f09         wbinvd
      0f92c2       setb dl
      0303         add eax, [rbx]
      015308       add [rbx+8], edx
      """
          + "90 nop\n".repeat(130)
          + """
          f6c101       test cl, 1
          7405         jz +5
          83f8ff       cmp eax, -1
          0f09         wbinvd
          0f92c2       setb dl
          034304       add eax, [rbx+4]
          01530c       add [rbx+12], edx
          """
          + "90 nop\n".repeat(130)
          + """
          ffc9         dec ecx
          0f85cdfeffff jnz -307
          f4           hlt
          """;

  private static String halves(JvmEngine engine) {
    RunTrace trace = new RunTrace();
    String data = address(TestGuest.DATA);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(TestGuest.DATA, new byte[] {1, 0, 0, 0, 3, 0, 0, 0});
      Cpu cpu = guest.start64(TestGuest.code(HALVES.formatted(data)));
      while (cpu.run(10_000_000) != Exit.HALTED) {}
      trace.ended(Exit.HALTED, cpu);
      trace.memory(guest, TestGuest.DATA, 16);
    }
    return trace.toString();
  }

  @Test
  void aWholeMakesNothingOfItsOtherWaysWhereItIsEntered() {
    JvmEngine engine = new JvmEngine(Runnable::run, 10, 100, () -> 0);
    assertEquals(halves(new JvmEngine(task -> {})), halves(engine));
    TranslatorReport report = engine.translations().report();
    assertTrue(
        report.kept().stream().anyMatch(r -> r.begins() > 1 && r.entries() > 10_000),
        report::toString);
  }

  /** Each second round comes to the middle of the loop from outside: behind a WBINVD. */
  @Test
  void aWholeIsEnteredWhereThoseBeganWhosePlaceItTakes() {
    byte[] program =
        TestGuest.code(
            """
            b9400d0300       mov ecx, 200000
            eb00             jmp +0
            f6c101           test cl, 1
            7502             jnz +2
            0f09             wbinvd
            ffc2             inc edx
            """
                + "90 nop\n".repeat(260)
                + """
                ffc9             dec ecx
                0f85ebfeffff     jnz -277
                f4               hlt
                """);
    JvmEngine engine = new JvmEngine(Runnable::run, 10, 100, () -> 0);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(program);
      while (cpu.run(10_000_000) != Exit.HALTED) {}
      assertEquals(200_000, cpu.get(Register.RDX));
    }
    TranslatorReport report = engine.translations().report();
    RegionReport most = report.kept().getFirst();
    assertTrue(most.begins() == 2 && most.entries() > 50_000, report::toString);
  }

  @Test
  void aRegionWhoseCodeChangedBeforeItWasReadyIsNotEnteredButMadeAnew() {
    byte[] program =
        TestGuest.code(
            """
            b9f0550000       mov ecx, 22000
            eb00             jmp +0
            f6c11f           test cl, 31
            7505             jnz +5
            e8efff0100       call 0x30000
            81f9204e0000     cmp ecx, 20000
            750a             jne +10
            c604250200030003 mov byte [0x30002], 3
            e7e7             out 0xe7, eax  (a hypercall: what was asked for is made)
            ffc9             dec ecx
            75e0             jnz -32
            f4               hlt
            """);
    Queue<Runnable> asked = new ArrayDeque<>();
    AtomicReference<Executor> translator = new AtomicReference<>(asked::add);
    JvmEngine engine = new JvmEngine(task -> translator.get().execute(task), 1_000);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.platform.onHypercall =
          (cpu, number) -> {
            translator.set(Runnable::run);
            assertEquals(1, asked.size());
            asked.remove().run();
          };
      guest.bytes(0x30000, TestGuest.code("83c001 add eax, 1\nc3 ret"));
      Cpu cpu = guest.start64(program);
      assertEquals(Exit.HALTED, cpu.run(1_000_000));
      assertEquals(63 + 3 * 624, cpu.get(Register.RAX));
    }
    TranslatorReport report = engine.translations().report();
    assertTrue(report.translatedTicks() > report.ticks() / 2, report::toString);
  }

  /** A loop that goes another way, in another page, from its middle on. */
  private static void fork(JvmEngine engine) {
    byte[] program =
        TestGuest.code(
            """
            b9409c0000   mov ecx, 40000
            eb00         jmp +0
            ffc0         inc eax
            81f9204e0000 cmp ecx, 20000
            0f86ebff0100 jbe 0x30000
            ffc9         dec ecx
            75ee         jnz -18
            f4           hlt
            """);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x30000, TestGuest.code("ffc2 inc edx\ne90e00feff jmp 0x10015"));
      Cpu cpu = guest.start64(program);
      assertEquals(Exit.HALTED, cpu.run(10_000_000));
      assertEquals(20_000, cpu.get(Register.RDX));
    }
  }

  /** The second guest begins with the first one's first region: code of the other is unknown. */
  @Test
  void aRegionThatDoesWhatANewOneWouldIsTaken() {
    JvmEngine engine = new JvmEngine(Runnable::run, 10_000);
    fork(engine);
    assertEquals(2, engine.translations().report().regions());
    fork(engine);
    TranslatorReport report = engine.translations().report();
    assertEquals(2, report.regions(), report::toString);
    assertTrue(report.left().get("elsewhere") < 10_000, report::toString);
  }

  /** As the next, but in the last run of the inner loop no round begins with an access to RAM. */
  @Test
  void aRegionThatIsEnteredInVainFromNowOnIsGivenUp() {
    String apic = address(0xfee0_0020L);
    byte[] program =
        TestGuest.code(
            """
            b9f4010000       mov ecx, 500
            bf%s             mov edi, data
            be%s             mov esi, 0xfee00020
            bbe02e0000       mov ebx, 12000
            8b06             mov eax, [rsi]
            89fe             mov esi, edi
            ffcb             dec ebx
            75f8             jnz -8
            ffc9             dec ecx
            7fea             jg -22
            7c07             jl +7
            bf%s             mov edi, 0xfee00020
            ebe1             jmp -31
            f4               hlt
            """
                .formatted(address(TestGuest.DATA), apic, apic));
    JvmEngine engine = new JvmEngine(Runnable::run, 100, 100, () -> 0);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start32(program);
      while (cpu.run(10_000_000) != Exit.HALTED) {}
      assertEquals(0, cpu.get(Register.RBX));
    }
    TranslatorReport report = engine.translations().report();
    long entries = report.kept().stream().mapToLong(RegionReport::entries).sum();
    assertTrue(entries > 2_000 && entries < 5_000, report::toString);
    assertTrue(report.translatedTicks() > report.ticks() / 10 * 9, report::toString);
  }

  /** The first instruction of the inner loop's first round is no access to RAM. */
  @Test
  void aRegionThatIsEnteredInVainNowAndThenIsKept() {
    byte[] program =
        TestGuest.code(
            """
            b9d0070000       mov ecx, 2000
            be%s             mov esi, 0xfee00020
            bbe02e0000       mov ebx, 12000
            8b06             mov eax, [rsi]
            be%s             mov esi, data
            ffcb             dec ebx
            75f5             jnz -11
            ffc9             dec ecx
            75e7             jnz -25
            f4               hlt
            """
                .formatted(address(0xfee0_0020L), address(TestGuest.DATA)));
    JvmEngine engine = new JvmEngine(Runnable::run, 100);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start32(program);
      while (cpu.run(10_000_000) != Exit.HALTED) {}
    }
    TranslatorReport report = engine.translations().report();
    assertTrue(report.translatedTicks() > report.ticks() / 10 * 9, report::toString);
  }

  private static String address(long linear) {
    return "%08x".formatted(Integer.reverseBytes((int) linear));
  }
}
