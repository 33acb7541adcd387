package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.TranslatorReport;

/** Instructions that go over the end of a page: kept, until either page is another one. */
class AcrossPagesTest {
  /** The loop's first two bytes are the last ones of a page; in its middle it changes the third. */
  private static TranslatorReport acrossPages(String loop) {
    acrossPages(loop, new JvmEngine(task -> {}));
    JvmEngine engine = new JvmEngine(Runnable::run, 1);
    acrossPages(loop, engine);
    TranslatorReport report = engine.translations().report();
    assertTrue(report.translatedTicks() > report.ticks() / 3, report::toString);
    assertTrue(report.kept().stream().anyMatch(r -> r.rip().equals("30ffe")), report::toString);
    return report;
  }

  private static void acrossPages(String loop, JvmEngine engine) {
    byte[] code = TestGuest.code(loop);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x30ffe, code);
      guest.bytes(0x34ffe, code);
      guest.bytes(0x35000, (byte) 3);
      Cpu cpu = guest.start64(TestGuest.code("b9d0070000 mov ecx, 2000\ne9f40f0200 jmp 0x30ffe"));
      assertEquals(Exit.HALTED, cpu.run(1_000_000));
      assertEquals(1_001 + 3 * 999, cpu.get(Register.RDX));
    }
  }

  @Test
  void theSecondPageOfAnInstructionBecomesAnotherOne() {
    acrossPages(
        """
        81c201000000     add edx, 1
        81f9e8030000     cmp ecx, 1000
        7514             jne +20
        48c7042588310200 mov qword [0x23188],
        07500300         0x35007
        0f013c2500100300 invlpg [0x31000]
        ffc9             dec ecx
        75da             jnz -38
        f4               hlt
        """);
  }

  @Test
  void theSecondPageOfAnInstructionIsWritten() {
    TranslatorReport report =
        acrossPages(
            """
            81c201000000     add edx, 1
            81f9e8030000     cmp ecx, 1000
            7508             jne +8
            c604250010030003 mov byte [0x31000], 3
            ffc9             dec ecx
            75e6             jnz -26
            f4               hlt
            """);
    assertTrue(report.translatedTicks() > report.ticks() / 10 * 9, report::toString);
  }

  /** Of the second page nothing is code but the end of a jump, which goes elsewhere in the end. */
  private static void theEndOfAJumpIsWritten(JvmEngine engine) {
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x30ffe, TestGuest.code("e9fd100000 jmp 0x32100"));
      guest.bytes(
          0x32000,
          TestGuest.code(
              """
              81f9e8030000     cmp ecx, 1000
              7508             jne +8
              c604250010030011 mov byte [0x31000], 0x11
              e9e9efffff       jmp 0x30ffe
              """));
      guest.bytes(0x32015, TestGuest.code("ffc9 dec ecx\n75e7 jnz 0x32000\nf4 hlt"));
      guest.bytes(0x32100, TestGuest.code("83c201 add edx, 1\ne90dffffff jmp 0x32015"));
      guest.bytes(0x32200, TestGuest.code("83c203 add edx, 3\ne90dfeffff jmp 0x32015"));
      Cpu cpu = guest.start64(TestGuest.code("b9d0070000 mov ecx, 2000\ne9f61f0200 jmp 0x32000"));
      assertEquals(Exit.HALTED, cpu.run(1_000_000));
      assertEquals(1_000 + 3 * 1_000, cpu.get(Register.RDX));
    }
  }

  @Test
  void aPageWithNothingButTheEndOfAJumpIsWritten() {
    theEndOfAJumpIsWritten(new JvmEngine(task -> {}));
    theEndOfAJumpIsWritten(new JvmEngine(Runnable::run, 1));
  }

  /** In the middle of the loop the entry of the second page changes. */
  private static void theSecondPageIsTaken(JvmEngine engine, long entry, long error) {
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x30ffe, TestGuest.code("81c201000000 add edx, 1\ne9f70f0000 jmp 0x32000"));
      guest.u64(0x31100, entry);
      guest.bytes(
          0x32000,
          TestGuest.code(
              """
              81f9e8030000     cmp ecx, 1000
              7518             jne +24
              488b042500110300 mov rax, [0x31100]
              4889042588310200 mov [0x23188], rax
              0f013c2500100300 invlpg [0x31000]
              ffc9             dec ecx
              7405             jz +5
              e9d5efffff       jmp 0x30ffe
              f4               hlt
              """));
      Cpu cpu = guest.start64(TestGuest.code("b9d0070000 mov ecx, 2000\ne9f40f0200 jmp 0x30ffe"));
      assertEquals(Exit.HALTED, cpu.run(1_000_000));
      assertEquals(TestGuest.handler(GuestException.PF) + 1, cpu.get(Register.RIP));
      assertEquals(0x31000, cpu.get(Register.CR2));
      assertEquals(error, guest.u64(cpu.get(Register.RSP)));
      assertEquals(0x30ffe, guest.u64(cpu.get(Register.RSP) + 8));
      assertEquals(1_001, cpu.get(Register.RDX));
    }
  }

  @ParameterizedTest
  @CsvSource({"0x31006, 0x10", "0x8000000000031007, 0x11"}) // absent; not to be executed
  void theSecondPageIsTakenAway(String entry, long error) {
    long value = Long.parseUnsignedLong(entry.substring(2), 16);
    theSecondPageIsTaken(new JvmEngine(task -> {}), value, error);
    theSecondPageIsTaken(new JvmEngine(Runnable::run, 1), value, error);
  }

  /** What the decoder looked at ends with the page, or three bytes behind it. */
  @ParameterizedTest
  @CsvSource({"0xff1", "0xff4"})
  void whatIsTooLongIsNotTranslatedAgainAndAgain(int offset) {
    JvmEngine engine = new JvmEngine(Runnable::run, 1);
    try (TestGuest guest = new TestGuest(engine)) {
      guest.bytes(0x30000 + offset, TestGuest.code("66 prefix\n".repeat(15) + "90 nop"));
      guest.bytes(
          0x32000,
          TestGuest.code(
              "be%s mov esi, overlong\nffc9 dec ecx\n7402 jz +2\nffe6 jmp rsi\nf4 hlt"
                  .formatted("%02x%02x0300".formatted(offset & 0xff, offset >> 8))));
      Cpu cpu = guest.start64(TestGuest.code("b9204e0000 mov ecx, 20000\ne9f61f0200 jmp 0x32000"));
      guest.bytes(
          TestGuest.handler(GuestException.GP),
          TestGuest.code(
              """
              4883c408         add rsp, 8
              48c7042400200300 mov qword [rsp], 0x32000
              48cf             iretq
              """));
      assertEquals(Exit.HALTED, cpu.run(10_000_000));
      assertEquals(0, cpu.get(Register.RCX));
    }
    long requests = engine.translations().report().requests();
    assertTrue(requests < 20, () -> requests + " requests for regions");
  }
}
