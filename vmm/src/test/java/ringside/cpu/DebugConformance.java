package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.CODE64;
import static ringside.cpu.TestGuest.DATA;
import static ringside.cpu.TestGuest.INTERRUPT_GATE;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;

import org.junit.jupiter.api.Test;

/** Single steps, breakpoints and debug registers. */
public abstract class DebugConformance extends Conformance {
  private static final long ENOUGH = 100_000;
  private static final int BS = 1 << 14;

  /** #DB: counts in R8, leaves DR6 in R9 and the pushed RIP in R10, sets the pushed RF. */
  private static final byte[] COUNT =
      code(
          """
          49ffc0                 inc r8
          410f21f1               mov r9, dr6
          4c8b1424               mov r10, [rsp]
          814c241000000100       or dword ptr [rsp+16], 0x10000
          48cf                   iretq
          """);

  private void start(byte[] program) {
    cpu = guest.start64(program);
    guest.bytes(0x30000, COUNT);
    guest.gate64(GuestException.DB, CODE64, 0x30000, INTERRUPT_GATE, 0);
  }

  @Test
  void anInstructionBreakpointComesBeforeItsInstructionAndOnceWithRf() {
    byte[] program =
        code(
            """
            b812000100             mov eax, 0x10012
            0f23c8                 mov dr1, rax
            b808000000             mov eax, 8
            0f23f8                 mov dr7, rax
            ffc2                   inc edx
            ffc3                   inc ebx
            ffc2                   inc edx
            f4                     hlt
            """);
    start(program);
    guest.bytes(
        0x30000 + COUNT.length - 2, // the handler looks before it returns
        code(
            """
            4989db                 mov r11, rbx
            48cf                   iretq
            """));
    cpu.set(Register.RBX, 5);
    runToEnd(program);
    assertEquals(1, cpu.get(Register.R8));
    assertEquals(2, cpu.get(Register.R9) & 0xf00f);
    assertEquals(PROGRAM + 0x12, cpu.get(Register.R10));
    assertEquals(5, cpu.get(Register.R11));
    assertEquals(6, cpu.get(Register.RBX));
    assertEquals(2, cpu.get(Register.RDX));
  }

  @Test
  void aDataBreakpointOnWritesTrapsBehindTheStoreAndNotAtLoads() {
    byte[] program =
        code(
            """
            bf04800100             mov edi, 0x18004
            0f23c7                 mov dr0, rdi
            b802000d00             mov eax, 0xd0002
            0f23f8                 mov dr7, rax
            8b07                   mov eax, [rdi]
            8947fc                 mov [rdi-4], eax
            c6470307               mov byte ptr [rdi+3], 7
            90                     nop
            894704                 mov [rdi+4], eax
            f4                     hlt
            """);
    start(program);
    runToEnd(program);
    assertEquals(1, cpu.get(Register.R8));
    assertEquals(1, cpu.get(Register.R9) & 0xf00f);
    assertEquals(PROGRAM + 0x19, cpu.get(Register.R10));
    assertEquals(7, guest.u64(DATA + 7) & 0xff);
  }

  @Test
  void aDataBreakpointOnAllAccessesSeesLoadsStoresAndLockedOnes() {
    byte[] program =
        code(
            """
            bf00800100             mov edi, 0x18000
            0f23df                 mov dr3, rdi
            b8800000b0             mov eax, 0xb0000080
            0f23f8                 mov dr7, rax
            488b07                 mov rax, [rdi]
            884707                 mov [rdi+7], al
            f0ff4704               lock inc dword ptr [rdi+4]
            50                     push rax
            488b4708               mov rax, [rdi+8]
            f4                     hlt
            """);
    start(program);
    runToEnd(program);
    assertEquals(3, cpu.get(Register.R8));
    assertEquals(8, cpu.get(Register.R9) & 0xf00f);
  }

  @Test
  void aRepeatedStringStopsBehindTheIterationThatMetABreakpoint() {
    byte[] program =
        code(
            """
            bf02800100             mov edi, 0x18002
            0f23c7                 mov dr0, rdi
            b802000100             mov eax, 0x10002
            0f23f8                 mov dr7, rax
            bf00800100             mov edi, 0x18000
            b905000000             mov ecx, 5
            b009                   mov al, 9
            f3aa                   rep stosb
            f4                     hlt
            """);
    start(program);
    guest.bytes(
        0x30000 + COUNT.length - 2,
        code(
            """
            4989cb                 mov r11, rcx
            48cf                   iretq
            """));
    runToEnd(program);
    assertEquals(1, cpu.get(Register.R8));
    assertEquals(2, cpu.get(Register.R11));
    assertEquals(PROGRAM + 0x1c, cpu.get(Register.R10));
    assertEquals(0x09_0909_0909L, guest.u64(DATA));
  }

  @Test
  void generalDetectGuardsTheDebugRegistersAndEndsWithTheException() {
    byte[] program =
        code(
            """
            b800200000             mov eax, 0x2000
            0f23f8                 mov dr7, rax
            0f21c2                 mov rdx, dr0
            f4                     hlt
            """);
    start(program);
    guest.bytes(
        0x30000 + COUNT.length - 2,
        code(
            """
            410f21fb               mov r11, dr7
            48cf                   iretq
            """));
    runToEnd(program);
    assertEquals(1, cpu.get(Register.R8));
    assertEquals(1 << 13, cpu.get(Register.R9) & 1 << 13);
    assertEquals(PROGRAM + 8, cpu.get(Register.R10));
    assertEquals(0x400, cpu.get(Register.R11));
  }

  @Test
  void theDebugRegistersKeepWhatTheyCan() {
    byte[] program =
        code(
            """
            48c7c0ffffffff         mov rax, -1
            0f23d0                 mov dr2, rax
            0f21d3                 mov rbx, dr2
            89c0                   mov eax, eax
            0f23f0                 mov dr6, rax
            0f21f1                 mov rcx, dr6
            31c0                   xor eax, eax
            0f23f0                 mov dr6, rax
            0f23f8                 mov dr7, rax
            0f21e2                 mov rdx, dr4
            0f21ee                 mov rsi, dr5
            f4                     hlt
            """);
    start(program);
    runToEnd(program);
    assertEquals(-1, cpu.get(Register.RBX));
    assertEquals(0xffff_efffL, cpu.get(Register.RCX));
    assertEquals(0xffff_0ff0L, cpu.get(Register.RDX));
    assertEquals(0x400, cpu.get(Register.RSI));
  }

  @Test
  void singleStepsTrapBehindEachInstructionButTheLoadOfSs() {
    byte[] program =
        code(
            """
            8cd5                   mov ebp, ss
            9c                     pushfq
            810c2400010000         or dword ptr [rsp], 0x100
            9d                     popfq
            90                     nop
            8ed5                   mov ss, ebp
            90                     nop
            90                     nop
            9c                     pushfq
            812424fffeffff         and dword ptr [rsp], 0xfffffeff
            9d                     popfq
            f4                     hlt
            """);
    start(program);
    guest.bytes(0x30000, COUNT);
    runToEnd(program);
    assertEquals(6, cpu.get(Register.R8));
    assertEquals(BS, cpu.get(Register.R9) & 0xf00f);
    assertEquals(PROGRAM + program.length - 1, cpu.get(Register.R10));
  }

  @Test
  void aSingleStepOfARepeatedStringIsOneIteration() {
    byte[] program =
        code(
            """
            bf00800100             mov edi, 0x18000
            b903000000             mov ecx, 3
            b009                   mov al, 9
            9c                     pushfq
            810c2400010000         or dword ptr [rsp], 0x100
            9d                     popfq
            f3aa                   rep stosb
            f4                     hlt
            """);
    start(program);
    guest.bytes(
        0x30000 + COUNT.length - 2,
        code(
            """
            83f901                 cmp ecx, 1
            4183d300               adc r11d, 0
            4183fb01               cmp r11d, 1
            7208                   jb x
            81642410fffeffff       and dword ptr [rsp+16], 0xfffffeff
            48cf                   x: iretq
            """));
    runToEnd(program);
    assertEquals(3, cpu.get(Register.R8));
    assertEquals(0, cpu.get(Register.RCX));
  }

  @Test
  void aFaultPushesRfSoThatABreakpointAtItIsNotMetAgain() {
    start(
        code(
            """
            0f0b                   ud2
            """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(handler(GuestException.UD) + 1, cpu.get(Register.RIP));
    assertTrue((guest.u64(cpu.get(Register.RSP) + 16) & 0x10000) != 0);
    assertEquals(0, cpu.get(Register.RFLAGS) & 0x10000);
  }
}
