package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static ringside.cpu.TestGuest.CODE64;
import static ringside.cpu.TestGuest.DATA;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.TSS;
import static ringside.cpu.TestGuest.USER_INTERRUPT_GATE;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What control registers admit, fast system calls, ports of users, NX, WP, #AC, long code. */
public abstract class ProtectionConformance extends Conformance {
  private static final long ENOUGH = 100_000;
  private static final int GP = 13;
  private static final int PF = 14;

  private static final byte[] ENTER_USER =
      code(
          """
          6a2b                   push 0x2b
          6800a00000             push 0xa000
          9c                     pushfq
          6a23                   push 0x23
          6820000100             push 0x10020
          48cf                   iretq
          """);

  private void startUser(byte[] program) {
    cpu = guest.start64(ENTER_USER);
    guest.bytes(PROGRAM + 0x20, program);
    for (int vector : new int[] {0x80, 0x81}) {
      guest.gate64(vector, CODE64, handler(vector), USER_INTERRUPT_GATE, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x80010010", // PG without PE
    "0x20010011", // NW without CD
    "0x180010011", // beyond 32 bits
    "0x10011", // no paging in 64-bit code
  })
  protected void cr0RefusesWhatCannotBe(long value) {
    cpu =
        guest.start64(
            code(
                """
                0f22c3                 mov cr0, rbx
                """));
    cpu.set(Register.RBX, value);
    assertEquals(GP, vectorReached());
    assertEquals(PROGRAM, frame(1));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0", // long mode needs PAE
    "0x100020", // SMEP is not offered
    "0x80000020", // reserved
  })
  protected void cr4RefusesWhatCannotBe(long value) {
    cpu =
        guest.start64(
            code(
                """
                0f22e3                 mov cr4, rbx
                """));
    cpu.set(Register.RBX, value);
    assertEquals(GP, vectorReached());
  }

  @Test
  protected void longModeIsNotLeftByItsEnableBitWhilePagingIsOn() {
    cpu =
        guest.start64(
            code(
                """
                b9800000c0             mov ecx, 0xc0000080
                0f32                   rdmsr
                25fffeffff             and eax, 0xfffffeff
                0f30                   wrmsr
                """));
    assertEquals(GP, vectorReached());
    assertEquals(0xd01, cpu.get(Register.EFER));
  }

  @Test
  protected void theTaskPriorityIsKeptAndHasFourBits() {
    cpu =
        guest.start64(
            code(
                """
                b809000000             mov eax, 9
                440f22c0               mov cr8, rax
                440f20c3               mov rbx, cr8
                b810000000             mov eax, 16
                440f22c0               mov cr8, rax
                """));
    assertEquals(GP, vectorReached());
    assertEquals(9, cpu.get(Register.RBX));
    assertEquals(9, cpu.get(Register.CR8));
  }

  @Test
  void withoutWpTheKernelWritesReadOnlyPagesAndWithItNot() {
    cpu =
        guest.start64(
            code(
                """
                0f20c0                 mov rax, cr0
                25fffffeff             and eax, 0xfffeffff
                0f22c0                 mov cr0, rax
                c604250000050007       mov byte ptr [0x50000], 7
                0d00000100             or eax, 0x10000
                0f22c0                 mov cr0, rax
                c604250100050008       mov byte ptr [0x50001], 8
                """));
    guest.entry(0x50000, 0x50001);
    assertEquals(PF, vectorReached());
    assertEquals(0x50001, cpu.get(Register.CR2));
    assertEquals(3, frame(0));
    assertEquals(7, guest.u64(0x50000) & 0xffff);
  }

  @Test
  void noExecuteIsReservedUntilItIsEnabled() {
    cpu =
        guest.start64(
            code(
                """
                8a042500000500         mov al, [0x50000]
                b9800000c0             mov ecx, 0xc0000080
                0f32                   rdmsr
                25fff7ffff             and eax, 0xfffff7ff
                0f30                   wrmsr
                0f20d8                 mov rax, cr3
                0f22d8                 mov cr3, rax
                8a042500000500         mov al, [0x50000]
                """));
    guest.entry(0x50000, 0x8000_0000_0005_0003L);
    assertEquals(PF, vectorReached());
    assertEquals(9, frame(0));
  }

  @Test
  void anAccessedPageAndADirtyOneAreMarkedSo() {
    cpu =
        guest.start64(
            code(
                """
                8a042500000500         mov al, [0x50000]
                88042500100500         mov [0x51000], al
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x50027, guest.u64(TestGuest.LAST_TABLE + 8 * 0x50));
    assertEquals(0x51067, guest.u64(TestGuest.LAST_TABLE + 8 * 0x51));
    assertEquals(0x52007, guest.u64(TestGuest.LAST_TABLE + 8 * 0x52));
  }

  @Test
  void anInstructionAcrossPagesFaultsAtTheSecondOne() {
    cpu =
        guest.start64(
            code(
                """
                bbfe0f0500             mov ebx, 0x50ffe
                ffe3                   jmp rbx
                """));
    guest.bytes(
        0x50ffe,
        code(
            """
            b878563412             mov eax, 0x12345678
            """));
    guest.entry(0x51000, 0);
    assertEquals(PF, vectorReached());
    assertEquals(0x51000, cpu.get(Register.CR2));
    assertEquals(0x10, frame(0));
    assertEquals(0x50ffe, frame(1));
  }

  @Test
  void aStoreAcrossPagesIsDoneWholeOrNotAtAll() {
    cpu =
        guest.start64(
            code(
                """
                b878563412             mov eax, 0x12345678
                890425fe0f0500         mov [0x50ffe], eax
                """));
    guest.entry(0x51000, 0);
    assertEquals(PF, vectorReached());
    assertEquals(0x51000, cpu.get(Register.CR2));
    assertEquals(2, frame(0));
    assertEquals(0, guest.u64(0x50ff8));
  }

  @Test
  void anInstructionOfMoreThanFifteenBytesIsRefused() {
    cpu =
        guest.start64(
            code(
                """
                666666666666666666666666666690 nop
                66666666666666666666666666666690 nop
                """));
    assertEquals(GP, vectorReached());
    assertEquals(PROGRAM + 15, frame(1));
  }

  @Test
  protected void aMisalignedAccessOfAUserIsCheckedWhenBothFlagsSaySo() {
    startUser(
        code(
            """
            8b042501800100         mov eax, [0x18001]
            9c                     pushfq
            810c2400000400         or dword ptr [rsp], 0x40000
            9d                     popfq
            8b042504800100         mov eax, [0x18004]
            8a042501800100         mov al, [0x18001]
            8b042502800100         mov eax, [0x18002]
            """));
    cpu.set(Register.CR0, 0x8005_0011L);
    assertEquals(GuestException.AC, vectorReached());
    assertEquals(0, frame(0));
    assertEquals(PROGRAM + 0x20 + 7 + 1 + 7 + 1 + 7 + 7, frame(1));
  }

  @Test
  void aUserMayUseThePortsThatTheTaskStateAllows() {
    cpu =
        guest.start64(
            code(
                """
                b850000000             mov eax, 0x50
                0f00d8                 ltr ax
                6a2b                   push 0x2b
                6800a00000             push 0xa000
                9c                     pushfq
                6a23                   push 0x23
                6820000100             push 0x10020
                48cf                   iretq
                """));
    guest.bytes(
        PROGRAM + 0x20,
        code(
            """
            e680                   out 0x80, al
            e481                   in al, 0x81
            """));
    cpu.set(Register.GDTR_LIMIT, 0x5f);
    guest.u64(TestGuest.GDT + 0x50, 0x0000_8900_3000_00ffL);
    guest.u64(TestGuest.GDT + 0x58, 0);
    guest.u32(TSS + 0x64, 0x68 << 16);
    for (int i = 0; i < 0x20; i++) {
      guest.u32(TSS + 0x68 + 4L * i, -1);
    }
    guest.u32(TSS + 0x68 + 0x10, ~1L);
    assertEquals(GP, vectorReached());
    assertEquals(PROGRAM + 0x22, frame(1));
    assertEquals(List.of("out 80 1 50"), guest.platform.log);
  }

  @Test
  void repeatedPortInstructionsMoveStrings() {
    cpu =
        guest.start64(
            code(
                """
                ba70000000             mov edx, 0x70
                bf00800100             mov edi, 0x18000
                b903000000             mov ecx, 3
                66f36d                 rep insw
                be00800100             mov esi, 0x18000
                b902000000             mov ecx, 2
                f36f                   rep outsd
                f4                     hlt
                """));
    guest.platform.answer = 0x4321;
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(
        List.of("in 70 2", "in 70 2", "in 70 2", "out 70 4 43214321", "out 70 4 4321"),
        guest.platform.log);
    assertEquals(DATA + 6, cpu.get(Register.RDI));
    assertEquals(DATA + 8, cpu.get(Register.RSI));
    assertEquals(0, cpu.get(Register.RCX));
  }

  @Test
  protected void sysenterGoesInAndSysexitComesBack() {
    cpu =
        guest.start64(
            code(
                """
                b974010000             mov ecx, 0x174
                b808000000             mov eax, 8
                31d2                   xor edx, edx
                0f30                   wrmsr
                ffc1                   inc ecx
                b800900000             mov eax, 0x9000
                0f30                   wrmsr
                ffc1                   inc ecx
                b800000300             mov eax, 0x30000
                0f30                   wrmsr
                b900a00000             mov ecx, 0xa000
                ba00010100             mov edx, 0x10100
                480f35                 rex.w sysexit
                """));
    guest.u64(TestGuest.GDT + 0x28, 0x00af_fb00_0000_ffffL);
    guest.u64(TestGuest.GDT + 0x30, 0x00cf_f300_0000_ffffL);
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            418cc8                 mov r8d, cs
            418cd1                 mov r9d, ss
            0f34                   sysenter
            """));
    guest.bytes(
        0x30000,
        code(
            """
            8ccb                   mov ebx, cs
            8cd5                   mov ebp, ss
            4889e6                 mov rsi, rsp
            f4                     hlt
            """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x2b, cpu.get(Register.R8));
    assertEquals(0x33, cpu.get(Register.R9));
    assertEquals(8, cpu.get(Register.RBX));
    assertEquals(0x10, cpu.get(Register.RBP));
    assertEquals(0x9000, cpu.get(Register.RSI));
  }

  @Test
  void aSystemCallThatIsNotEnabledIsUndefined() {
    cpu =
        guest.start64(
            code(
                """
                b9800000c0             mov ecx, 0xc0000080
                0f32                   rdmsr
                24fe                   and al, 0xfe
                0f30                   wrmsr
                0f05                   syscall
                """));
    assertEquals(GuestException.UD, vectorReached());
    assertEquals(PROGRAM + 11, frame(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0f01c8 monitor", "0f01c9 mwait", "0f01d0 xgetbv"})
  void whatCpuidDoesNotOfferIsUndefined(String instruction) {
    cpu = guest.start64(code(instruction));
    assertEquals(GuestException.UD, vectorReached());
    assertEquals(PROGRAM, frame(0));
  }

  @Test
  void aNonMaskableInterruptComesWhateverTheFlagSays() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                f4                     hlt
                """));
    assertEquals(0, cpu.get(Register.RFLAGS) & 0x200);
    assertEquals(Optional.empty(), cpu.interrupt(GuestException.NMI));
    assertEquals(handler(GuestException.NMI), cpu.get(Register.RIP));
    assertEquals(PROGRAM, frame(0));
  }

  @Test
  void theFloatingPointUnitIsNotAvailableWhileATaskSwitchIsNoted() {
    cpu =
        guest.start64(
            code(
                """
                0f20c0                 mov rax, cr0
                0c08                   or al, 8
                0f22c0                 mov cr0, rax
                0f06                   clts
                dbe3                   fninit
                0f01e3                 smsw ebx
                80cb08                 or bl, 8
                0f01f3                 lmsw bx
                dbe3                   fninit
                """));
    assertEquals(GuestException.NM, vectorReached());
    assertEquals(PROGRAM + 21, frame(0));
  }

  @Test
  void aBreakpointThatIsNotMetIsKeptAndDoesNothingElse() {
    cpu =
        guest.start64(
            code(
                """
                48c7c000500000         mov rax, 0x5000
                0f23c0                 mov dr0, rax
                b802000000             mov eax, 2
                0f23f8                 mov dr7, rax
                0f21fb                 mov rbx, dr7
                0f23c8                 mov dr1, rax
                4531c0                 xor r8d, r8d
                410f23c0               mov dr0, r8
                90                     nop
                f4                     hlt
                """));
    assertEquals(Exit.HALTED, cpu.run(1000));
    assertEquals(PROGRAM + 33, cpu.get(Register.RIP));
    assertEquals(0x402, cpu.get(Register.RBX));
    assertEquals(0, cpu.get(Register.DR0));
    assertEquals(2, cpu.get(Register.DR1));
  }

  @Test
  void theUpperHalvesOfDebugControlAndStatusAreZero() {
    cpu =
        guest.start64(
            code(
                """
                48b80000000001000000   mov rax, 0x100000000
                0f23f8                 mov dr7, rax
                """));
    assertEquals(GuestException.GP, vectorReached());
    assertEquals(PROGRAM + 10, frame(1));
  }

  @Test
  void vectorRegistersAreReadAndZeroAfterAReset() {
    cpu =
        guest.start64(
            code(
                """
                0f20e0                 mov rax, cr4
                660d0006               or ax, 0x600
                0f22e0                 mov cr4, rax
                48b88877665544332211   mov rax, 0x1122334455667788
                66480f6ed8             movq xmm3, rax
                66440f6cfb             punpcklqdq xmm15, xmm3
                f4                     hlt
                """));
    assertEquals(Exit.HALTED, cpu.run(1000));
    long[] halves = new long[32];
    cpu.vectors(halves);
    assertEquals(0x1122334455667788L, halves[6]);
    assertEquals(0, halves[30]);
    assertEquals(0x1122334455667788L, halves[31]);
    cpu.reset(TestGuest.state64());
    cpu.vectors(halves);
    assertArrayEquals(new long[32], halves);
  }
}
