package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AbiParserTest {
  private static AbiStruct parseStruct(String fields) {
    return Abi.parse("module m \"a module\"\nstruct s \"a structure\"\n" + fields)
        .struct("s")
        .orElseThrow();
  }

  private static String problem(String text) {
    return assertThrows(AbiSyntaxError.class, () -> Abi.parse("m.abi", text)).getMessage();
  }

  @Test
  void anEightByteValueIsAlignedToEightIn64BitCodeAndToFourIn32BitCode() {
    AbiStruct struct = parseStruct("  in u32 a\n  in u64 b\n  in u16 c\n");
    assertEquals(8, struct.field("b").orElseThrow().offset(Width.W64));
    assertEquals(4, struct.field("b").orElseThrow().offset(Width.W32));
    assertEquals(24, struct.size(Width.W64));
    assertEquals(16, struct.size(Width.W32));
  }

  @Test
  void aPackedStructureHasNoPadding() {
    AbiStruct struct =
        Abi.parse("module m \"m\"\nstruct s packed \"s\"\n  in u8 a\n  in u64 b\n")
            .struct("s")
            .orElseThrow();
    assertEquals(9, struct.size(Width.W64));
    assertEquals(9, struct.size(Width.W32));
  }

  @Test
  void aFieldOfOneWidthTakesNoRoomInTheOther() {
    AbiStruct struct = parseStruct("  in u32 a @64\n  in ulong[2|3] b\n  in u32 c @32\n");
    assertEquals(24, struct.size(Width.W64));
    assertEquals(16, struct.size(Width.W32));
    AbiField a = struct.field("a").orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> a.offset(Width.W32));
  }

  @Test
  void membersOfAUnionShareTheirPlace() {
    AbiStruct struct =
        parseStruct("  in u8 a\n  out union u \"u\"\n    out u8 b\n    out ulong c\n  in u8 d\n");
    AbiStruct union = (AbiStruct) struct.field("u").orElseThrow().type();
    assertEquals(0, union.field("c").orElseThrow().offset(Width.W64));
    assertEquals(16, struct.field("d").orElseThrow().offset(Width.W64));
    assertEquals(8, struct.field("d").orElseThrow().offset(Width.W32));
  }

  @Test
  void errorsNameFileAndLine() {
    assertEquals(
        "m.abi:1: a file begins with 'module NAME \"text\"'", problem("constants C \"c\"\n"));
    assertEquals(
        "m.abi:3: unknown type 'u33'", problem("module m \"m\"\nstruct s \"s\"\n  in u33 a\n"));
    assertEquals(
        "m.abi:3: 'inn' is not in, out, inout or pad",
        problem("module m \"m\"\nstruct s \"s\"\n  inn u32 a\n"));
    assertEquals(
        "m.abi:4: 'x' is not a number",
        problem("module m \"m\"\n# comment\nconstants C \"c\"\n  A x\n"));
    assertEquals(
        "m.abi:2: text must end with '\"' at the end of the line",
        problem("module m \"m\"\nconstants C \"c\n"));
    assertEquals(
        "m.abi:3: 's' is defined already",
        problem("module m \"m\"\ntype s u32 \"s\"\ntype s u16 \"s\"\n"));
    assertEquals("m.abi:2: a structure needs fields", problem("module m \"m\"\nstruct s \"s\"\n"));
    assertEquals("m.abi:2: 'type' needs more words", problem("module m \"m\"\ntype a\n"));
    assertEquals("m.abi:2: unexpected 'b'", problem("module m \"m\"\ntype a u8 b\n"));
  }

  @Test
  void anUnknownConstantGroupIsAnError() {
    assertEquals(
        "s.a: no constants NOPE",
        assertThrows(
                IllegalArgumentException.class, () -> parseStruct("  in u32 a of NOPE \"a\"\n"))
            .getMessage());
  }

  @Test
  void aSerializedTableReadsBackTheSame() {
    Abi xen = Abi.xen();
    Abi again = Abi.parse(xen.serialize());
    assertEquals(xen.serialize(), again.serialize());
    assertEquals(xen.modules(), again.modules());
    assertEquals(xen.commonErrors(), again.commonErrors());
  }

  @Test
  void everyHypercallNumberIsUsedOnce() {
    List<Integer> numbers = Abi.xen().hypercalls().stream().map(AbiHypercall::number).toList();
    assertEquals(numbers.stream().distinct().toList(), numbers);
  }

  @Test
  void aSixtyFourBitArgumentTakesTwoRegistersOfA32BitCaller() {
    AbiHypercall timer = Abi.xen().hypercall("set_timer_op").orElseThrow();
    assertEquals(List.of(List.of("rdi")), timer.registers(Width.W64));
    assertEquals(List.of(List.of("ebx", "ecx")), timer.registers(Width.W32));
  }

  @Test
  void aSubOperationKnowsTheStructureItTakes() {
    AbiHypercall call = Abi.xen().hypercall("__HYPERVISOR_grant_table_op").orElseThrow();
    assertEquals(
        Optional.of("gnttab_copy"), call.op(5).flatMap(AbiSubOp::struct).map(AbiStruct::name));
    assertEquals(Optional.empty(), call.op(99));
  }

  @Test
  void whatIsNotImplementedAnswersTheTablesError() {
    assertEquals(-1, Abi.xen().unsupportedResult(36, 0));
    assertEquals(-38, Abi.xen().unsupportedResult(1, 0));
    assertEquals(-95, Abi.xen().unsupportedResult(32, 13));
    assertEquals(-38, Abi.xen().unsupportedResult(32, 99));
    assertEquals(-38, Abi.xen().unsupportedResult(-1, 0));
  }
}
