package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CALLBACK_IRQ;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.cpu.Register;

/** What comes while a vCPU is on its way to sleep, as from another pCPU, keeps it awake. */
class SleeplessTest {
  private static final int PORT = 5;
  private static final ImmutableIntArray ANOTHER = ImmutableIntArray.of(PORT + 1);

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Guest guest = new Guest(machine, "sleepless");
  private final Vcpu vcpu = guest.domain().vcpu(0);

  @BeforeEach
  void run() {
    machine.start(guest.domain());
    guest.domain().params().set(HVM_PARAM_CALLBACK_IRQ, 2L << 56 | 0x40);
    vcpu.running(true);
  }

  @AfterEach
  void close() {
    machine.close();
  }

  @Test
  void anNmi() {
    vcpu.sendNmi();
    vcpu.block("test");
    assertEquals(RunState.RUNNING, vcpu.runState());
    vcpu.halted();
    assertEquals(RunState.RUNNING, vcpu.runState());
    vcpu.poll(ANOTHER, 0);
    assertEquals(RunState.RUNNING, vcpu.runState());
  }

  @Test
  void anUpcallThatEndsAPollOfOtherPorts() {
    vcpu.cpu().set(Register.RFLAGS, 0x202);
    vcpu.eventPending(PORT, 0);
    vcpu.poll(ANOTHER, 0);
    assertEquals(RunState.RUNNING, vcpu.runState());
  }

  @Test
  void butNoUpcallThatIsNotTaken() {
    vcpu.cpu().set(Register.RFLAGS, 2);
    vcpu.eventPending(PORT, 0);
    vcpu.poll(ANOTHER, 0);
    assertEquals(RunState.BLOCKED, vcpu.runState());
  }
}
