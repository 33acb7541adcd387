package ringside.cpu.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Encodings that are easily got wrong, without another disassembler. */
class DecoderTest {
  private static Insn decode(CodeMode mode, String hex) {
    byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
    return Decoder.decode(i -> code[i] & 0xff, mode);
  }

  private static Insn decode(String hex) {
    return decode(CodeMode.BITS64, hex);
  }

  private static void undefined(CodeMode mode, String hex) {
    assertSame(Form.UNDEFINED, decode(mode, hex + "00000000000000").form, hex);
  }

  @Test
  void noRandomBytesThrowAndLengthsAreBounded() {
    Random random = new Random(1);
    byte[] code = new byte[16];
    for (int n = 0; n < 300_000; n++) {
      random.nextBytes(code);
      Insn i = Decoder.decode(at -> code[at] & 0xff, CodeMode.values()[n % 3]);
      assertEquals(i.form == Form.TOO_LONG, i.length == 16);
    }
  }

  @Test
  void addressesInAllForms() {
    Insn sib = decode("8b 44 8d 10");
    assertEquals(Mnemonic.MOV, sib.mnemonic);
    assertEquals(5, sib.base);
    assertEquals(1, sib.index);
    assertEquals(4, sib.scale);
    assertEquals(0x10, sib.displacement);
    assertEquals(2, sib.segment);
    Insn rip = decode("48 8b 05 fc ff ff ff");
    assertEquals(Insn.RIP, rip.base);
    assertEquals(-4, rip.displacement);
    assertEquals(7, rip.length);
    assertEquals(3, decode("41 8b 45 00").segment);
    assertEquals(12, decode("41 8b 04 24").base);
    assertEquals(Insn.NONE, decode("41 8b 04 25 00 00 00 80").base);
    Insn real = decode(CodeMode.BITS16, "8b 42 fe");
    assertEquals(5, real.base);
    assertEquals(6, real.index);
    assertEquals(-2, real.displacement);
    assertEquals(2, real.addressSize);
    assertEquals(0x8877665544332211L, decode("a1 11 22 33 44 55 66 77 88").displacement);
  }

  @Test
  void operandSizesOfThreeModes() {
    assertEquals(8, decode("55").operandSize);
    assertEquals(2, decode("66 55").operandSize);
    assertEquals(8, decode("66 e8 00 00 00 00").operandSize);
    assertEquals(6, decode("66 e8 00 00 00 00").length);
    assertEquals(4, decode(CodeMode.BITS16, "66 50").operandSize);
    assertEquals(2, decode(CodeMode.BITS32, "66 50").operandSize);
    assertEquals(10, decode("48 b8 00 00 00 00 00 00 00 80").length);
    assertEquals(Long.MIN_VALUE, decode("48 b8 00 00 00 00 00 00 00 80").imm);
    assertEquals(-128, decode("83 c0 80").imm);
    assertEquals(0x80, decode("c1 e0 80").imm);
  }

  @Test
  void bytesOfRegistersDependOnRex() {
    assertEquals(new Arg(Arg.Kind.HIGH_BYTE, 0, 1), decode("88 e0").b);
    assertEquals(new Arg(Arg.Kind.GPR, 4, 1), decode("40 88 e0").b);
    assertEquals(Arg.Kind.HIGH_BYTE, decode("40 66 88 e0").b.kind());
    assertEquals(Mnemonic.NOP, decode("90").mnemonic);
    assertEquals(Mnemonic.XCHG, decode("41 90").mnemonic);
    assertEquals(8, decode("41 90").a.number());
    assertEquals(Mnemonic.PAUSE, decode("f3 90").mnemonic);
  }

  @Test
  void mandatoryPrefixesSelect() {
    assertEquals(Mnemonic.MOVUPS, decode("0f 10 c1").mnemonic);
    assertEquals(Mnemonic.MOVUPD, decode("66 0f 10 c1").mnemonic);
    assertEquals(Mnemonic.MOVSS, decode("66 f3 0f 10 c1").mnemonic);
    assertEquals(Mnemonic.MOVSD, decode("f2 0f 10 c1").mnemonic);
    assertEquals(Mnemonic.POPCNT, decode("f3 0f b8 c1").mnemonic);
    assertEquals(Mnemonic.BSR, decode("f3 0f bd c1").mnemonic);
    assertEquals(Mnemonic.CMPXCHG16B, decode("48 0f c7 0f").mnemonic);
    assertEquals(Mnemonic.SWAPGS, decode("0f 01 f8").mnemonic);
    assertEquals(Mnemonic.NOP, decode("f3 0f 1e fa").mnemonic);
    undefined(CodeMode.BITS64, "f3 0f 28 c1");
    undefined(CodeMode.BITS64, "0f b8 c1");
  }

  @Test
  void lockOnlyWhereItIsAllowed() {
    assertEquals(Insn.LOCK, decode("f0 01 08").prefixes);
    undefined(CodeMode.BITS64, "f0 01 c8");
    undefined(CodeMode.BITS64, "f0 03 08");
    undefined(CodeMode.BITS64, "f0 39 08");
    undefined(CodeMode.BITS64, "f0 8b 08");
  }

  @Test
  void whatIsInvalidIn64BitModeAndWhatIsAbsent() {
    for (String hex : new String[] {"06", "27", "60", "9a", "ea", "d6", "ce", "c4 00", "82 00"}) {
      undefined(CodeMode.BITS64, hex);
    }
    undefined(CodeMode.BITS32, "c5 f8 77");
    undefined(CodeMode.BITS32, "0f 01 f8");
    undefined(CodeMode.BITS64, "8e c8");
    undefined(CodeMode.BITS64, "0f 20 c8");
    undefined(CodeMode.BITS64, "0f c7 f0");
    assertEquals(Mnemonic.LDS, decode(CodeMode.BITS32, "c5 08").mnemonic);
    assertEquals(Mnemonic.ARPL, decode(CodeMode.BITS32, "63 c8").mnemonic);
    assertEquals(Mnemonic.MOVSXD, decode("63 c8").mnemonic);
  }

  @Test
  void sixteenBytesAreTooLong() {
    assertEquals(15, decode("2e 2e 2e 2e 2e 2e 2e 2e 2e 2e 81 c0 00 00 00 00".substring(3)).length);
    Insn i = decode("66 66 66 66 66 66 66 66 66 66 66 66 66 66 66 90");
    assertSame(Form.TOO_LONG, i.form);
    assertEquals(16, i.length);
  }
}
