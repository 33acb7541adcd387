package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.RegionReport;
import ringside.cpu.jvm.translate.TranslatorReport;

/** What translated code does, against the interpreter: the same program, run by both in steps. */
class TranslatedCodeTest {
  private static final long MOST_TICKS = 4_000_000;

  /** With these, regions are made anew and joined within the few rounds of a test. */
  private static final int HASTY_HOT = 10;

  private static final int HASTE = 1_000;

  /** Registers, ticks and exits after each piece of the run, and the data at its end. */
  private static String trace(
      JvmEngine engine, byte[] program, boolean long64, int most, long budgets) {
    RunTrace trace = new RunTrace();
    Random random = new Random(budgets);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = long64 ? guest.start64(program) : guest.start32(program);
      cpu.set(Register.CR4, cpu.get(Register.CR4) | 0x200); // OSFXSR
      for (int i = 0; i < 512; i++) {
        guest.u64(TestGuest.DATA + 8L * i, random.nextLong());
      }
      Exit exit = Exit.BUDGET_SPENT;
      while (exit != Exit.HALTED && cpu.ticks() < MOST_TICKS) {
        exit = cpu.run(1 + random.nextInt(most));
        trace.ended(exit, cpu);
      }
      trace.memory(guest, TestGuest.DATA, 4096);
      trace.add(guest.platform.log);
    }
    return trace.toString();
  }

  /** As {@link #trace}, with budgets up to so many ticks; returns the translating engine. */
  private static JvmEngine same(byte[] program, boolean long64, int most, long seed) {
    JvmEngine translating = new JvmEngine();
    String expected = trace(new JvmEngine(task -> {}), program, long64, most, seed);
    assertEquals(expected, trace(translating, program, long64, most, seed));
    JvmEngine hasty = new JvmEngine(Runnable::run, HASTY_HOT, HASTE, () -> 0);
    assertEquals(expected, trace(hasty, program, long64, most, seed));
    assertTrue(
        translating.translations().report().translatedTicks() > 1_000, "nothing was translated");
    return translating;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomLoopsDoTheSameTranslatedAndInterpreted(long seed) {
    same(new RandomProgram(seed, true).bytes(), true, seed % 3 == 0 ? 1_000_000 : 20_000, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomLoopsOf32BitCodeToo(long seed) {
    same(new RandomProgram(seed, false).bytes(), false, 20_000, seed);
  }

  @Test
  void aBudgetMayEndAtAnyInstructionOfARegion() {
    same(new RandomProgram(21, true).bytes(), true, 700, 21);
  }

  @Test
  void flagsThatWaysIntoABlockSetDifferentlyAreTheInterpretersThere() {
    String program =
        """
        b9a0860100   mov ecx, 100000
        f6c101       test cl, 1
        7408         jz +8
        81f9f4010000 cmp ecx, 500
        eb06         jmp +6
        81c200000070 add edx, 0x70000000
        7802         js +2
        ffc6         inc esi
        ffc9         dec ecx
        75e5         jnz -27
        f4           hlt
        """;
    same(TestGuest.code(program), true, 20_000, 1);
  }

  /** Their numbers reach beyond the operand, to both sides. */
  @Test
  void lockedBitsOfABitmapAreTheInterpreters() {
    String program =
        """
        48c7c300880100 mov rbx, 0x18800
        b9a0860100     mov ecx, 100000
        69c191f44525   imul eax, ecx, 0x2545f491
        25ff3f0000     and eax, 0x3fff
        482d00200000   sub rax, 0x2000
        f0480fab03     lock bts [rbx], rax
        83d200         adc edx, 0
        f00fb34308     lock btr [rbx + 8], eax
        83d200         adc edx, 0
        f0480fba7b1005 lock btc qword [rbx + 16], 5
        11d2           adc edx, edx
        ffc9           dec ecx
        75d2           jnz -46
        f4             hlt
        """;
    same(TestGuest.code(program), true, 20_000, 1);
  }

  @Test
  void codeThatWritesItselfDoesTheSame() {
    String program =
        """
        b9d0070000   mov ecx, 2000
        b811111111   mov eax, 0x11111111  (its operand is written below)
        01c2         add edx, eax
        890df4ffffff mov [rip - 12], ecx
        ffc9         dec ecx
        75ef         jnz -17
        f4           hlt
        """;
    JvmEngine engine = new JvmEngine();
    byte[] code = TestGuest.code(program);
    String expected = trace(new JvmEngine(task -> {}), code, true, 20_000, 1);
    assertEquals(expected, trace(engine, code, true, 20_000, 1));
  }

  /** A function of the user, which the kernel changes and then calls itself. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void codeThatChangedSinceTheUserRanItIsNewToTheKernel(int flushes) {
    byte[] function = TestGuest.code("b801000000 mov eax, 1\ncd40 int 0x40");
    byte[] handler =
        TestGuest.code(
            """
            ffc3             inc ebx
            83fb02           cmp ebx, 2
            740d             je +13
            c604250100030002 mov byte [0x30001], 2
            e9ecefffff       jmp 0x30000
            f4               hlt
            """);
    byte[] program =
        TestGuest.code(
            "0f20d80f22d8 mov cr3, cr3\n".repeat(flushes)
                + """
                6a2b             push 0x2b
                6800a00000       push 0xa000
                6a02             push 2
                6a23             push 0x23
                6800000300       push 0x30000
                48cf             iretq
                """);
    try (TestGuest guest = new TestGuest(new JvmEngine())) {
      guest.bytes(0x30000, function);
      guest.bytes(0x31000, handler);
      Cpu cpu = guest.start64(program);
      guest.gate64(0x40, TestGuest.CODE64, 0x31000, TestGuest.USER_INTERRUPT_GATE, 0);
      assertEquals(Exit.HALTED, cpu.run(1_000));
      assertEquals(2, cpu.get(Register.RBX));
      assertEquals(2, cpu.get(Register.RAX));
    }
  }

  /** A function that is called 1,000 times, then another one 1,000 times at the same address. */
  private static long remapped(JvmEngine engine) {
    byte[] program =
        TestGuest.code(
            """
            b9d0070000     mov ecx, 2000
            e8f6ff0100     call 0x30000
            81f9e8030000   cmp ecx, 1000
            7514           jne +20
            48c7042580310200 mov qword [0x23180],
            07100300         0x31007
            0f013c2500000300 invlpg [0x30000]
            ffc9           dec ecx
            75db           jnz -37
            f4             hlt
            """);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x30000, (byte) 0x83, (byte) 0xc0, (byte) 1, (byte) 0xc3); // add eax, 1; ret
      guest.bytes(0x31000, (byte) 0x83, (byte) 0xc0, (byte) 3, (byte) 0xc3); // add eax, 3; ret
      Cpu cpu = guest.start64(program);
      assertEquals(Exit.HALTED, cpu.run(1_000_000));
      return cpu.get(Register.RAX);
    }
  }

  @Test
  void aPageThatIsMappedElsewhereTakesItsRegionWithIt() {
    JvmEngine engine = new JvmEngine();
    assertEquals(remapped(new JvmEngine(task -> {})), remapped(engine));
    assertEquals(1001 + 3 * 999, remapped(engine));
    assertTrue(engine.translations().report().translatedTicks() > 10_000);
  }

  /** Adds up what lies across two pages that are not neighbours in physical memory. */
  private static long crossing(JvmEngine engine) {
    byte[] program =
        TestGuest.code(
            """
            b9204e0000     mov ecx, 20000
            48c7042580310200 mov qword [0x23180],
            07100300         0x31007
            0f013c2500000300 invlpg [0x30000]
            bbfcff0200     mov ebx, 0x2fffc
            480303         add rax, [rbx]
            ffc9           dec ecx
            75f9           jnz -7
            f4             hlt
            """);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x2fffc, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
      guest.bytes(0x31000, (byte) 5, (byte) 6, (byte) 7, (byte) 8);
      Cpu cpu = guest.start64(program);
      assertEquals(Exit.HALTED, cpu.run(1_000_000));
      return cpu.get(Register.RAX);
    }
  }

  @Test
  void anAccessThatOftenMissesTheFastPathStaysInItsRegion() {
    JvmEngine engine = new JvmEngine();
    assertEquals(crossing(new JvmEngine(task -> {})), crossing(engine));
    TranslatorReport report = engine.translations().report();
    assertTrue(report.left().getOrDefault("access", 0L) < 1_000, report::toString);
    assertTrue(report.translatedTicks() > 100_000, report::toString);
  }

  /** Sums of up to 16 numbers that end where memory does; at last one more is asked for. */
  private static byte[] upToTheEndOfMemory() {
    return TestGuest.code(
        """
        b9d0070000       mov ecx, 2000
        48c7042588310200 mov qword [0x23188],
        00000000         0
        0f013c2500100300 invlpg [0x31000]
        89ca             mov edx, ecx
        83e20f           and edx, 15
        ffc2             inc edx
        bb00100300       mov ebx, 0x31000
        89d0             mov eax, edx
        c1e002           shl eax, 2
        29c3             sub ebx, eax
        0333             add esi, [rbx]
        8933             mov [rbx], esi
        4883c304         add rbx, 4
        ffca             dec edx
        75f4             jnz -12
        ffc9             dec ecx
        75dd             jnz -35
        bbf00f0300       mov ebx, 0x30ff0
        b210             mov dl, 16
        ebe9             jmp -23
        """);
  }

  private static String ranOff(JvmEngine engine, int budget) {
    RunTrace trace = new RunTrace();
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(upToTheEndOfMemory());
      for (Exit exit = Exit.BUDGET_SPENT; exit == Exit.BUDGET_SPENT; ) {
        exit = cpu.run(budget);
        trace.ended(exit, cpu);
      }
    }
    return trace.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {97, 1_000_000})
  void aLoopStopsInTheRoundInWhichItsBudgetOrMemoryEnds(int budget) {
    JvmEngine engine = new JvmEngine();
    assertEquals(ranOff(new JvmEngine(task -> {}), budget), ranOff(engine, budget));
    TranslatorReport report = engine.translations().report();
    assertTrue(report.translatedTicks() > 20_000, report::toString);
  }

  /** A function that returns 999 times, and then to where no code can be. */
  private static String lost(JvmEngine engine) {
    byte[] program =
        TestGuest.code(
            """
            b9e8030000     mov ecx, 1000
            48ba           mov rdx,
            0000000000000080 0x8000000000000000
            e805000000     call +5
            ffc9           dec ecx
            75f7           jnz -9
            f4             hlt
            488b0424       mov rax, [rsp]
            83f901         cmp ecx, 1
            480f44c2       cmove rax, rdx
            48890424       mov [rsp], rax
            c3             ret
            """);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(program);
      Exit exit = cpu.run(1_000_000);
      return exit
          + " rip %x rsp %x rcx %x ticks %d"
              .formatted(
                  cpu.get(Register.RIP), cpu.get(Register.RSP), cpu.get(Register.RCX), cpu.ticks());
    }
  }

  @Test
  void aReturnToAnAddressThatIsNotCanonicalIsAFaultOfTheReturn() {
    JvmEngine engine = new JvmEngine();
    String expected = lost(new JvmEngine(task -> {}));
    assertEquals(expected, lost(engine));
    assertTrue(expected.contains("rcx 1 "), expected);
    assertTrue(engine.translations().report().translatedTicks() > 5_000, "not translated");
  }

  /** Rounds of a loop, the first and each 4,096th of which take a longer way. */
  private static TranslatorReport rare() {
    byte[] program =
        TestGuest.code(
            """
            b9a0860100     mov ecx, 100000
            31c0           xor eax, eax
            a9ff0f0000     test eax, 4095
            7507           jnz +7
            90909090909090 nop
            ffc0           inc eax
            ffc9           dec ecx
            75ec           jnz -20
            f4             hlt
            """);
    JvmEngine engine = new JvmEngine();
    try (TestGuest guest = new TestGuest(engine)) {
      assertEquals(Exit.HALTED, guest.start64(program).run(10_000_000));
    }
    return engine.translations().report();
  }

  @Test
  void codeThatIsHardlyEverExecutedIsInNoRegion() {
    TranslatorReport report = rare();
    assertTrue(report.translatedTicks() > 1_000_000, report::toString);
    assertEquals(1, report.regions(), report::toString);
    assertTrue(report.instructions() < 7, report::toString);
  }

  @Test
  void theNextGuestOfAnEngineFindsItsCodeTranslated() {
    byte[] program = new RandomProgram(5, true).bytes();
    JvmEngine engine = new JvmEngine();
    String first = trace(engine, program, true, 20_000, 5);
    long regions = engine.translations().report().regions();
    assertEquals(0, engine.translations().report().hits());
    assertEquals(first, trace(engine, program, true, 20_000, 5));
    assertTrue(engine.translations().report().hits() > 0);
    assertTrue(engine.translations().report().regions() <= 2 * regions);
  }

  /** What is there after so many guests have run one program that is too large for a region. */
  private static TranslatorReport large(int guests) {
    byte[] program = new RandomProgram(5, true, 400).bytes();
    JvmEngine engine = new JvmEngine(Runnable::run, 100);
    for (int n = 0; n < guests; n++) {
      trace(engine, program, true, 20_000, 9);
    }
    return engine.translations().report();
  }

  @Test
  void regionsOfLargeCodeHaveLittleInCommon() {
    TranslatorReport report = large(1);
    assertTrue(report.regions() > 5 && report.instructions() < 1_600, report::toString);
  }

  @Test
  void guestsThatComeLaterAskForHardlyMore() {
    long first = large(1).regions();
    TranslatorReport report = large(5);
    assertTrue(report.regions() < first * 3 / 2, report::toString);
  }

  /** Runs come to begin in the middle of a loop that has a region already. */
  @Test
  void aWayThatIsOftenGoneThroughTwoRegionsBecomesOne() {
    byte[] program =
        TestGuest.code(
            """
            b9a0860100   mov ecx, 100000
            eb00         jmp +0
            ffc2         inc edx
            e7e7         out 0xe7, eax  (a hypercall; later the run ends behind it)
            ffc3         inc ebx
            ffc9         dec ecx
            75f6         jnz -10
            f4           hlt
            """);
    JvmEngine engine = new JvmEngine(Runnable::run, 100);
    try (TestGuest guest = new TestGuest(engine)) {
      int[] calls = {0};
      guest.platform.onHypercall =
          (cpu, number) -> {
            if (calls[0]++ >= 1_000) {
              cpu.requestExit();
            }
          };
      Cpu cpu = guest.start64(program);
      while (cpu.run(20_000) != Exit.HALTED) {}
      assertEquals(100_000, calls[0]);
    }
    long bridges = engine.translations().report().left().getOrDefault("elsewhere", 0L);
    assertTrue(bridges > 1_000 && bridges < 20_000, engine.translations().report()::toString);
  }

  /** What eax is behind a loop that sets it, of which the first half is another one. */
  private static long set(JvmEngine engine, int firstHalf, int rest) {
    byte[] program =
        TestGuest.code(
            """
            b9c8000000     mov ecx, 200
            b8%02x000000   mov eax,
            ffc9           dec ecx
            75f7           jnz -9
            f4             hlt
            """
                .formatted(firstHalf));
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(program);
      long at = cpu.get(Register.RIP) + 6;
      assertEquals(Exit.BUDGET_SPENT, cpu.run(5 + 9 * 90));
      guest.bytes(at, (byte) rest); // the processor has yet to hear of it
      cpu.run(9 * 30);
      return cpu.get(Register.RAX);
    }
  }

  @Test
  void codeThatChangedBeforeItsProcessorHeardOfItIsNotTranslatedForOthers() {
    JvmEngine engine = new JvmEngine();
    set(engine, 1, 2);
    assertEquals(1, engine.translations().report().regions());
    assertEquals(2, set(engine, 2, 2));
    assertEquals(1, set(engine, 1, 1));
  }

  @Test
  void aBlockThatIsExecutedLaterThanTheRestIsTakenIn() {
    byte[] program =
        TestGuest.code(
            """
            b9801a0600     mov ecx, 400000
            ffc0           inc eax
            81f9c80e0600   cmp ecx, 397000
            7704           ja +4
            ffc2           inc edx
            eb00           jmp +0
            ffc9           dec ecx
            75ee           jnz -18
            f4             hlt
            """);
    JvmEngine engine = new JvmEngine(Runnable::run, 1_000);
    try (TestGuest guest = new TestGuest(engine)) {
      Cpu cpu = guest.start64(program);
      assertEquals(Exit.HALTED, cpu.run(20_000_000));
    }
    TranslatorReport report = engine.translations().report();
    assertTrue(report.left().getOrDefault("elsewhere", 0L) < 700, report::toString);
  }

  @Test
  void noMethodIsTooLongToBeCompiled() {
    JvmEngine engine = same(new RandomProgram(9, true, 400).bytes(), true, 1_000_000, 9);
    long longest =
        engine.translations().report().kept().stream()
            .mapToLong(RegionReport::bytecode)
            .max()
            .orElseThrow();
    assertTrue(longest > 4_000 && longest <= 8_000, "the longest has " + longest + " bytes");
  }

  /** All registers are in use, and most instructions have to be called with all of them. */
  @Test
  void aLoopForWhichNoClassFileHasRoomIsTranslatedInParts() {
    StringBuilder loop = new StringBuilder();
    for (int r = 0; r < 8; r++) {
      loop.append("89%02x mov r, r%n".formatted(0xc0 + 9 * r));
      loop.append("4589%02x mov r, r%n".formatted(0xc0 + 9 * r));
      loop.append("0f28%02x movaps x, x%n".formatted(0xc0 + 9 * r));
      loop.append("450f28%02x movaps x, x%n".formatted(0xc0 + 9 * r));
    }
    loop.append(("0f58c1 addps xmm0, xmm1\n".repeat(4) + "eb00 jmp +0\n").repeat(100));
    loop.append("ffca dec edx\n");
    int size = TestGuest.code(loop.toString()).length + 6;
    String program =
        "bad0070000 mov edx, 2000\n"
            + loop
            + "0f85%08x jnz%nf4 hlt".formatted(Integer.reverseBytes(-size));
    same(TestGuest.code(program), true, 1_000_000, 1);
  }
}
