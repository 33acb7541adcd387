package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.CODE64;
import static ringside.cpu.TestGuest.INTERRUPT_GATE;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.code;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Budgets and ticks: exact, and the same however a run is cut into slices. */
public abstract class BudgetConformance extends Conformance {
  private static final long ENOUGH = 1_000_000;

  /** Sums over memory, faults, copies a string, reads the time: work of many kinds, then HLT. */
  private static final byte[] MIXED =
      code(
          """
          b92c010000             mov ecx, 300
          488db900000600         x: lea rdi, [rcx+0x60000]
          48890f                 mov [rdi], rcx
          480307                 add rax, [rdi]
          f6c10f                 test cl, 15
          7521                   jnz y
          50                     push rax
          52                     push rdx
          0f31                   rdtsc
          4901c0                 add r8, rax
          5a                     pop rdx
          58                     pop rax
          cd80                   int 0x80
          48c7c600000100         mov rsi, 0x10000
          4989c9                 mov r9, rcx
          b928000000             mov ecx, 40
          f3a4                   rep movsb
          4c89c9                 mov rcx, r9
          0f0b                   ud2
          ffc9                   y: dec ecx
          75c9                   jnz x
          f4                     hlt
          """);

  private static final byte[] SKIP_UD2 =
      code(
          """
          4883042402             add qword ptr [rsp], 2
          48cf                   iretq
          """);

  private static final byte[] RETURN =
      code(
          """
          49ffc2                 inc r10
          48cf                   iretq
          """);

  private Cpu mixed(TestGuest board) {
    Cpu started = board.start64(MIXED);
    board.bytes(0x30000, SKIP_UD2);
    board.bytes(0x30100, RETURN);
    board.gate64(6, CODE64, 0x30000, INTERRUPT_GATE, 0);
    board.gate64(0x80, CODE64, 0x30100, INTERRUPT_GATE, 0);
    return started;
  }

  private static List<Long> digest(Cpu cpu) {
    return List.of(
        cpu.ticks(),
        cpu.get(Register.RIP),
        cpu.get(Register.RAX),
        cpu.get(Register.RDI),
        cpu.get(Register.R8),
        cpu.get(Register.R10),
        cpu.get(Register.RFLAGS));
  }

  @Test
  void aLoopIsSlicedExactlyTheSameEveryTime() {
    cpu =
        guest.start64(
            code(
                """
                48ffc0                 x: inc rax
                ebfb                   jmp x
                """));
    assertSame(Exit.BUDGET_SPENT, cpu.run(1_000));
    long turns = cpu.get(Register.RAX);
    long ticks = cpu.ticks();
    assertTrue(ticks >= 1_000 && turns > 0);
    for (int i = 2; i <= 500; i++) {
      assertSame(Exit.BUDGET_SPENT, cpu.run(1_000));
      assertEquals(turns * i, cpu.get(Register.RAX));
      assertEquals(ticks * i, cpu.ticks());
    }
  }

  @Test
  void aBudgetOfOneTickStillGoesOn() {
    cpu =
        guest.start64(
            code(
                """
                48ffc0                 inc rax
                eb00                   jmp x
                48ffc0                 x: inc rax
                f4                     hlt
                """));
    for (int i = 0; cpu.run(1) != Exit.HALTED; i++) {
      assertTrue(i < 10);
    }
    assertEquals(2, cpu.get(Register.RAX));
  }

  @Test
  void theSlicesDoNotChangeTheExecution() {
    cpu = mixed(guest);
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    List<Long> whole = digest(cpu);
    assertEquals(PROGRAM + MIXED.length, cpu.get(Register.RIP));
    for (int slice : new int[] {1, 7, 50, 1_000}) {
      try (TestGuest other = new TestGuest(engine())) {
        Cpu sliced = mixed(other);
        while (sliced.run(slice) != Exit.HALTED) {
          assertTrue(sliced.ticks() <= whole.get(0));
        }
        assertEquals(whole, digest(sliced), "slices of " + slice);
      }
    }
  }

  @Test
  void ticksNeverFallAndCountOnlyWhatRan() {
    cpu =
        guest.start64(
            code(
                """
                e680                   out 0x80, al
                0f0b                   ud2
                90                     nop
                90                     nop
                90                     nop
                """));
    long[] seen = new long[1];
    guest.platform.onPortWrite = () -> seen[0] = cpu.ticks();
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertTrue(cpu.ticks() >= seen[0]);
    long one = cpu.ticks();
    try (TestGuest other = new TestGuest(engine())) {
      Cpu without =
          other.start64(
              code(
                  """
                  e680                   out 0x80, al
                  0f0b                   ud2
                  """));
      assertSame(Exit.HALTED, without.run(ENOUGH));
      assertEquals(one, without.ticks());
    }
  }

  @Test
  void anExitAskedForInTheMiddleLeavesTheRestOfTheExecutionAlone() {
    cpu =
        guest.start64(
            code(
                """
                b964000000             mov ecx, 100
                e680                   x: out 0x80, al
                ffc0                   inc eax
                ffc9                   dec ecx
                75f8                   jnz x
                f4                     hlt
                """));
    guest.platform.onPortWrite = cpu::requestExit;
    int exits = 0;
    while (cpu.run(ENOUGH) == Exit.REQUESTED) {
      exits++;
    }
    assertTrue(exits >= 99);
    assertEquals(100, cpu.get(Register.RAX));
    assertEquals(100, guest.platform.log.size());
    long ticks = cpu.ticks();
    try (TestGuest other = new TestGuest(engine())) {
      Cpu calm =
          other.start64(
              code(
                  """
                  b964000000             mov ecx, 100
                  e680                   x: out 0x80, al
                  ffc0                   inc eax
                  ffc9                   dec ecx
                  75f8                   jnz x
                  f4                     hlt
                  """));
      assertSame(Exit.HALTED, calm.run(ENOUGH));
      assertEquals(ticks, calm.ticks());
    }
  }
}
