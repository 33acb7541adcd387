package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.lockstep.LockstepEngine;
import ringside.memory.GuestSpace;

/** Two engines side by side, of which the second may be made to err. */
class LockstepTest {
  /** Reads a port, stores what comes, counts in memory, calls the hypervisor, halts. */
  private static final String PROGRAM =
      """
      b900010000 mov ecx, 256
      bb00800100 mov ebx, 0x18000
      ff03 again: inc dword ptr [rbx]
      ffc9 dec ecx
      75fa jnz again
      e540 in eax, 0x40
      894304 mov [rbx+4], eax
      e740 out 0x40, eax
      f4 hlt
      """;

  /** Our own engine, with something done to the board of its processors. */
  private record Second(UnaryOperator<InitialState> change, JvmEngine engine) implements Engine {
    @Override
    public String name() {
      return "second";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public int maximumPcpus() {
      return 1;
    }

    @Override
    public long ticksPerMicrosecond() {
      return engine.ticksPerMicrosecond();
    }

    @Override
    public Cpu newCpu(GuestSpace space, Platform platform, InitialState state) {
      return engine.newCpu(space, platform, change.apply(state));
    }

    @Override
    public byte[] hypercallStub(int number) {
      return engine.hypercallStub(number);
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private static Engine lockstep(UnaryOperator<InitialState> change) {
    return new LockstepEngine(new Second(change, new JvmEngine()));
  }

  /** The second processor begins with another RDX. */
  private static InitialState otherwise(InitialState s) {
    long[] general = s.general();
    general[Register.RDX.ordinal()] = 7;
    return new InitialState(
        s.longMode(),
        general,
        s.rip(),
        s.rflags(),
        s.cr0(),
        s.cr3(),
        s.cr4(),
        s.efer(),
        s.cs(),
        s.ds(),
        s.es(),
        s.ss(),
        s.tr());
  }

  private static Exit run(TestGuest guest, Cpu cpu) {
    Exit exit = Exit.BUDGET_SPENT;
    while (exit == Exit.BUDGET_SPENT) {
      exit = cpu.run(100);
    }
    return exit;
  }

  @Test
  void whatBothDoHappensOnce() {
    try (TestGuest guest = new TestGuest(lockstep(state -> state))) {
      guest.platform.answer = 0x1234;
      Cpu cpu = guest.start64(TestGuest.code(PROGRAM));
      assertEquals(Exit.HALTED, run(guest, cpu));
      assertEquals(256, guest.u32(TestGuest.DATA));
      assertEquals(0x1234, guest.u32(TestGuest.DATA + 4));
      assertEquals(2, guest.platform.log.size(), guest.platform.log::toString);
    }
  }

  @Test
  void aDifferenceIsSaidWithBothValuesAndEndsTheRun() {
    try (TestGuest guest = new TestGuest(lockstep(LockstepTest::otherwise))) {
      guest.platform.answer = 0x1234;
      Cpu cpu = guest.start64(TestGuest.code(PROGRAM));
      Exit.EngineFailure failure =
          assertInstanceOf(Exit.EngineFailure.class, run(guest, cpu), "no difference was seen");
      assertTrue(failure.why().contains("RDX: 0x0, 0x7"), failure::why);
      assertTrue(failure.why().contains("10000: mov ecx, 0x100"), failure::why);
      assertEquals(0, guest.platform.log.size(), guest.platform.log::toString);
    }
  }

  @Test
  void interruptsAndFaultsAreDeliveredToBoth() {
    try (TestGuest guest = new TestGuest(lockstep(state -> state))) {
      Cpu cpu = guest.start64(TestGuest.code("0f0b ud2\n"));
      assertEquals(Exit.HALTED, run(guest, cpu));
      assertEquals(TestGuest.handler(GuestException.UD) + 1, cpu.get(Register.RIP));
      assertEquals(1, guest.platform.exceptions.size());
      cpu.interrupt(2);
      assertEquals(TestGuest.handler(2), cpu.get(Register.RIP));
      assertEquals(Exit.HALTED, run(guest, cpu));
    }
  }
}
