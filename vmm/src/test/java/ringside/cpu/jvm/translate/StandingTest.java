package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one block has looked at, others need not. */
class StandingTest {
  private static final String LOAD = "488b03 mov rax, [rbx]\n";
  private static final String STORE = "48890b mov [rbx], rcx\n";
  private static final String ON = "eb00 jmp +0\n";

  private static Reaches.Member member(Shape shape, int block, int instruction) {
    Reaches reaches = Standing.of(shape, Ahead.nothing(shape)).reaches(block, 0);
    Reaches.Member operand = reaches.operand(instruction);
    return operand != null ? operand : reaches.stack(instruction);
  }

  /** Nothing has to be looked at for the first access of a block. */
  private static boolean stands(Shape shape, int block) {
    return member(shape, block, 0).reach().stands();
  }

  /** The same behind what one block ends with. */
  private static boolean stands(String before, String behind) {
    return stands(new Parts().block(before + ON).block(behind).shape(), 1);
  }

  @Test
  void nothingStandsAtAnotherEntry() {
    assertFalse(stands(new Parts().block(LOAD + ON).block(LOAD).entry().shape(), 1));
  }

  @Test
  void aLookStandsInTheNextBlock() {
    Shape shape = new Parts().block(LOAD + ON).block(LOAD).shape();
    assertFalse(stands(shape, 0));
    assertTrue(stands(shape, 1));
    assertEquals(3, member(shape, 1, 0).reach().register());
  }

  @Test
  void aLookIsKeptOnlyWhereAnotherBlockNeedsIt() {
    Shape kept = new Parts().block(LOAD + ON).block("90 nop\n" + ON).block(LOAD).shape();
    assertTrue(member(kept, 0, 0).reach().kept());
    Shape alone = new Parts().block(LOAD + ON).block("488b06 mov rax, [rsi]\n").shape();
    assertFalse(member(alone, 0, 0).reach().kept());
  }

  /** One of two ways to the last block: may it be come to by both with what the first one saw? */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "90 nop | true",
        "4889c1 mov rcx, rax | true",
        "4889cb mov rbx, rcx | false",
        "488b1b mov rbx, [rbx] | false",
        "b301 mov bl, 1 | false",
        "b701 mov bh, 1 | false",
        "480f44d9 cmove rbx, rcx | false",
        "4887cb xchg rbx, rcx | false",
        "480fc1cb xadd rbx, rcx | false",
        "480fb1cb cmpxchg rbx, rcx | false",
        "5b pop rbx | false",
        "48ffc3 inc rbx | false",
        "83c308 add ebx, 8 | false",
        "0f94c3 sete bl | false",
        "480fcb bswap rbx | false",
        "6648c1c308 rol rbx, 8 | false",
        "0fa4cb08 shld ebx, ecx, 8 | false"
      })
  void aWayOnWhichTheBaseIsWrittenEndsIt(String insn, boolean stands) {
    int length = insn.indexOf(' ') / 2;
    Parts parts =
        new Parts()
            .block(LOAD + "74%02x jz%n".formatted(length + 2))
            .block(insn + "\n" + ON)
            .block(LOAD);
    assertEquals(stands, stands(parts.shape(), 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"48ad lodsq", "f348ab rep stosq", "0fa2 cpuid", "fa cli", "9d popf"})
  void nothingStandsBehindWhatMayChangeWhereAddressesLead(String insn) {
    assertFalse(stands(LOAD + insn + "\n", LOAD));
  }

  @Test
  void aLookForLoadsIsNoneForStores() {
    assertFalse(stands(LOAD, STORE));
    assertTrue(stands(STORE, LOAD));
    assertTrue(stands(STORE, STORE));
    assertTrue(stands(LOAD + STORE, STORE));
  }

  @Test
  void storesStandOnlyWhereAllWaysHaveLookedForThem() {
    Parts parts = new Parts().block(LOAD + "7405 jz +5\n").block(STORE + ON).block(STORE);
    assertFalse(stands(parts.shape(), 2));
  }

  @Test
  void aBlockThatLooksForStoresLooksForWhatStoodAsWell() {
    Parts parts =
        new Parts().block(LOAD + ON).block("48894b10 mov [rbx + 16], rcx\n" + ON).block(STORE);
    Reach look = member(parts.shape(), 1, 0).reach();
    assertFalse(look.stands());
    assertEquals(0, look.first());
    assertEquals(24, look.span());
    assertTrue(stands(parts.shape(), 2));
  }

  @Test
  void nothingStandsBehindAnAccessThatMayBeMadeByTheSlowPath() {
    Parts parts = new Parts().block(LOAD + "488b06 mov rax, [rsi]\n" + ON).block(LOAD);
    assertTrue(stands(parts.shape(), 1));
    assertFalse(stands(parts.shape(parts.rip(0) + 3), 1));
    assertFalse(stands(parts.shape(parts.rip(0)), 1));
    assertFalse(stands(parts.shape(parts.rip(1)), 1));
  }

  /** One that is in no reach, and one in the reach of another that has come before the look. */
  @Test
  void norBehindAnyOtherOfThose() {
    String far = "488b042500000200 mov rax, [0x20000]\n";
    Parts alone = new Parts().block(LOAD + far + ON).block(LOAD);
    assertTrue(stands(alone.shape(), 1));
    assertFalse(stands(alone.shape(alone.rip(0) + 3), 1));
    String near = "488b06 mov rax, [rsi]\n";
    Parts together = new Parts().block(near + LOAD + near + ON).block(LOAD);
    assertTrue(stands(together.shape(), 1));
    assertFalse(stands(together.shape(together.rip(0)), 1));
  }

  /** Behind a look at [rbx]: at which distance from which register are its 8 bytes? */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4883c310 add rbx, 16 | 43 | -16",
        "4883eb10 sub rbx, 16 | 43 | 16",
        "488d5b10 lea rbx, [rbx + 16] | 43 | -16",
        "488d7310 lea rsi, [rbx + 16] | 46 | -16",
        "488d73f0 lea rsi, [rbx - 16] | 46 | 16",
        "4889de mov rsi, rbx | 46 | 0",
        "488bf3 mov rsi, rbx | 46 | 0",
        "4889db mov rbx, rbx | 43 | none",
        "89de mov esi, ebx | 46 | none",
        "8d7310 lea esi, [rbx + 16] | 46 | none",
        "67488d7310 lea rsi, [ebx + 16] | 46 | none",
        "488d740b10 lea rsi, [rbx + rcx + 16] | 46 | none",
        "4801cb add rbx, rcx | 43 | none"
      })
  void itStandsAtTheDistanceThatTheRegisterHasMoved(String insn, String modrm, String distance) {
    for (int at = -48; at <= 48; at += 8) {
      String access = "488b%s%02x mov rax, [r + at]%n".formatted(modrm, at & 0xff);
      boolean right = !distance.equals("none") && at == Integer.parseInt(distance);
      assertEquals(right, stands(LOAD + insn + "\n", access), insn + ", then at " + at);
    }
  }

  @Test
  void whatIsKnownOfACopyIsTakenOverAtTheCopy() {
    Shape shape =
        new Parts()
            .block(LOAD + "4889de mov rsi, rbx\n488b1b mov rbx, [rbx]\n" + ON)
            .block("488b06 mov rax, [rsi]\n")
            .shape();
    assertTrue(stands(shape, 1));
    assertTrue(Standing.of(shape, Ahead.nothing(shape)).reaches(0, 0).copies(1));
    assertEquals(6, member(shape, 1, 0).reach().register());
  }

  /** Behind a look at what a PUSH or CALL writes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "53 push rbx | 0",
        "53 push rbx; 51 push rcx | 0; 8",
        "53 push rbx; 58 pop rax | -8",
        "53 push rbx; 4883ec10 sub rsp, 16 | 16"
      })
  void theStackStandsWhereItIsMoved(String insns, String distances) {
    for (int at = -24; at <= 24; at += 8) {
      String access = "488b4424%02x mov rax, [rsp + at]%n".formatted(at & 0xff);
      boolean right = List.of(distances.split("; ")).contains("" + at);
      assertEquals(right, stands(insns.replace("; ", "\n") + "\n", access), insns + " at " + at);
    }
  }

  /**
   * After a PUSH and a look, a call of block 2, which comes back to block 1; block 3 looks again.
   */
  private static Shape called(String behind, String within) {
    int skipped = within.isEmpty() ? 1 : 6;
    int length = behind.isEmpty() ? 2 : 7;
    return new Parts()
        .block("53 push rbx\n" + LOAD + "e8%02x000000 call%n".formatted(length))
        .block(behind + "eb%02x jmp%n".formatted(skipped))
        .block(within + "c3 ret\n")
        .block(LOAD)
        .shape();
  }

  @Test
  void looksStandBehindCallsAndReturns() {
    for (int at = -24; at <= 24; at += 8) {
      String access = "488b4424%02x mov rax, [rsp + at]%n".formatted(at & 0xff);
      assertEquals(at == 0 || at == -8, stands(called(access, ""), 1), "behind, at " + at);
      assertEquals(at == 0 || at == 8, stands(called("", access), 2), "within, at " + at);
      assertTrue(stands(called("", ""), 3));
    }
  }

  /** What the way back has looked at, the way from outside has not. */
  @Test
  void nothingStandsWhereTheRegionIsEntered() {
    Shape shape = new Parts().block(LOAD + ON).block(LOAD + "ebf6 jmp -10\n").shape();
    assertEquals(List.of(0), shape.ways(shape.parts().get(1)));
    assertFalse(stands(shape, 0));
    assertTrue(stands(shape, 1));
  }

  /** Each round of the loop moves the register further from what was looked at before the loop. */
  @Test
  void aLoopThatMovesTheRegisterEndsIt() {
    String way = "90 nop\n" + ON;
    Parts still = new Parts().block(LOAD + ON).block(way).block(LOAD + "75f8 jnz -8\n");
    assertTrue(stands(still.shape(), 2));
    String walk = "4883c308 add rbx, 8\n" + ON;
    Parts walking = new Parts().block(LOAD + ON).block(walk).block(LOAD + "75f5 jnz -11\n");
    assertFalse(stands(walking.shape(), 2));
  }

  @Test
  void addressesThatComeFromElsewhereHaveNoReach() {
    Shape shape =
        new Parts().block("67488b03 mov rax, [ebx]\n64488b03 mov rax, fs:[rbx]\n").shape();
    assertNull(member(shape, 0, 0));
    assertNull(member(shape, 0, 1));
  }

  /** What stands by RDI becomes shorter in each round of the analysis, by as much as is added. */
  @ParameterizedTest
  @CsvSource({"40, true", "01, false"})
  void whatTakesTooLongToFindOutIsNotKnown(String added, boolean stands) {
    String looks = LOAD + "488b07 mov rax, [rdi]\n488b87f8000000 mov rax, [rdi + 248]\n";
    Shape shape =
        new Parts()
            .block(looks + ON)
            .block("4883c7" + added + " add rdi, added\n7402 jz +2\n")
            .block("ebf8 jmp -8\n")
            .block(LOAD)
            .shape();
    assertEquals(stands, stands(shape, 3));
  }
}
