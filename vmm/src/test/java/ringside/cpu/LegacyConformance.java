package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.CODE32;
import static ringside.cpu.TestGuest.DATA;
import static ringside.cpu.TestGuest.KERNEL_STACK;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.RING0_STACK;
import static ringside.cpu.TestGuest.USER_DATA;
import static ringside.cpu.TestGuest.USER_INTERRUPT_GATE;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;
import static ringside.cpu.TestGuest.state32;

import org.junit.jupiter.api.Test;

/** 32-bit protected mode: how a PVH guest starts, its exceptions, and the way into 64-bit mode. */
public abstract class LegacyConformance extends Conformance {
  private static final long ENOUGH = 1_000_000;

  @Test
  void aPvhGuestStartsAsTheBootProtocolSays() {
    guest.bytes(
        PROGRAM,
        code(
            """
            89e0                   mov eax, esp
            8b13                   mov edx, [ebx]
            f4                     hlt
            """));
    guest.u32(0x5000, 0x336ec578);
    cpu = engine().newCpu(guest.space, guest.platform, InitialState.pvh(PROGRAM, 0x5000));
    assertEquals(0x11, cpu.get(Register.CR0));
    assertEquals(0, cpu.get(Register.CR4));
    assertEquals(0, cpu.get(Register.EFER));
    assertEquals(0x5000, cpu.get(Register.RBX));
    assertEquals(2, cpu.get(Register.RFLAGS));
    assertFalse(cpu.longMode());
    assertEquals(0, cpu.cpl());
    assertEquals(new Segment(0, 0, 0x67, Segment.TSS_32_BUSY), cpu.segment(SegmentRegister.TR));
    assertEquals(Segment.CODE_32, cpu.segment(SegmentRegister.CS).attributes());
    assertEquals(0xffff_ffffL, cpu.segment(SegmentRegister.SS).limit());
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x336ec578, cpu.get(Register.RDX));
    assertEquals(PROGRAM + 5, cpu.get(Register.RIP));
    cpu.close();
  }

  @Test
  void addressesWrapAtFourGigabytes() {
    cpu =
        guest.start32(
            code(
                """
                bbffffffff             mov ebx, 0xffffffff
                8b8301800100           mov eax, [ebx+0x18001]
                f4                     hlt
                """));
    guest.u32(DATA, 0x1234_5678);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x1234_5678, cpu.get(Register.RAX));
  }

  @Test
  void theGuestSwitchesToLongModeByItself() {
    cpu =
        guest.start32(
            code(
                """
                b820000000             mov eax, 0x20
                0f22e0                 mov cr4, eax
                b800000200             mov eax, 0x20000
                0f22d8                 mov cr3, eax
                b9800000c0             mov ecx, 0xc0000080
                0f32                   rdmsr
                0d00010000             or eax, 0x100
                0f30                   wrmsr
                0f20c0                 mov eax, cr0
                0d00000080             or eax, 0x80000000
                0f22c0                 mov cr0, eax
                ea000101000800         .byte 0xea, 0x00, 0x01, 0x01, 0x00, 0x08, 0x00
                """));
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            48b8f0debc9a78563412   movabs rax, 0x123456789abcdef0
            b9800000c0             mov ecx, 0xc0000080
            4889c3                 mov rbx, rax
            0f32                   rdmsr
            49c7c100800100         mov r9, 0x18000
            4d8b01                 mov r8, [r9]
            f4                     hlt
            """));
    guest.identityTables();
    guest.u64(DATA, -2);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertTrue(cpu.longMode());
    assertEquals(0x1234_5678_9abc_def0L, cpu.get(Register.RBX));
    assertEquals(0x500, cpu.get(Register.RAX));
    assertEquals(0x500, cpu.get(Register.EFER));
    assertEquals(-2, cpu.get(Register.R8));
  }

  @Test
  void anExceptionPushesThreeDoublewords() {
    cpu =
        guest.start32(
            code(
                """
                0f0b                   ud2
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(handler(6) + 1, cpu.get(Register.RIP));
    assertEquals(KERNEL_STACK - 12, cpu.get(Register.RSP));
    assertEquals(PROGRAM, guest.u32(KERNEL_STACK - 12));
    assertEquals(CODE32, guest.u32(KERNEL_STACK - 8));
    assertEquals(2, guest.u32(KERNEL_STACK - 4) & 0xfff);
  }

  @Test
  void aPageFaultUnderTwoLevelTablesPushesItsErrorCode() {
    cpu =
        guest.start32(
            code(
                """
                b800000400             mov eax, 0x40000
                0f22d8                 mov cr3, eax
                0f20c0                 mov eax, cr0
                0d00000180             or eax, 0x80010000
                0f22c0                 mov cr0, eax
                bb10000500             mov ebx, 0x50010
                8903                   mov [ebx], eax
                f4                     hlt
                """));
    guest.u32(0x40000, 0x41000 | 7);
    for (int i = 0; i < 1024; i++) {
      guest.u32(0x41000 + 4 * i, i << 12 | 7);
    }
    guest.u32(0x41000 + 4 * 0x50, 0x50000 | 5);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(handler(14) + 1, cpu.get(Register.RIP));
    assertEquals(0x50010, cpu.get(Register.CR2));
    assertEquals(3, guest.u32(cpu.get(Register.RSP)));
    assertEquals(PROGRAM + 0x18, guest.u32(cpu.get(Register.RSP) + 4));
  }

  @Test
  void aChangeOfPrivilegeSwitchesToTheStackOfTheTss() {
    cpu =
        guest.start32(
            code(
                """
                b82b000000             mov eax, 0x2b
                8ed8                   mov ds, eax
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
            b914000000             mov ecx, 20
            cd80                   x: int 0x80
            e2fc                   loop x
            f4                     hlt
            """));
    guest.bytes(
        0x30000,
        code(
            """
            43                     inc ebx
            89e6                   mov esi, esp
            cf                     iretd
            """));
    guest.gate32(0x80, CODE32, 0x30000, USER_INTERRUPT_GATE);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(handler(13) + 1, cpu.get(Register.RIP));
    assertEquals(20, cpu.get(Register.RBX));
    assertEquals(RING0_STACK - 20, cpu.get(Register.RSI));
    assertEquals(RING0_STACK - 24, cpu.get(Register.RSP));
    assertEquals(0, guest.u32(RING0_STACK - 24));
    assertEquals(PROGRAM + 0x109, guest.u32(RING0_STACK - 20));
    assertEquals(0x33, guest.u32(RING0_STACK - 16));
    assertEquals(0xa000, guest.u32(RING0_STACK - 8));
    assertEquals(USER_DATA, guest.u32(RING0_STACK - 4));
  }

  @Test
  void segmentsKeepTheirBases() {
    Segment based = new Segment(0x10, 0x8000, 0xffff_ffffL, Segment.DATA_32);
    InitialState flat = state32();
    InitialState state =
        new InitialState(
            false,
            flat.general(),
            PROGRAM,
            2,
            0x11,
            0,
            0,
            0,
            flat.cs(),
            based,
            based,
            based,
            flat.tr());
    guest.bytes(
        PROGRAM,
        code(
            """
            a100000100             mov eax, [0x10000]
            a304000100             mov [0x10004], eax
            50                     push eax
            f4                     hlt
            """));
    guest.u32(DATA, 77);
    cpu = engine().newCpu(guest.space, guest.platform, state);
    assertEquals(based, cpu.segment(SegmentRegister.DS));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(77, guest.u32(DATA + 4));
    assertEquals(77, guest.u32(0x8000 + KERNEL_STACK - 4));
    cpu.close();
  }

  @Test
  void resetGivesTheInitialStateAgain() {
    cpu =
        guest.start64(
            code(
                """
                b82b000000             mov eax, 0x2b
                8ed8                   mov ds, eax
                49c7c703000000         mov r15, 3
                f4                     hlt
                """));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    long ticks = cpu.ticks();
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            0f20c0                 mov eax, cr0
            f4                     hlt
            """));
    InitialState again = InitialState.protected32(new long[8], PROGRAM + 0x100, 2, 0x11, 0, 0, 0);
    cpu.reset(again);
    assertFalse(cpu.longMode());
    assertEquals(0, cpu.get(Register.R15));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(0x11, cpu.get(Register.RAX));
    assertTrue(cpu.ticks() > ticks);
  }
}
