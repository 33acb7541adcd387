package ringside.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ringside.cli.compare.TableCoverage.Row;
import ringside.cli.compare.TableCoverage.Who;
import ringside.cpu.x86.InstructionTable;

/** The coverage report tells rows apart. */
class TableCoverageTest {
  @Test
  void eachRowSaysWhoExecutesIt() {
    Map<String, Who> rows =
        TableCoverage.rows().stream()
            .collect(Collectors.toMap(r -> r.mnemonic() + " " + r.opcode(), Row::who, (a, b) -> a));
    assertEquals(InstructionTable.forms().size(), TableCoverage.rows().size());
    assertEquals(Who.INTERPRETER, rows.get("CPUID 0F A2"));
    assertEquals(Who.LEGACY, rows.get("DAA 27"));
    assertTrue(rows.get("ADD 01 /r") == Who.TRANSLATOR || rows.get("ADD 01 /r") == Who.PARTLY);
  }
}
