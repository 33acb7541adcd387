package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.cpu.x86.CodeMode;

/** Where the returns of a region lead. */
class ReturnsTest {
  private static final String NOP = "90 nop\n";
  private static final String ON = "eb00 jmp +0\n";

  /** By block that ends in a return, the blocks that it leads to. */
  private static Map<Integer, List<Integer>> returns(Parts parts) {
    Shape shape = parts.shape();
    Map<Integer, List<Integer>> numbers = new TreeMap<>();
    Returns.of(parts.list(), CodeMode.BITS64)
        .forEach((rip, to) -> numbers.put(shape.at(rip), to.stream().map(shape::at).toList()));
    return numbers;
  }

  /** A call, and where it leads: so many bytes behind the end of the call. */
  private static String call(int distance) {
    return "e8%02x000000 call%n".formatted(distance);
  }

  @Test
  void eachLeadsBehindTheCallsOfItsOwnFunction() {
    Parts parts =
        new Parts()
            .block(call(16)) // f
            .block(call(12)) // g
            .block(call(6)) // f
            .block(call(2)) // g
            .block("f4 hlt\n")
            .block("c3 ret\n") // f
            .block(NOP + "7401 jz +1\n") // g
            .block("c3 ret\n")
            .block("c3 ret\n");
    assertEquals(Map.of(5, List.of(1, 3), 7, List.of(2, 4), 8, List.of(2, 4)), returns(parts));
  }

  @Test
  void aFunctionThatEndsWithAJumpToAnotherReturnsWithIt() {
    Parts parts =
        new Parts()
            .block(call(6)) // f
            .block(call(4)) // g
            .block("f4 hlt\n")
            .block(NOP + "eb00 jmp +0\n") // f, goes on with g
            .block("c3 ret\n");
    assertEquals(Map.of(4, List.of(1, 2)), returns(parts));
  }

  @Test
  void callsInAFunctionAreNoneOfItsWays() {
    Parts parts =
        new Parts()
            .block(call(1)) // f
            .block("f4 hlt\n")
            .block(call(1)) // f calls g
            .block("c3 ret\n")
            .block("c3 ret\n"); // g
    assertEquals(Map.of(3, List.of(1), 4, List.of(3)), returns(parts));
  }

  @Test
  void thatOfTheEntrysFunctionLeadsWhereItWasSeenToGo() {
    Parts parts =
        new Parts()
            .block("7404 jz +4\n")
            .block("c3 ret\n", Parts.RIP + 3, 0x99999)
            .block("eb01 jmp +1\n")
            .block(NOP + ON)
            .block("c3 ret\n");
    assertEquals(Map.of(1, List.of(2), 4, List.of()), returns(parts));
  }

  @Test
  void anIndirectCallIsOneOfWhatItWasSeenToCall() {
    Parts parts =
        new Parts()
            .block("ffd0 call rax\n", Parts.RIP + 3)
            .block("f4 hlt\n")
            .block("c3 ret\n")
            .block("c3 ret\n");
    assertEquals(Map.of(2, List.of(1), 3, List.of()), returns(parts));
  }
}
