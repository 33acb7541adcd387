package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A region that may be entered at its first, third and fourth block. */
class EntriesTest {
  private static final String BLOCK = "ffc0 inc eax\neb00 jmp +0\n";
  private static final int OP = 5;

  private final Parts parts =
      new Parts().block(BLOCK).block(BLOCK).block(BLOCK).entry().block(BLOCK).entry();
  private final Shape shape = parts.shape();

  @Test
  void theyAreCountedInTheOrderOfTheBlocks() {
    assertEquals(List.of(0, 2, 3), shape.entries());
    Region region = new Region(RegionWriter.write(shape));
    assertEquals(1, region.entry(parts.rip(2)));
    assertEquals(2, region.entry(parts.rip(3)));
    assertEquals(-1, region.entry(parts.rip(1)));
    assertEquals(3, region.code.least.length);
  }

  @Test
  void oneThatIsCutOffIsNone() {
    Shape cut = shape.first(3);
    assertEquals(List.of(0, 2), cut.entries());
    assertEquals(-1, new Region(RegionWriter.write(cut)).entry(parts.rip(3)));
  }

  @Test
  void eachHasItsWayIn() {
    List<Integer> cases =
        ClassFile.of().parse(RegionWriter.classFile(shape)).methods().stream()
            .flatMap(m -> m.code().stream())
            .flatMap(code -> code.elementStream())
            .filter(LookupSwitchInstruction.class::isInstance)
            .flatMap(e -> ((LookupSwitchInstruction) e).cases().stream())
            .map(c -> c.caseValue())
            .toList();
    assertEquals(List.of(1, 2), cases);
  }

  @Test
  void eachLooksAtTheBudget() {
    Budgets budgets = Budgets.of(shape);
    assertTrue(shape.entries().stream().allMatch(budgets::isHead));
  }

  @Test
  void noneIsToldOfFlagsOnWaysFromInside() {
    FlagFlow flow = FlagFlow.unknown(shape);
    for (int block = 1; block < 4; block++) {
      flow.into(block, OP);
    }
    FlagFlow next = flow.next();
    assertEquals(OP, next.at(1));
    assertEquals(Gen.UNKNOWN, next.at(2));
    assertEquals(Gen.UNKNOWN, next.at(3));
  }
}
