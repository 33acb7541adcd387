package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static ringside.cpu.TestGuest.CODE64;
import static ringside.cpu.TestGuest.INTERRUPT_GATE;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.memory.Access;

/** The p2m changes while a guest runs: pages come, go, turn read-only, and code with them. */
public abstract class MemoryConformance extends Conformance {
  private static final long ENOUGH = 1_000_000;

  private static final long PAGE = 0x50000;

  /** Calls hypercall 1 between two reads of the byte at PAGE: first to BL, then to BH. */
  private static final byte[] READ_TWICE =
      code(
          """
          be00000500             mov esi, 0x50000
          8a1e                   mov bl, [rsi]
          bf00000300             mov edi, 0x30000
          ffd7                   call rdi
          8a3e                   mov bh, [rsi]
          f4                     hlt
          """);

  private void during(Runnable change) {
    guest.bytes(0x30000, engine().hypercallStub(1));
    guest.platform.onHypercall = (c, number) -> change.run();
  }

  @Test
  void aPageMappedOverAnotherIsSeenAtOnce() {
    cpu = guest.start64(READ_TWICE);
    guest.bytes(PAGE, (byte) 1);
    during(() -> guest.map(PAGE >> 12, Access.READ_WRITE, (byte) 2));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x0201, cpu.get(Register.RBX));
  }

  @Test
  void aPageThatGoesBecomesMmio() {
    cpu = guest.start64(READ_TWICE);
    guest.bytes(PAGE, (byte) 1);
    guest.platform.answer = 0x77;
    during(() -> guest.space.unmap(PAGE >> 12));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x7701, cpu.get(Register.RBX));
    assertEquals(List.of("hypercall 1", "read 50000 1"), guest.platform.log);
  }

  @Test
  void aPageThatComesReplacesMmio() {
    cpu = guest.start64(READ_TWICE);
    guest.space.unmap(PAGE >> 12);
    guest.platform.answer = 0x77;
    during(() -> guest.map(PAGE >> 12, Access.READ_WRITE, (byte) 9));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x0977, cpu.get(Register.RBX));
  }

  @Test
  void pagesMayComeAndGoManyTimes() {
    cpu =
        guest.start64(
            code(
                """
                be00000500             mov esi, 0x50000
                bf00000300             mov edi, 0x30000
                bdc8000000             mov ebp, 200
                ffd7                   x: call rdi
                0fb606                 movzx eax, byte ptr [rsi]
                01c3                   add ebx, eax
                ffcd                   dec ebp
                75f5                   jnz x
                f4                     hlt
                """));
    guest.platform.answer = 0x10;
    boolean[] there = {true};
    during(
        () -> {
          if (there[0]) {
            guest.space.unmap(PAGE >> 12);
          } else {
            guest.map(PAGE >> 12, Access.READ_WRITE, (byte) 1);
          }
          there[0] ^= true;
        });
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(100 * 0x10 + 100, cpu.get(Register.RBX));
  }

  @Test
  void aWriteToAReadOnlyPageRaisesGeneralProtection() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                8a03                   mov al, [rbx]
                b905000000             mov ecx, 5
                c60307                 mov byte ptr [rbx], 7
                b906000000             mov ecx, 6
                f4                     hlt
                """));
    guest.map(PAGE >> 12, Access.READ_ONLY, (byte) 3);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(handler(13) + 1, cpu.get(Register.RIP));
    assertEquals(3, cpu.get(Register.RAX));
    assertEquals(5, cpu.get(Register.RCX));
    assertEquals(0, guest.u64(cpu.get(Register.RSP)));
    assertEquals(PROGRAM + 12, guest.u64(cpu.get(Register.RSP) + 8));
    assertEquals(3, guest.u64(PAGE) & 0xff);
  }

  @Test
  void aRefusedWriteIsRefusedEveryTimeAndTheGuestGoesOn() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                b932000000             mov ecx, 50
                c7430807000000         x: mov dword ptr [rbx+8], 7
                ffc9                   dec ecx
                75f5                   jnz x
                f4                     hlt
                """));
    guest.bytes(
        0x30000,
        code(
            """
            4883c408               add rsp, 8
            4883042407             add qword ptr [rsp], 7
            ffc2                   inc edx
            48cf                   iretq
            """));
    guest.gate64(13, CODE64, 0x30000, INTERRUPT_GATE, 0);
    guest.map(PAGE >> 12, Access.READ_ONLY, (byte) 3);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(50, cpu.get(Register.RDX));
    assertEquals(0, guest.u64(PAGE + 8));
  }

  @Test
  void aPageBecomesWritableAgain() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                8a03                   mov al, [rbx]
                bf00000300             mov edi, 0x30000
                ffd7                   call rdi
                c60307                 mov byte ptr [rbx], 7
                f4                     hlt
                """));
    guest.map(PAGE >> 12, Access.READ_ONLY, (byte) 3);
    during(() -> guest.map(PAGE >> 12, Access.READ_WRITE, (byte) 4));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 18, cpu.get(Register.RIP));
    assertEquals(7, guest.u64(PAGE) & 0xff);
  }

  @Test
  void codeOnAReplacedPageIsTheNewCode() {
    cpu =
        guest.start64(
            code(
                """
                be00000500             mov esi, 0x50000
                bf00000300             mov edi, 0x30000
                ffd6                   call rsi
                ffd7                   call rdi
                ffd6                   call rsi
                f4                     hlt
                """));
    guest.bytes(
        PAGE,
        code(
            """
            b301                   mov bl, 1
            c3                     ret
            """));
    byte[] after =
        code(
            """
            b702                   mov bh, 2
            c3                     ret
            """);
    during(
        () -> {
          guest.map(PAGE >> 12, Access.READ_WRITE, (byte) 0);
          guest.bytes(PAGE, after);
        });
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x0201, cpu.get(Register.RBX));
  }

  @Test
  void codeThatTheGuestRewritesIsTheNewCode() {
    cpu =
        guest.start64(
            code(
                """
                be00000500             mov esi, 0x50000
                bd64000000             mov ebp, 100
                89e8                   x: mov eax, ebp
                884601                 mov [rsi+1], al
                ffd6                   call rsi
                0fb6cb                 movzx ecx, bl
                01ca                   add edx, ecx
                ffcd                   dec ebp
                75f0                   jnz x
                f4                     hlt
                """));
    guest.bytes(
        PAGE,
        code(
            """
            b301                   mov bl, 1
            c3                     ret
            """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(5050, cpu.get(Register.RDX));
  }

  @Test
  void codeThatAnotherPartyChangedIsNewAfterFlush() {
    cpu =
        guest.start64(
            code(
                """
                be00000500             mov esi, 0x50000
                bf00000300             mov edi, 0x30000
                ffd6                   call rsi
                ffd7                   call rdi
                ffd6                   call rsi
                f4                     hlt
                """));
    guest.bytes(
        PAGE,
        code(
            """
            b301                   mov bl, 1
            c3                     ret
            """));
    byte[] after =
        code(
            """
            b702                   mov bh, 2
            c3                     ret
            """);
    during(
        () -> {
          guest.bytes(PAGE, after);
          cpu.flush();
        });
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x0201, cpu.get(Register.RBX));
  }

  @Test
  void aJumpToWhereNoMemoryIsMeetsAllOnesWhichIsUndefined() {
    cpu =
        guest.start64(
            code(
                """
                be00000500             mov esi, 0x50000
                ffe6                   jmp rsi
                """));
    guest.space.unmap(PAGE >> 12);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(handler(6) + 1, cpu.get(Register.RIP));
    assertEquals(PAGE, guest.u64(cpu.get(Register.RSP)));
  }

  @Test
  void pagesMappedBetweenRunsAreSeen() {
    cpu =
        guest.start64(
            code(
                """
                be00000500             mov esi, 0x50000
                8a1e                   mov bl, [rsi]
                f4                     hlt
                8a3e                   mov bh, [rsi]
                f4                     hlt
                """));
    guest.bytes(PAGE, (byte) 1);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    guest.map(PAGE >> 12, Access.READ_WRITE, (byte) 2);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x0201, cpu.get(Register.RBX));
  }

  @Test
  void sensitiveCodeIsSeenBehindAFlush() {
    cpu =
        guest.start64(
            code(
                """
                f4                     hlt
                0f31                   rdtsc
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    cpu.flush();
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(1, cpu.get(Register.RDX));
    guest.bytes(
        PROGRAM,
        code(
            """
            90                     nop
            90                     nop
            0f31                   rdtsc
            f4                     hlt
            """));
    cpu.flush();
    cpu.set(Register.RIP, PROGRAM);
    cpu.set(Register.RDX, 5);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(1, cpu.get(Register.RDX));
  }
}
