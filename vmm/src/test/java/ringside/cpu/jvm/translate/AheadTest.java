package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a look is for beside what its own block reaches for. */
class AheadTest {
  private static final String ON = "eb00 jmp +0\n";

  private static String look(Shape shape) {
    Standing standing = Standing.of(shape, Ahead.of(shape));
    Reaches.Member member = standing.reaches(0, 0).operand(0);
    return "%d+%d".formatted(member.reach().first(), member.reach().span());
  }

  /** Behind a look at the eight bytes at RBX. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "90 nop | 488b4328 mov rax, [rbx + 40] | 0+48",
        "90 nop | 488b43f0 mov rax, [rbx - 16] | -16+24",
        "4889de mov rsi, rbx | 488b4628 mov rax, [rsi + 40] | 0+48",
        "488b1b mov rbx, [rbx] | 488b4328 mov rax, [rbx + 40] | 0+8",
        "4883c308 add rbx, 8 | 488b4328 mov rax, [rbx + 40] | 0+56",
        "0fa2 cpuid | 488b4328 mov rax, [rbx + 40] | 0+8",
        "90 nop | 48894328 mov [rbx + 40], rax | 0+8",
        "90 nop | 488b4378 mov rax, [rbx + 120] | 0+128",
        "90 nop | 488b83f8000000 mov rax, [rbx + 248] | 0+256",
        "90 nop | 488b83f9000000 mov rax, [rbx + 249] | 0+8"
      })
  void aLookIsForWhatBlocksToComeReachForToo(String insn, String access, String look) {
    Shape shape =
        new Parts()
            .block("488b03 mov rax, [rbx]\n" + insn + "\n" + ON)
            .block("90 nop\n" + ON)
            .block(access + "\n")
            .shape();
    assertEquals(look, look(shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"53 push rbx | -16+24", "5b pop rbx | 0+24"})
  void aFrameIsLookedAtOnce(String insn, String look) {
    Shape shape =
        new Parts()
            .block("48890424 mov [rsp], rax\n" + ON)
            .block(insn + "\n" + insn + "\nc3 ret\n")
            .shape();
    assertEquals(look, look(shape));
  }

  /** Stacks begin at ends of pages. */
  @Test
  void whatACallerReachesForBehindTheReturnIsNotWanted() {
    Shape shape =
        new Parts()
            .block("48890424 mov [rsp], rax\ne805000000 call +5\n")
            .block("488b442430 mov rax, [rsp + 48]\n")
            .block("c3 ret\n")
            .shape();
    assertEquals(List.of(1), shape.ways(shape.parts().get(2)));
    assertEquals("-8+16", look(shape));
  }

  /** Against the order of the blocks a hint gets one block further in each pass. */
  @ParameterizedTest
  @CsvSource({"10, 0+48", "30, 0+8"})
  void aHintIsNotCarriedOnForLong(int blocks, String look) {
    Parts parts = new Parts();
    int last = 5 + 2 * (blocks - 1);
    parts.block("488b03 mov rax, [rbx]\ne9%02x000000 jmp to the last\n".formatted(last));
    parts.block("488b4328 mov rax, [rbx + 40]\nc3 ret\n");
    parts.block("ebf9 jmp to the first\n");
    for (int k = 1; k < blocks; k++) {
      parts.block("ebfc jmp to the one before\n");
    }
    assertEquals(look, look(parts.shape()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "48f72b imul qword [rbx] | false",
        "480faf03 imul rax, [rbx] | false",
        "48f72b imul qword [rbx]; 488903 mov [rbx], rax | true",
        "48f71b neg qword [rbx] | true"
      })
  void whatIsOnlyReadNeedNotBeWritable(String insns, boolean stores) {
    Shape shape = new Parts().block(insns.replace("; ", "\n") + "\n").shape();
    Standing standing = Standing.of(shape, Ahead.of(shape));
    assertEquals(stores, standing.reaches(0, 0).operand(0).reach().stores());
  }
}
