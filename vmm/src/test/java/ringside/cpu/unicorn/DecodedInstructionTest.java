package ringside.cpu.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each string is one whole instruction: the decoder must find its length again. */
class DecodedInstructionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "90", // nop
        "488906", // mov [rsi], rax
        "c6050001000007", // mov byte [rip+0x100], 7
        "48b8f0debc9a78563412", // movabs rax, imm64
        "66c704243412", // mov word [rsp], 0x1234
        "f00fb10c25001000ff", // lock cmpxchg [disp32], ecx
        "4889848c00010000", // mov [rsp+rcx*4+0x100], rax
        "48a30011223344556677", // movabs [imm64], rax
        "f6450004", // test byte [rbp], 4
        "f75d08", // neg dword [rbp+8]
        "660f3a0fc108", // palignr
        "0f8400010000", // je rel32
        "c8100000", // enter
        "f3a4", // rep movsb
        "67880424", // mov [esp], al
        "6683450810", // add word [rbp+8], 16
      })
  void instructionsOf64BitCodeHaveTheirLength(String hex) {
    byte[] code = HexFormat.of().parseHex(hex);
    byte[] padded = Arrays.copyOf(code, code.length + 15);
    assertEquals(code.length, DecodedInstruction.decode(padded, 0, true).length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40", // inc eax
        "a200100000", // mov [0x1000], al
        "67a20010", // mov [0x1000], al by a 16-bit address
        "678807", // mov [bx], al
        "67c606001007", // mov byte [0x1000], 7
        "ea000101000800", // jmp far
        "8d4c2404", // lea ecx, [esp+4]
        "6a10", // push 0x10
      })
  void instructionsOf32BitCodeHaveTheirLength(String hex) {
    byte[] code = HexFormat.of().parseHex(hex);
    byte[] padded = Arrays.copyOf(code, code.length + 15);
    assertEquals(code.length, DecodedInstruction.decode(padded, 0, false).length());
  }
}
