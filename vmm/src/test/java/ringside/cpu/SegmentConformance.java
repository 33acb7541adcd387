package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static ringside.cpu.TestGuest.DATA;
import static ringside.cpu.TestGuest.DATA0;
import static ringside.cpu.TestGuest.GDT;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.RING0_STACK;
import static ringside.cpu.TestGuest.USER_DATA;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments, descriptor tables, call gates, far returns. */
public abstract class SegmentConformance extends Conformance {
  private static final long ENOUGH = 100_000;
  private static final int GP = 13;

  /** Free slots of the GDT. */
  private static final int FIRST = 0x50;

  private static final int SECOND = 0x58;

  private void start32(byte[] program) {
    cpu = guest.start32(program);
    cpu.set(Register.GDTR_LIMIT, 0x7f);
  }

  private void start64(byte[] program) {
    cpu = guest.start64(program);
    cpu.set(Register.GDTR_LIMIT, 0x7f);
  }

  private void descriptor(int selector, long value) {
    guest.u64(GDT + selector, value);
  }

  private static long gate(int selector, long offset, int attributes, int parameters) {
    return offset & 0xffff
        | (long) selector << 16
        | (long) parameters << 32
        | (long) attributes << 40
        | offset >>> 16 << 48;
  }

  @Test
  void aCallGateGoesInWithParametersAndAFarReturnComesBack() {
    start32(
        code(
            """
            b82b000000             mov eax, 0x2b
            8ed8                   mov ds, eax
            8ec0                   mov es, eax
            6a2b                   push 0x2b
            6800a00000             push 0xa000
            6a02                   push 2
            6a33                   push 0x33
            6800010100             push 0x10100
            cf                     iretd
            """));
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            6811010000             push 0x111
            6822020000             push 0x222
            9a000000005300         .byte 0x9a, 0, 0, 0, 0, 0x53, 0
            89e6                   mov esi, esp
            8cdd                   mov ebp, ds
            cd81                   int 0x81
            """));
    guest.bytes(
        0x30000,
        code(
            """
            8b5c2408               mov ebx, [esp+8]
            8b4c240c               mov ecx, [esp+12]
            89e2                   mov edx, esp
            8ccf                   mov edi, cs
            b810000000             mov eax, 0x10
            8ed8                   mov ds, eax
            ca0800                 retf 8
            """));
    descriptor(FIRST, gate(0x18, 0x30000, 0xec, 2));
    guest.gate32(0x81, 0x18, handler(0x81), 0xee);
    assertEquals(0x81, vectorReached());
    assertEquals(0x222, cpu.get(Register.RBX));
    assertEquals(0x111, cpu.get(Register.RCX));
    assertEquals(RING0_STACK - 24, cpu.get(Register.RDX));
    assertEquals(0x18, cpu.get(Register.RDI));
    assertEquals(0xa000, cpu.get(Register.RSI));
    assertEquals(0, cpu.get(Register.RBP), "a data segment of the kernel is dropped");
    assertEquals(USER_DATA, guest.u32(RING0_STACK - 4));
  }

  @Test
  void aCallGateOf64BitModeHasSixteenBytes() {
    byte[] program =
        code(
            """
            ff1d01000000           call fword ptr [rip+x]
            f4                     hlt
            00000000               x: .long 0
            5000                   .word 0x50
            """);
    start64(program);
    guest.bytes(
        0x30000,
        code(
            """
            488b1c24               mov rbx, [rsp]
            488b4c2408             mov rcx, [rsp+8]
            48cb                   lretq
            """));
    descriptor(FIRST, gate(0x08, 0x30000, 0x8c, 0));
    descriptor(SECOND, 0);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 7, cpu.get(Register.RIP));
    assertEquals(PROGRAM + 6, cpu.get(Register.RBX));
    assertEquals(8, cpu.get(Register.RCX));
    assertEquals(TestGuest.KERNEL_STACK, cpu.get(Register.RSP));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, 13, 0x0", // null
    "0x10, 13, 0x10", // data
    "0x48, 11, 0x48", // absent
    "0x33, 13, 0x30", // the user's
    "0x38, 13, 0x38", // a TSS: no task switch
    "0x100, 13, 0x100", // beyond the table
  })
  void aFarJumpIsCheckedAndNamesTheSelector(int selector, int vector, long error) {
    start64(
        code(
            """
            66891d0a000000         mov [rip+x+4], bx
            ff2d00000000           jmp fword ptr [rip+x]
            00000300               x: .long 0x30000
            0000                   .word 0
            """));
    cpu.set(Register.RBX, selector);
    assertEquals(vector, vectorReached());
    assertEquals(error, guest.u64(cpu.get(Register.RSP)));
    assertEquals(PROGRAM + 7, guest.u64(cpu.get(Register.RSP) + 8));
  }

  @Test
  void aFarPointerLoadsSegmentAndRegisterTogether() {
    byte[] program =
        code(
            """
            0fb22508000000         lss esp, [rip+x]
            0fb41d07000000         lfs ebx, [rip+y]
            f4                     hlt
            00900000               x: .long 0x9000
            1000                   .word 0x10
            78563412               y: .long 0x12345678
            5000                   .word 0x50
            """);
    start64(program);
    descriptor(FIRST, 0x2200_9245_6789_ffffL);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x9000, cpu.get(Register.RSP));
    assertEquals(DATA0, cpu.segment(SegmentRegister.SS).selector());
    assertEquals(0x1234_5678, cpu.get(Register.RBX));
    assertEquals(FIRST, cpu.segment(SegmentRegister.FS).selector());
    assertEquals(0x2245_6789L, cpu.get(Register.FS_BASE));
    assertEquals(0x93, guest.u64(GDT + FIRST) >>> 40 & 0xff, "the accessed bit is set");
  }

  @ParameterizedTest
  @CsvSource({"0x2b, 0x28", "0x13, 0x10", "0x8, 0x8", "0x0, 0x0", "0x100, 0x100"})
  void aStackSegmentMustBeWritableAndOfTheLevel(int selector, long error) {
    start32(
        code(
            """
            8ed3                   mov ss, ebx
            """));
    cpu.set(Register.RBX, selector);
    assertEquals(GP, vectorReached());
    assertEquals(error, guest.u32(cpu.get(Register.RSP)));
  }

  @Test
  protected void limitsAreCheckedAndAnExpandDownSegmentIsValidAboveIts() {
    byte[] program =
        code(
            """
            8edb                   mov ds, ebx
            a1fc0f0000             mov eax, [0xffc]
            8ec1                   mov es, ecx
            26a100100000           mov eax, es:[0x1000]
            26a1fe0f0000           mov eax, es:[0xffe]
            """);
    start32(program);
    descriptor(FIRST, 0x0040_9300_0000_0fffL);
    descriptor(SECOND, 0x0040_9700_0000_0fffL);
    cpu.set(Register.RBX, FIRST);
    cpu.set(Register.RCX, SECOND);
    assertEquals(GP, vectorReached());
    assertEquals(0, guest.u32(cpu.get(Register.RSP)));
    assertEquals(PROGRAM + program.length - 6, guest.u32(cpu.get(Register.RSP) + 4));
  }

  @Test
  protected void anAccessBeyondTheLimitRaisesGeneralProtectionAndOnTheStackAStackFault() {
    start32(
        code(
            """
            8edb                   mov ds, ebx
            a1fd0f0000             mov eax, [0xffd]
            """));
    descriptor(FIRST, 0x0040_9300_0000_0fffL);
    cpu.set(Register.RBX, FIRST);
    assertEquals(GP, vectorReached());
    cpu.close();
    start32(
        code(
            """
            8ed3                   mov ss, ebx
            8b8500a00000           mov eax, [ebp+0xa000]
            """));
    descriptor(FIRST, 0x0040_9300_0000_9fffL);
    cpu.set(Register.RBX, FIRST);
    assertEquals(12, vectorReached());
  }

  @Test
  protected void codeDoesNotRunBeyondTheLimitOfItsSegment() {
    start32(
        code(
            """
            eafcff01005000         .byte 0xea, 0xfc, 0xff, 1, 0, 0x50, 0
            """));
    descriptor(FIRST, 0x0041_9b00_0000_ffffL);
    guest.bytes(
        0x1fffc,
        code(
            """
            90                     nop
            90                     nop
            b801020304             .byte 0xb8, 1, 2, 3, 4
            """));
    assertEquals(GP, vectorReached());
    assertEquals(0, guest.u32(cpu.get(Register.RSP)));
    assertEquals(0x1fffe, guest.u32(cpu.get(Register.RSP) + 4));
  }

  @Test
  void rightsAndLimitsAreAnsweredForWhatMayBeSeen() {
    byte[] program =
        code(
            """
            bb18000000             mov ebx, 0x18
            0f02c3                 lar eax, ebx
            410f94c0               setz r8b
            0f03cb                 lsl ecx, ebx
            410f94c1               setz r9b
            bb00010000             mov ebx, 0x100
            0f02d3                 lar edx, ebx
            410f94c2               setz r10b
            bb38000000             mov ebx, 0x38
            0f03f3                 lsl esi, ebx
            410f94c3               setz r11b
            bb50000000             mov ebx, 0x50
            0f02fb                 lar edi, ebx
            410f94c4               setz r12b
            0f03eb                 lsl ebp, ebx
            410f94c5               setz r13b
            bb08000000             mov ebx, 8
            0f00e3                 verr bx
            410f94c6               setz r14b
            0f00eb                 verw bx
            410f94c7               setz r15b
            f4                     hlt
            """);
    start64(program);
    descriptor(FIRST, gate(0x08, 0x30000, 0x8c, 0));
    cpu.set(Register.RDX, 77);
    cpu.set(Register.RBP, 78);
    runToEnd(program);
    assertEquals(0xcf_9b00 & 0xf0_ff00L, cpu.get(Register.RAX) & 0xf0_ff00L);
    assertEquals(1, cpu.get(Register.R8));
    assertEquals(0xffff_ffffL, cpu.get(Register.RCX));
    assertEquals(1, cpu.get(Register.R9));
    assertEquals(77, cpu.get(Register.RDX));
    assertEquals(0, cpu.get(Register.R10));
    assertEquals(0x67, cpu.get(Register.RSI));
    assertEquals(1, cpu.get(Register.R11));
    assertEquals(0x8c00, cpu.get(Register.RDI) & 0xff00);
    assertEquals(1, cpu.get(Register.R12));
    assertEquals(78, cpu.get(Register.RBP));
    assertEquals(0, cpu.get(Register.R13));
    assertEquals(1, cpu.get(Register.R14));
    assertEquals(0, cpu.get(Register.R15));
  }

  @Test
  void aLocalTableIsLoadedAndUsed() {
    byte[] program =
        code(
            """
            b850000000             mov eax, 0x50
            0f00d0                 lldt ax
            b80c000000             mov eax, 0xc
            8ec0                   mov es, eax
            0f00c3                 sldt ebx
            8cc1                   mov ecx, es
            f4                     hlt
            """);
    start64(program);
    descriptor(FIRST, 0x0000_8201_8000_000fL);
    descriptor(SECOND, 0);
    guest.u64(DATA + 8, 0x00cf_9300_0000_ffffL);
    runToEnd(program);
    assertEquals(FIRST, cpu.get(Register.RBX));
    assertEquals(0xc, cpu.get(Register.RCX));
    assertEquals(DATA, cpu.segment(SegmentRegister.LDTR).base());
  }

  @Test
  void aLoadedTaskStateIsBusyAndCannotBeLoadedAgain() {
    byte[] program =
        code(
            """
            b850000000             mov eax, 0x50
            0f00d8                 ltr ax
            0f00cb                 str ebx
            0f00d8                 ltr ax
            """);
    start64(program);
    descriptor(FIRST, 0x0000_8900_3000_0067L);
    descriptor(SECOND, 0);
    assertEquals(GP, vectorReached());
    assertEquals(FIRST, guest.u64(cpu.get(Register.RSP)));
    assertEquals(FIRST, cpu.get(Register.RBX));
    assertEquals(0x8b, guest.u64(GDT + FIRST) >>> 40 & 0xff);
  }

  @Test
  void arplRaisesTheRequestedLevelOnly() {
    byte[] program =
        code(
            """
            b810000000             mov eax, 0x10
            bb03000000             mov ebx, 3
            63d8                   arpl ax, bx
            0f94c1                 setz cl
            63d8                   arpl ax, bx
            0f94c5                 setz ch
            f4                     hlt
            """);
    start32(program);
    runToEnd(program);
    assertEquals(0x13, cpu.get(Register.RAX));
    assertEquals(1, cpu.get(Register.RCX));
  }

  @Test
  void iretToAnOuterLevelChecksItsStackSegment() {
    start64(
        code(
            """
            6a10                   push 0x10
            6800a00000             push 0xa000
            6a02                   push 2
            6a23                   push 0x23
            6800010100             push 0x10100
            48cf                   iretq
            """));
    assertEquals(GP, vectorReached());
    assertEquals(0x10, guest.u64(cpu.get(Register.RSP)));
    assertEquals(PROGRAM + 0x10, guest.u64(cpu.get(Register.RSP) + 8));
    assertEquals(0, cpu.cpl());
  }

  @Test
  void iretGoesToCompatibilityModeAndAFarJumpBack() {
    start64(
        code(
            """
            6a10                   push 0x10
            6800900000             push 0x9000
            6a02                   push 2
            6a18                   push 0x18
            6800010100             push 0x10100
            48cf                   iretq
            """));
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            b8ffffffff             mov eax, 0xffffffff
            40                     inc eax
            48                     dec eax
            50                     push eax
            ea000201000800         .byte 0xea, 0, 2, 1, 0, 8, 0
            """));
    guest.bytes(
        PROGRAM + 0x200,
        code(
            """
            4889e3                 mov rbx, rsp
            48ffc8                 dec rax
            f4                     hlt
            """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 0x207, cpu.get(Register.RIP));
    assertEquals(0x8ffc, cpu.get(Register.RBX));
    assertEquals(0xffff_fffeL, cpu.get(Register.RAX));
    assertEquals(0xffff_ffffL, guest.u32(0x8ffc));
  }

  @Test
  void iretWithTheNestedTaskFlagIsRefusedInLongMode() {
    start64(
        code(
            """
            6802400000             push 0x4002
            9d                     popfq
            48cf                   iretq
            """));
    assertEquals(GP, vectorReached());
    assertEquals(0, guest.u64(cpu.get(Register.RSP)));
  }
}
