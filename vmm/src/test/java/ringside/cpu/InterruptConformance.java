package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.CODE64;
import static ringside.cpu.TestGuest.INTERRUPT_GATE;
import static ringside.cpu.TestGuest.KERNEL_STACK;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.RING0_STACK;
import static ringside.cpu.TestGuest.TRAP_GATE;
import static ringside.cpu.TestGuest.code;
import static ringside.cpu.TestGuest.handler;

import org.junit.jupiter.api.Test;

/** External interrupts and HLT. */
public abstract class InterruptConformance extends Conformance {
  private static final long ENOUGH = 1_000_000;

  @Test
  void anInterruptIsTakenOnlyWithTheFlagSet() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                f4                     hlt
                """));
    assertFalse(cpu.interruptible());
    cpu.set(Register.RFLAGS, 0x202);
    assertTrue(cpu.interruptible());
  }

  @Test
  void noInterruptIsTakenBehindSti() {
    cpu =
        guest.start64(
            code(
                """
                fb                     sti
                90                     nop
                90                     nop
                eb00                   jmp x
                f4                     x: hlt
                """));
    assertSame(Exit.BUDGET_SPENT, cpu.run(1));
    assertEquals(PROGRAM + 1, cpu.get(Register.RIP));
    assertFalse(cpu.interruptible());
    assertSame(Exit.BUDGET_SPENT, cpu.run(1));
    assertTrue(cpu.interruptible());
  }

  @Test
  void anInterruptPushesItsFrameAndClearsTheFlag() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                f4                     hlt
                """));
    cpu.set(Register.RFLAGS, 0x246);
    assertTrue(cpu.interrupt(0x40).isEmpty());
    assertEquals(handler(0x40), cpu.get(Register.RIP));
    assertEquals(0, cpu.get(Register.RFLAGS) & 0x200);
    assertEquals(KERNEL_STACK - 40, cpu.get(Register.RSP));
    assertEquals(PROGRAM, guest.u64(KERNEL_STACK - 40));
    assertEquals(CODE64, guest.u64(KERNEL_STACK - 32));
    assertEquals(0x246, guest.u64(KERNEL_STACK - 24));
    assertEquals(KERNEL_STACK, guest.u64(KERNEL_STACK - 16));
    assertTrue(guest.platform.exceptions.isEmpty());
  }

  @Test
  void aTrapGateLeavesTheFlagSet() {
    cpu =
        guest.start64(
            code(
                """
                f4                     hlt
                """));
    guest.gate64(0x40, CODE64, handler(0x40), TRAP_GATE, 0);
    cpu.set(Register.RFLAGS, 0x202);
    cpu.interrupt(0x40);
    assertEquals(0x200, cpu.get(Register.RFLAGS) & 0x200);
  }

  @Test
  void anInterruptWakesFromHltAndReturnsBehindIt() {
    cpu =
        guest.start64(
            code(
                """
                fb                     sti
                f4                     x: hlt
                ffc3                   inc ebx
                ebfb                   jmp x
                """));
    guest.bytes(
        0x30000,
        code(
            """
            ffc1                   inc ecx
            48cf                   iretq
            """));
    guest.gate64(0x40, CODE64, 0x30000, INTERRUPT_GATE, 0);
    for (int i = 0; i < 100; i++) {
      assertSame(Exit.HALTED, cpu.run(ENOUGH));
      assertEquals(PROGRAM + 2, cpu.get(Register.RIP));
      assertTrue(cpu.interruptible());
      assertTrue(cpu.interrupt(0x40).isEmpty());
    }
    assertEquals(99, cpu.get(Register.RBX));
    assertEquals(99, cpu.get(Register.RCX));
  }

  @Test
  void anInterruptInUserModeSwitchesToTheKernelStack() {
    cpu =
        guest.start64(
            code(
                """
                6a2b                   push 0x2b
                6800a00000             push 0xa000
                6802020000             push 0x202
                6a23                   push 0x23
                6800010100             push 0x10100
                48cf                   iretq
                """));
    guest.bytes(
        PROGRAM + 0x100,
        code(
            """
            ffc3                   x: inc ebx
            ebfc                   jmp x
            """));
    guest.bytes(
        0x30000,
        code(
            """
            ffc1                   inc ecx
            48cf                   iretq
            """));
    guest.gate64(0x40, CODE64, 0x30000, INTERRUPT_GATE, 0);
    for (int i = 0; i < 50; i++) {
      assertSame(Exit.BUDGET_SPENT, cpu.run(400));
      assertEquals(3, cpu.cpl());
      assertTrue(cpu.interrupt(0x40).isEmpty());
      assertEquals(0, cpu.cpl());
      assertEquals(RING0_STACK - 40, cpu.get(Register.RSP));
    }
    assertEquals(49, cpu.get(Register.RCX));
    assertTrue(cpu.get(Register.RBX) > 1000);
  }

  @Test
  void anInterruptWithoutAGateRaisesWhatTheProcessorWould() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                """));
    cpu.set(Register.IDTR_LIMIT, 16 * 0x40 - 1);
    cpu.set(Register.RFLAGS, 0x202);
    assertTrue(cpu.interrupt(0x40).isEmpty());
    assertEquals(handler(GuestException.GP), cpu.get(Register.RIP));
    assertEquals(0x40 * 8 + 3, guest.u64(cpu.get(Register.RSP)));
  }

  @Test
  void anInterruptThatCannotBeDeliveredAtAllIsATripleFault() {
    cpu =
        guest.start64(
            code(
                """
                90                     nop
                """));
    cpu.set(Register.IDTR_LIMIT, 0);
    cpu.set(Register.RFLAGS, 0x202);
    assertInstanceOf(Exit.TripleFault.class, cpu.interrupt(0x40).orElseThrow());
  }

  @Test
  void haltingEndsTheRunThoughAnExitWasRequestedBefore() {
    cpu =
        guest.start64(
            code(
                """
                e680                   out 0x80, al
                f4                     hlt
                """));
    guest.platform.onPortWrite = cpu::requestExit;
    Exit exit = cpu.run(ENOUGH);
    if (exit == Exit.REQUESTED) {
      assertEquals(PROGRAM + 2, cpu.get(Register.RIP));
      exit = cpu.run(ENOUGH);
    }
    assertSame(Exit.HALTED, exit);
    assertEquals(PROGRAM + 3, cpu.get(Register.RIP));
  }

  @Test
  void anAwaitedWindowEndsTheRunBehindTheShadowOfSti() {
    cpu =
        guest.start64(
            code(
                """
                b964000000             mov ecx, 100
                ffc3                   x: inc ebx
                ffc9                   dec ecx
                75fa                   jnz x
                fb                     sti
                90                     nop
                ffc3                   inc ebx
                f4                     hlt
                """));
    cpu.interruptWindow(true);
    assertSame(Exit.REQUESTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 13, cpu.get(Register.RIP));
    assertEquals(100, cpu.get(Register.RBX));
    assertTrue(cpu.interruptible());
    assertSame(Exit.REQUESTED, cpu.run(ENOUGH));
    cpu.interruptWindow(false);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(101, cpu.get(Register.RBX));
  }

  @Test
  void anAwaitedWindowOpensByPopfAndIretToo() {
    cpu =
        guest.start64(
            code(
                """
                6802020000             push 0x202
                9d                     popf
                ffc3                   inc ebx
                f4                     hlt
                """));
    cpu.interruptWindow(true);
    assertSame(Exit.REQUESTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 6, cpu.get(Register.RIP));
    cpu.close();
    cpu =
        guest.start64(
            code(
                """
                cd80                   int 0x80
                ffc3                   inc ebx
                f4                     hlt
                """));
    guest.bytes(
        0x30000,
        code(
            """
            48cf                   iretq
            """));
    guest.gate64(0x80, CODE64, 0x30000, INTERRUPT_GATE, 0);
    cpu.set(Register.RFLAGS, 0x202);
    cpu.interruptWindow(false);
    assertSame(Exit.BUDGET_SPENT, cpu.run(1));
    assertFalse(cpu.interruptible());
    cpu.interruptWindow(true);
    assertSame(Exit.REQUESTED, cpu.run(ENOUGH));
    assertEquals(PROGRAM + 2, cpu.get(Register.RIP));
  }
}
