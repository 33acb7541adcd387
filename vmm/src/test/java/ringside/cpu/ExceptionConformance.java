package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.CODE64;
import static ringside.cpu.TestGuest.DATA0;
import static ringside.cpu.TestGuest.INTERRUPT_GATE;
import static ringside.cpu.TestGuest.IST_STACK;
import static ringside.cpu.TestGuest.KERNEL_STACK;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.RING0_STACK;
import static ringside.cpu.TestGuest.USER_CODE64;
import static ringside.cpu.TestGuest.USER_DATA;
import static ringside.cpu.TestGuest.USER_INTERRUPT_GATE;
import static ringside.cpu.TestGuest.USER_STACK;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions and software interrupts of a 64-bit guest, through its own IDT. */
public abstract class ExceptionConformance extends Conformance {
  private static final long ENOUGH = 100_000;
  private static final int PF = 14;
  private static final int GP = 13;

  private static final byte[] ENTER_USER =
      code(
          """
          6a2b                   push 0x2b
          6800a00000             push 0xa000
          6a02                   push 2
          6a23                   push 0x23
          b820000100             mov eax, 0x10020
          50                     push rax
          48cf                   iretq
          """);

  /** The user's program stands at PROGRAM + 0x20 and starts with the stack at USER_STACK. */
  private void startUser(byte[] program) {
    cpu = guest.start64(ENTER_USER);
    guest.bytes(PROGRAM + 0x20, program);
  }

  private void expectFrame(long error, long rip, int cs, long rsp, int ss) {
    assertEquals(error, frame(0), "error code");
    assertEquals(rip, frame(1), "rip");
    assertEquals(cs, frame(2), "cs");
    assertEquals(rsp, frame(4), "rsp");
    assertEquals(ss, frame(5), "ss");
  }

  @Test
  void aReadOfAnAbsentPageFaultsWithErrorCodeZero() {
    cpu =
        guest.start64(
            code(
                """
                bb23010500             mov ebx, 0x50123
                8a03                   mov al, [rbx]
                f4                     hlt
                """));
    guest.entry(0x50000, 0);
    assertEquals(PF, vectorReached());
    assertEquals(0x50123, cpu.get(Register.CR2));
    expectFrame(0, PROGRAM + 5, CODE64, KERNEL_STACK, DATA0);
    assertEquals(KERNEL_STACK - 48, cpu.get(Register.RSP));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, 0x2", // absent
    "0x50001, 0x3", // read-only, CR0.WP set
    "0x1000000050003, 0xb", // a reserved bit
  })
  void aWriteFaultsWithTheErrorCodeOfItsCause(long entry, long error) {
    cpu =
        guest.start64(
            code(
                """
                bbfe0f0500             mov ebx, 0x50ffe
                8903                   mov [rbx], eax
                f4                     hlt
                """));
    guest.entry(0x50000, entry);
    assertEquals(PF, vectorReached());
    assertEquals(0x50ffe, cpu.get(Register.CR2));
    expectFrame(error, PROGRAM + 5, CODE64, KERNEL_STACK, DATA0);
  }

  @ParameterizedTest
  @CsvSource({"0x0, 0x10", "0x8000000000050003, 0x11"})
  void aFetchFaultsWithTheFetchBit(String entry, long error) {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                ffe3                   jmp rbx
                """));
    guest.entry(0x50000, Long.parseUnsignedLong(entry.substring(2), 16));
    assertEquals(PF, vectorReached());
    assertEquals(0x50000, cpu.get(Register.CR2));
    expectFrame(error, 0x50000, CODE64, KERNEL_STACK, DATA0);
  }

  @ParameterizedTest
  @CsvSource({"0x50003, 0x5", "0x0, 0x4"})
  void aUsersReadFaultsWithTheUserBitOnTheKernelStack(long entry, long error) {
    startUser(
        code(
            """
            bb00000500             mov ebx, 0x50000
            8a03                   mov al, [rbx]
            """));
    guest.entry(0x50000, entry);
    assertEquals(PF, vectorReached());
    expectFrame(error, PROGRAM + 0x25, USER_CODE64, USER_STACK, USER_DATA);
    assertEquals(RING0_STACK - 48, cpu.get(Register.RSP));
    assertEquals(0, cpu.cpl());
    assertEquals(0, cpu.segment(SegmentRegister.SS).selector());
  }

  @Test
  void aSelectorBeyondTheTableIsNamedInTheErrorCode() {
    cpu =
        guest.start64(
            code(
                """
                b838120000             mov eax, 0x1238
                8ed8                   mov ds, eax
                """));
    assertEquals(GP, vectorReached());
    expectFrame(0x1238, PROGRAM + 5, CODE64, KERNEL_STACK, DATA0);
  }

  @Test
  void anAbsentSegmentRaisesNotPresent() {
    cpu =
        guest.start64(
            code(
                """
                b848000000             mov eax, 0x48
                8ec0                   mov es, eax
                """));
    assertEquals(11, vectorReached());
    expectFrame(0x48, PROGRAM + 5, CODE64, KERNEL_STACK, DATA0);
  }

  @Test
  void aDivisionByZeroPushesNoErrorCode() {
    cpu =
        guest.start64(
            code(
                """
                31c9                   xor ecx, ecx
                f7f1                   div ecx
                """));
    assertEquals(0, vectorReached());
    assertEquals(PROGRAM + 2, frame(0));
    assertEquals(KERNEL_STACK - 40, cpu.get(Register.RSP));
  }

  @Test
  void anUndefinedInstructionFaultsAtItself() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                0f0b                   ud2
                """));
    assertEquals(6, vectorReached());
    assertEquals(PROGRAM + 1, frame(0));
    assertEquals(1, guest.platform.exceptions.size());
  }

  @Test
  void aRunThatStartsOnAnUndefinedInstructionFaultsToo() {
    cpu =
        guest.start64(
            code(
                """
                0f0b                   ud2
                """));
    assertEquals(6, vectorReached());
    assertEquals(PROGRAM, frame(0));
  }

  @Test
  void vmcallIsUndefined() {
    cpu =
        guest.start64(
            code(
                """
                0f01c1                 vmcall
                """));
    assertEquals(6, vectorReached());
  }

  @Test
  void aBreakpointIsReportedBehindItself() {
    cpu =
        guest.start64(
            code(
                """
                cc                     int3
                """));
    assertEquals(3, vectorReached());
    assertEquals(PROGRAM + 1, frame(0));
  }

  @Test
  void aSingleStepTrapsBehindTheInstruction() {
    cpu =
        guest.start64(
            code(
                """
                9c                     pushfq
                810c2400010000         or dword ptr [rsp], 0x100
                9d                     popfq
                90                     nop
                90                     nop
                """));
    assertEquals(1, vectorReached());
    assertEquals(PROGRAM + 10, frame(0));
    assertEquals(0x100, frame(2) & 0x100);
    assertEquals(0, cpu.get(Register.RFLAGS) & 0x100);
  }

  @Test
  void aSoftwareInterruptComesBackByIretAThousandTimes() {
    cpu =
        guest.start64(
            code(
                """
                b9e8030000             mov ecx, 1000
                cd80                   x: int 0x80
                ffc9                   dec ecx
                75fa                   jnz x
                f4                     hlt
                """));
    guest.bytes(
        0x30000,
        code(
            """
            ffc3                   inc ebx
            48cf                   iretq
            """));
    guest.gate64(0x80, CODE64, 0x30000, INTERRUPT_GATE, 0);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(1000, cpu.get(Register.RBX));
    assertEquals(KERNEL_STACK, cpu.get(Register.RSP));
    assertTrue(guest.platform.exceptions.isEmpty());
  }

  @Test
  void aUserMayCallAGateOfItsPrivilege() {
    startUser(
        code(
            """
            cd80                   int 0x80
            """));
    guest.gate64(0x80, CODE64, handler(0x80), USER_INTERRUPT_GATE, 0);
    assertEquals(0x80, vectorReached());
    assertEquals(PROGRAM + 0x22, frame(0));
    assertEquals(USER_CODE64, frame(1));
    assertEquals(USER_STACK, frame(3));
  }

  @Test
  void aUserMayNotCallAGateOfTheKernel() {
    startUser(
        code(
            """
            cd80                   int 0x80
            """));
    assertEquals(GP, vectorReached());
    expectFrame(0x80 * 8 + 2, PROGRAM + 0x20, USER_CODE64, USER_STACK, USER_DATA);
  }

  @Test
  void theUserGoesOnAfterTheKernelsIret() {
    startUser(
        code(
            """
            b92c010000             mov ecx, 300
            cd80                   x: int 0x80
            e2fc                   loop x
            cd81                   int 0x81
            """));
    guest.bytes(
        0x30000,
        code(
            """
            ffc3                   inc ebx
            48cf                   iretq
            """));
    guest.gate64(0x80, CODE64, 0x30000, USER_INTERRUPT_GATE, 0);
    guest.gate64(0x81, CODE64, handler(0x81), USER_INTERRUPT_GATE, 0);
    assertEquals(0x81, vectorReached());
    assertEquals(300, cpu.get(Register.RBX));
  }

  @Test
  void privilegedInstructionsOfAUserAreRefused() {
    startUser(
        code(
            """
            f4                     hlt
            """));
    assertEquals(GP, vectorReached());
    expectFrame(0, PROGRAM + 0x20, USER_CODE64, USER_STACK, USER_DATA);
  }

  @Test
  void portsAndMsrsOfAUserAreRefused() {
    startUser(
        code(
            """
            e680                   out 0x80, al
            """));
    assertEquals(GP, vectorReached());
    cpu.close();
    guest.platform.msrs.put(0x1b, 0L);
    startUser(
        code(
            """
            b91b000000             mov ecx, 0x1b
            0f32                   rdmsr
            """));
    assertEquals(GP, vectorReached());
    assertTrue(guest.platform.log.isEmpty());
  }

  @Test
  void aUsersHypercallIsNotPermitted() {
    startUser(
        code(
            """
            bb00000300             mov ebx, 0x30000
            ffd3                   call rbx
            cd80                   int 0x80
            """));
    guest.bytes(0x30000, engine().hypercallStub(17));
    guest.gate64(0x80, CODE64, handler(0x80), USER_INTERRUPT_GATE, 0);
    assertEquals(0x80, vectorReached());
    assertEquals(-1, cpu.get(Register.RAX));
    assertTrue(guest.platform.log.isEmpty());
  }

  @Test
  void anInterruptStackTableEntryReplacesTheStack() {
    cpu =
        guest.start64(
            code(
                """
                0f0b                   ud2
                """));
    guest.gate64(6, CODE64, handler(6), INTERRUPT_GATE, 1);
    assertEquals(6, vectorReached());
    assertEquals(IST_STACK - 40, cpu.get(Register.RSP));
    assertEquals(KERNEL_STACK, frame(3));
  }

  @Test
  void thePushesAlignTheStackTo16Bytes() {
    cpu =
        guest.start64(
            code(
                """
                50                     push rax
                0f0b                   ud2
                """));
    assertEquals(6, vectorReached());
    assertEquals(KERNEL_STACK - 16 - 40, cpu.get(Register.RSP));
    assertEquals(KERNEL_STACK - 8, frame(3));
  }

  @Test
  void aPageFaultInThePageFaultHandlerIsNoDoubleFault() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                8a03                   mov al, [rbx]
                8a8300100000           mov al, [rbx+0x1000]
                f4                     hlt
                """));
    guest.entry(0x50000, 0);
    guest.entry(0x51000, 0);
    guest.entry(0x52000, 0);
    guest.gate64(PF, CODE64, 0x30000, INTERRUPT_GATE, 0);
    guest.bytes(
        0x30000,
        code(
            """
            ffc7                   inc edi
            0f20d2                 mov rdx, cr2
            4839da                 cmp rdx, rbx
            750b                   jne fix
            83ff01                 cmp edi, 1
            7506                   jne fix
            8a8300200000           mov al, [rbx+0x2000]
            0f20d6                 fix: mov rsi, cr2
            48c1ee0c               shr rsi, 12
            b903000500             mov ecx, 0x50003
            48890cf500300200       mov [rsi*8+0x23000], rcx
            0f013a                 invlpg [rdx]
            4883c408               add rsp, 8
            48cf                   iretq
            """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 0xe, cpu.get(Register.RIP));
    assertTrue(guest.platform.exceptions.size() >= 3);
    assertTrue(guest.platform.exceptions.stream().allMatch(e -> e.vector() == PF));
  }

  @Test
  void manyFaultsInARowAreEachDeliveredAsThemselves() {
    cpu =
        guest.start64(
            code(
                """
                b964000000             mov ecx, 100
                31db                   xor ebx, ebx
                f7f3                   x: div ebx
                8edf                   mov ds, edi
                ffc9                   dec ecx
                75f8                   jnz x
                f4                     hlt
                """));
    guest.bytes(
        0x30000,
        code(
            """
            4883042402             add qword ptr [rsp], 2
            48cf                   iretq
            """));
    guest.bytes(
        0x30100,
        code(
            """
            4883c408               add rsp, 8
            4883042402             add qword ptr [rsp], 2
            48cf                   iretq
            """));
    guest.gate64(0, CODE64, 0x30000, INTERRUPT_GATE, 0);
    guest.gate64(GP, CODE64, 0x30100, INTERRUPT_GATE, 0);
    cpu.set(Register.RDI, 0x1238);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(200, guest.platform.exceptions.size());
  }

  @Test
  void aFaultWhileAPageFaultIsDeliveredBecomesADoubleFault() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                8a03                   mov al, [rbx]
                """));
    guest.entry(0x50000, 0);
    guest.gate64(PF, CODE64, handler(PF), 0x0e, 0);
    assertEquals(8, vectorReached());
    assertEquals(0, frame(0));
    assertEquals(0x50000, cpu.get(Register.CR2));
  }

  @Test
  void aPageFaultOnTheKernelStackBecomesADoubleFaultOnItsOwnStack() {
    cpu =
        guest.start64(
            code(
                """
                bc00080500             mov esp, 0x50800
                50                     push rax
                """));
    guest.entry(0x50000, 0);
    guest.gate64(8, CODE64, handler(8), INTERRUPT_GATE, 1);
    assertEquals(8, vectorReached());
    assertEquals(IST_STACK - 48, cpu.get(Register.RSP));
  }

  @Test
  void anAbsentGateRaisesNotPresentWithItsVector() {
    cpu =
        guest.start64(
            code(
                """
                cd80                   int 0x80
                """));
    guest.gate64(0x80, CODE64, handler(0x80), 0x0e, 0);
    assertEquals(11, vectorReached());
    assertEquals(0x80 * 8 + 2, frame(0));
    assertEquals(PROGRAM, frame(1));
  }

  @Test
  void aDoubleFaultThatCannotBeDeliveredIsATripleFault() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                8a03                   mov al, [rbx]
                """));
    guest.entry(0x50000, 0);
    cpu.set(Register.IDTR_LIMIT, 0);
    Exit.TripleFault exit = assertInstanceOf(Exit.TripleFault.class, cpu.run(ENOUGH));
    assertEquals(PF, exit.first().vector());
    assertEquals(0x50000, exit.first().address());
    assertEquals(PROGRAM + 5, cpu.get(Register.RIP));
    assertEquals(KERNEL_STACK, cpu.get(Register.RSP));
  }

  @Test
  void aTripleFaultByAJumpIntoNothingEndsTheRun() {
    cpu =
        guest.start64(
            code(
                """
                bb00000500             mov ebx, 0x50000
                ffe3                   jmp rbx
                """));
    guest.entry(0x50000, 0);
    cpu.set(Register.IDTR_LIMIT, 0);
    assertInstanceOf(Exit.TripleFault.class, cpu.run(ENOUGH));
    assertEquals(0x50000, cpu.get(Register.RIP));
  }

  @Test
  void aSystemCallEntersTheKernelAndSysretGoesBack() {
    cpu =
        guest.start64(
            code(
                """
                b9820000c0             mov ecx, 0xc0000082
                b800000300             mov eax, 0x30000
                31d2                   xor edx, edx
                0f30                   wrmsr
                ffc9                   dec ecx
                ba08001300             mov edx, 0x00130008
                31c0                   xor eax, eax
                0f30                   wrmsr
                6a2b                   push 0x2b
                6800a00000             push 0xa000
                6a02                   push 2
                6a23                   push 0x23
                6800010100             push 0x10100
                48cf                   iretq
                """));
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            0f05                   syscall
            ffc3                   inc ebx
            cd81                   int 0x81
            """));
    guest.bytes(
        0x30000,
        code(
            """
            89cf                   mov edi, ecx
            8cd5                   mov ebp, ss
            480f07                 sysretq
            """));
    guest.gate64(0x81, CODE64, handler(0x81), USER_INTERRUPT_GATE, 0);
    assertEquals(0x81, vectorReached());
    assertEquals(PROGRAM + 0x102, cpu.get(Register.RDI));
    assertEquals(0x10, cpu.get(Register.RBP));
    assertEquals(1, cpu.get(Register.RBX));
    assertEquals(USER_CODE64, frame(1));
  }

  @Test
  void int1RaisesTheDebugExceptionBehindItself() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                f1                     .byte 0xf1
                """));
    assertEquals(1, vectorReached());
    assertEquals(PROGRAM + 2, frame(0));
  }

  @Test
  void aNonCanonicalStackIsAStackFault() {
    cpu =
        guest.start64(
            code(
                """
                4889f4                 mov rsp, rsi
                50                     push rax
                """));
    cpu.set(Register.RSI, 1L << 48);
    guest.gate64(12, CODE64, handler(12), INTERRUPT_GATE, 1);
    assertEquals(12, vectorReached());
    expectFrame(0, PROGRAM + 3, CODE64, 1L << 48, DATA0);
  }

  @Test
  void aNonCanonicalOperandIsGeneralProtectionUnlessItIsOnTheStack() {
    cpu =
        guest.start64(
            code(
                """
                8b06                   mov eax, [rsi]
                """));
    cpu.set(Register.RSI, 1L << 48);
    assertEquals(GP, vectorReached());
    cpu.set(Register.RIP, PROGRAM + 0x10);
    cpu.set(Register.RBP, 1L << 48);
    guest.bytes(
        PROGRAM + 0x10,
        code(
            """
            8b4508                 mov eax, [rbp+8]
            """));
    assertEquals(12, vectorReached());
  }
}
