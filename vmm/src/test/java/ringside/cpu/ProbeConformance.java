package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.code;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watched instructions: told before they are executed, and nothing else is different. */
public abstract class ProbeConformance extends Conformance {
  private static final long ENOUGH = 1_000_000;
  private static final long IN_THE_MIDDLE = PROGRAM + 9;
  private static final long AT_A_BLOCK_START = PROGRAM + 21;

  /** Two nops of two bytes: one between others, one where a jump leads. */
  private static final byte[] LOOP =
      code(
          """
          b964000000             mov ecx, 100
          31c0                   xor eax, eax
          ffc0                   x: inc eax
          6690                   nop
          01c3                   add ebx, eax
          f6c101                 test cl, 1
          7403                   jz y
          ffc6                   inc esi
          90                     nop
          6690                   y: nop
          89c2                   mov edx, eax
          ffc9                   dec ecx
          75ea                   jnz x
          f4                     hlt
          """);

  private static ImmutableLongArray at(long... addresses) {
    return ImmutableLongArray.copyOf(addresses);
  }

  private static List<Long> state(Cpu cpu) {
    List<Long> all = new ArrayList<>();
    for (Register register :
        List.of(Register.RAX, Register.RBX, Register.RDX, Register.RSI, Register.RFLAGS)) {
      all.add(cpu.get(register));
    }
    all.add(cpu.ticks());
    all.add(cpu.get(Register.RIP));
    return all;
  }

  @Test
  void itIsToldEachTimeAndTheRegistersAreThoseBeforeTheInstruction() {
    Cpu cpu = guest.start64(LOOP);
    List<Long> counts = new ArrayList<>();
    guest.platform.onProbe =
        address -> {
          counts.add(cpu.get(Register.RAX));
          assertEquals(address, cpu.get(Register.RIP));
          return false;
        };
    cpu.watch(at(IN_THE_MIDDLE));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    List<Long> expected = new ArrayList<>();
    for (long i = 1; i <= 100; i++) {
      expected.add(i);
    }
    assertEquals(expected, counts);
    assertEquals(Collections.nCopies(100, "probe %x".formatted(IN_THE_MIDDLE)), guest.platform.log);
  }

  @Test
  void watchingChangesNeitherTheExecutionNorItsTicksNorWhereItIsCut() {
    for (int slice : new int[] {1, 10, 33, 1_000, (int) ENOUGH}) {
      List<List<Long>> unwatched = cuts(slice, at());
      assertEquals(unwatched, cuts(slice, at(IN_THE_MIDDLE)), "slices of " + slice);
      assertEquals(unwatched, cuts(slice, at(AT_A_BLOCK_START, IN_THE_MIDDLE)));
    }
  }

  private List<List<Long>> cuts(int slice, ImmutableLongArray watched) {
    try (TestGuest other = new TestGuest(engine())) {
      Cpu cpu = other.start64(LOOP);
      cpu.watch(watched);
      List<List<Long>> states = new ArrayList<>();
      Exit exit;
      do {
        exit = cpu.run(slice);
        states.add(state(cpu));
      } while (exit == Exit.BUDGET_SPENT);
      assertSame(Exit.HALTED, exit);
      assertEquals(watched.length() * 100, other.platform.log.size());
      return states;
    }
  }

  @Test
  void itIsLeftBeforeTheInstructionAndGoesOnThereAsIfNothingHadBeen() {
    Cpu cpu = guest.start64(LOOP);
    cpu.watch(at(IN_THE_MIDDLE));
    List<Long> whole;
    try (TestGuest other = new TestGuest(engine())) {
      Cpu calm = other.start64(LOOP);
      assertSame(Exit.HALTED, calm.run(ENOUGH));
      whole = state(calm);
    }
    boolean[] leave = {true};
    guest.platform.onProbe = address -> leave[0];
    for (int i = 1; i <= 100; i++) {
      assertSame(Exit.REQUESTED, cpu.run(ENOUGH));
      assertEquals(IN_THE_MIDDLE, cpu.get(Register.RIP));
      assertEquals(i, cpu.get(Register.RAX));
      assertEquals((long) i * (i - 1) / 2, cpu.get(Register.RBX));
      leave[0] = false;
      guest.platform.onProbe =
          address -> {
            boolean now = leave[0];
            leave[0] = true;
            return now;
          };
    }
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(whole, state(cpu));
  }

  @Test
  void aChangedRipIsWhereItGoesOn() {
    Cpu cpu = guest.start64(LOOP);
    guest.bytes(0x30000, code("ffc7                   inc edi\nf4                     hlt\n"));
    cpu.watch(at(IN_THE_MIDDLE));
    guest.platform.onProbe =
        address -> {
          if (cpu.get(Register.RAX) < 5) {
            return false;
          }
          cpu.set(Register.RIP, 0x30000);
          return true;
        };
    Exit exit = cpu.run(ENOUGH);
    assertSame(Exit.REQUESTED, exit);
    assertEquals(0x30000, cpu.get(Register.RIP));
    assertEquals(1 + 2 + 3 + 4, cpu.get(Register.RBX));
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertEquals(1, cpu.get(Register.RDI));
    assertEquals(0x30003, cpu.get(Register.RIP));
  }

  @Test
  void translationsThatAreDroppedDoNotDropTheWatch() {
    Cpu cpu = guest.start64(LOOP);
    cpu.watch(at(AT_A_BLOCK_START));
    while (guest.platform.log.size() < 10) {
      assertSame(Exit.BUDGET_SPENT, cpu.run(30));
    }
    cpu.flush();
    assertSame(Exit.HALTED, cpu.run(ENOUGH));
    assertTrue(guest.platform.log.size() == 100, guest.platform.log::toString);
  }
}
