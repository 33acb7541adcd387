package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.code;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine hands to its platform: hypercalls, ports, MMIO, CPUID, MSRs, the TSC. */
public abstract class TrapConformance extends Conformance {
  private static final long ENOUGH = 10_000;

  @Test
  void aHypercallGetsItsNumberAndGivesItsResultInRax() {
    Cpu cpu =
        guest.start64(
            code(
                """
                bb00000300             mov ebx, 0x30000
                ffd3                   call rbx
                48ffc0                 inc rax
                f4                     hlt
                """));
    guest.bytes(0x30000, engine().hypercallStub(21));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(List.of("hypercall 21"), guest.platform.log);
    assertEquals(43, cpu.get(Register.RAX));
  }

  @Test
  void aHypercallSeesItsArgumentsAndMode() {
    Cpu cpu =
        guest.start32(
            code(
                """
                bb07000000             mov ebx, 7
                b800000300             mov eax, 0x30000
                ffd0                   call eax
                f4                     hlt
                """));
    guest.bytes(0x30000, engine().hypercallStub(5));
    guest.platform.onHypercall =
        (c, number) -> {
          assertEquals(7, c.get(Register.RBX));
          assertFalse(c.longMode());
          assertEquals(0, c.cpl());
          c.set(Register.RAX, -38 & 0xffff_ffffL);
        };
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0xffff_ffdaL, cpu.get(Register.RAX));
  }

  @Test
  void aHypercallThatAsksForAnExitStopsBehindIt() {
    Cpu cpu =
        guest.start64(
            code(
                """
                bb00000300             mov ebx, 0x30000
                ffd3                   call rbx
                b901000000             mov ecx, 1
                f4                     hlt
                """));
    guest.bytes(0x30000, engine().hypercallStub(1));
    guest.platform.onHypercall = (c, number) -> c.requestExit();
    assertSame(Exit.REQUESTED, cpu.run(ENOUGH));
    long rip = cpu.get(Register.RIP);
    assertTrue(rip == 0x30007 || rip == PROGRAM + 7, "behind the OUT, or the block it stands in");
    cpu.set(Register.RAX, 99);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(99, cpu.get(Register.RAX));
    assertEquals(1, cpu.get(Register.RCX));
  }

  @Test
  void portsAreReadAndWrittenInAllSizes() {
    Cpu cpu =
        guest.start32(
            code(
                """
                b844332211             mov eax, 0x11223344
                e680                   out 0x80, al
                66baf803               mov dx, 0x3f8
                66ef                   out dx, ax
                ef                     out dx, eax
                31c0                   xor eax, eax
                ec                     in al, dx
                89c3                   mov ebx, eax
                e564                   in eax, 0x64
                f4                     hlt
                """));
    guest.platform.answer = 0x8877_6655L;
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(
        List.of("out 80 1 44", "out 3f8 2 3344", "out 3f8 4 11223344", "in 3f8 1", "in 64 4"),
        guest.platform.log);
    assertEquals(0x55, cpu.get(Register.RBX));
    assertEquals(0x8877_6655L, cpu.get(Register.RAX));
  }

  @Test
  void memoryWithoutAFrameIsMmioInAllSizes() {
    Cpu cpu =
        guest.start32(
            code(
                """
                bb2000e0fe             mov ebx, 0xfee00020
                8b03                   mov eax, [ebx]
                8a4b01                 mov cl, [ebx+1]
                668b5302               mov dx, [ebx+2]
                884304                 mov [ebx+4], al
                66894308               mov [ebx+8], ax
                89430c                 mov [ebx+12], eax
                f4                     hlt
                """));
    guest.platform.answer = 0x1234_5678L;
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(
        List.of(
            "read fee00020 4",
            "read fee00021 1",
            "read fee00022 2",
            "write fee00024 1 78",
            "write fee00028 2 5678",
            "write fee0002c 4 12345678"),
        guest.platform.log);
    assertEquals(0x1234_5678L, cpu.get(Register.RAX));
  }

  @Test
  void mmioOfEightBytesMayComeInTwoHalves() {
    Cpu cpu =
        guest.start64(
            code(
                """
                bb00f01f00             mov ebx, 0x1ff000
                488b03                 mov rax, [rbx]
                48894308               mov [rbx+8], rax
                f4                     hlt
                """));
    guest.space.unmap(0x1ff);
    guest.platform.answer = 0x8765_4321L;
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    boolean whole = guest.platform.log.size() == 2;
    assertEquals(
        whole
            ? List.of("read 1ff000 8", "write 1ff008 8 87654321")
            : List.of(
                "read 1ff000 4",
                "read 1ff004 4",
                "write 1ff008 4 87654321",
                "write 1ff00c 4 87654321"),
        guest.platform.log);
  }

  @Test
  void cpuidIsAnsweredWithLeafAndSubleaf() {
    Cpu cpu =
        guest.start64(
            code(
                """
                b800000040             mov eax, 0x40000000
                b905000000             mov ecx, 5
                0fa2                   cpuid
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(List.of("cpuid 40000000 5"), guest.platform.log);
    assertEquals(0x4000_0001L, cpu.get(Register.RAX));
    assertEquals(0xffff_fffeL, cpu.get(Register.RBX));
    assertEquals(8, cpu.get(Register.RCX));
    assertEquals(4, cpu.get(Register.RDX));
  }

  @Test
  void modelSpecificRegistersAreThePlatforms() {
    Cpu cpu =
        guest.start32(
            code(
                """
                b900000040             mov ecx, 0x40000000
                b800500000             mov eax, 0x5000
                ba01000000             mov edx, 0x1
                0f30                   wrmsr
                b91b000000             mov ecx, 0x1b
                0f32                   rdmsr
                f4                     hlt
                """));
    guest.platform.msrs.put(0x4000_0000, 0L);
    guest.platform.msrs.put(0x1b, 0x1_fee0_0900L);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x1_0000_5000L, guest.platform.msrs.get(0x4000_0000));
    assertEquals(0xfee0_0900L, cpu.get(Register.RAX));
    assertEquals(1, cpu.get(Register.RDX));
  }

  @Test
  void aRefusedMsrRaisesGeneralProtection() {
    Cpu cpu =
        guest.start64(
            code(
                """
                b901000040             mov ecx, 0x40000001
                0f32                   rdmsr
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(TestGuest.handler(13) + 1, cpu.get(Register.RIP));
    assertEquals(0, guest.u64(cpu.get(Register.RSP)));
    assertEquals(PROGRAM + 5, guest.u64(cpu.get(Register.RSP) + 8));
  }

  @Test
  void theProcessorKeepsItsOwnMsrs() {
    Cpu cpu =
        guest.start64(
            code(
                """
                b9020100c0             mov ecx, 0xc0000102
                b800100000             mov eax, 0x1000
                ba0080ffff             mov edx, 0xffff8000
                0f30                   wrmsr
                b9010100c0             mov ecx, 0xc0000101
                b800200000             mov eax, 0x2000
                31d2                   xor edx, edx
                0f30                   wrmsr
                31c0                   xor eax, eax
                0f32                   rdmsr
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0xffff_8000_0000_1000L, cpu.get(Register.KERNEL_GS_BASE));
    assertEquals(0x2000, cpu.get(Register.GS_BASE));
    assertEquals(0x2000, cpu.get(Register.RAX));
  }

  @Test
  void theTimestampIsThePlatformsAndMovesWithTheTicks() {
    Cpu cpu =
        guest.start64(
            code(
                """
                0f31                   rdtsc
                89c3                   mov ebx, eax
                89d1                   mov ecx, edx
                90                     nop
                0f31                   rdtsc
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(1, cpu.get(Register.RCX));
    assertEquals(1, cpu.get(Register.RDX));
    assertTrue(cpu.get(Register.RAX) > cpu.get(Register.RBX));
  }

  @Test
  void sensitiveInstructionsAreSeenInCodeThatWasCopiedAndRewritten() {
    Cpu cpu =
        guest.start64(
            code(
                """
                bf00000400             mov edi, 0x40000
                c60790                 mov byte ptr [rdi], 0x90
                c6470190               mov byte ptr [rdi+1], 0x90
                c64702c3               mov byte ptr [rdi+2], 0xc3
                ffd7                   call rdi
                c6070f                 mov byte ptr [rdi], 0x0f
                c6470131               mov byte ptr [rdi+1], 0x31
                ffd7                   call rdi
                89d6                   mov esi, edx
                c6470132               mov byte ptr [rdi+1], 0x32
                b91b000000             mov ecx, 0x1b
                ffd7                   call rdi
                c60790                 mov byte ptr [rdi], 0x90
                c6470190               mov byte ptr [rdi+1], 0x90
                ffd7                   call rdi
                f4                     hlt
                """));
    guest.platform.msrs.put(0x1b, 0x77L);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(1, cpu.get(Register.RSI));
    assertEquals(0x77, cpu.get(Register.RAX));
  }

  @Test
  void aJavaErrorInACallbackComesOutOfRun() {
    Cpu cpu =
        guest.start64(
            code(
                """
                e680                   out 0x80, al
                ebfe                   x: jmp x
                """));
    guest.platform.onPortWrite =
        () -> {
          throw new IllegalStateException("from the platform");
        };
    IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> cpu.run(ENOUGH));
    assertEquals("from the platform", thrown.getMessage());
  }
}
