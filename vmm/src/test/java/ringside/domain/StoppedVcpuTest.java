package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static ringside.abi.gen.SchedAbi.SCHEDOP_poll;
import static ringside.abi.gen.SchedAbi.SCHEDOP_shutdown;
import static ringside.abi.gen.VcpuAbi.VCPUOP_down;
import static ringside.abi.gen.VcpuAbi.VCPUOP_up;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_multicall;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_sched_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_vcpu_op;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.SchedPoll;

/** A multicall goes on behind the entry that stopped its own vCPU; nothing there may wake it. */
class StoppedVcpuTest {
  private static final long DEADLINE = 1_000_000;
  private static final long POLL = Guest.ARGUMENT;
  private static final long REASON = Guest.ARGUMENT + 0x100;

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Guest guest = new Guest(machine, "hostile");
  private final Vcpu vcpu = guest.domain().vcpu(0);

  @AfterEach
  void close() {
    machine.close();
  }

  /** Each entry: operation, then two arguments. */
  private void multicall(long[]... entries) {
    SchedPoll poll = SchedPoll.zero(Width.W64);
    poll.timeout(DEADLINE);
    guest.write(POLL, poll.bytes());
    guest.u32(REASON, 0);
    for (int i = 0; i < entries.length; i++) {
      guest.words(Guest.LIST + i * 64L, entries[i][0], 0, entries[i][1], entries[i][2], 0, 0, 0, 0);
    }
    guest.call(__HYPERVISOR_multicall, Guest.LIST, entries.length);
  }

  private static final long[] POLL_CALL = {__HYPERVISOR_sched_op, SCHEDOP_poll, POLL};

  @Test
  void aPollBehindAShutdownDoesNotBringTheVcpuBack() {
    machine.start(guest.domain());
    multicall(
        new long[] {__HYPERVISOR_sched_op, SCHEDOP_shutdown, REASON},
        POLL_CALL,
        POLL_CALL,
        new long[] {__HYPERVISOR_vcpu_op, VCPUOP_up, 0});
    assertFalse(guest.domain().running());
    assertEquals(RunState.OFFLINE, vcpu.runState());
    machine.timers().fireDue(DEADLINE);
    assertEquals(RunState.OFFLINE, vcpu.runState());
  }

  @Test
  void aPollBehindVcpuopDownDoesNotBringTheVcpuBack() {
    machine.start(guest.domain());
    multicall(new long[] {__HYPERVISOR_vcpu_op, VCPUOP_down, 0}, POLL_CALL);
    assertEquals(RunState.OFFLINE, vcpu.runState());
  }

  @Test
  void manyPollsInOneMulticallLeaveOneTimer() {
    machine.start(guest.domain());
    multicall(POLL_CALL, POLL_CALL, POLL_CALL);
    assertEquals(RunState.BLOCKED, vcpu.runState());
    vcpu.wake("test", 0);
    assertEquals(Long.MAX_VALUE, machine.timers().next());
  }

  @Test
  void aTimerAnAgeAwayIsNoReasonToGoThere() {
    machine.start(guest.domain());
    vcpu.timers().oneShot(Long.MAX_VALUE - 1, 0);
    vcpu.block("test");
    assertEquals(Pcpu.End.STUCK, machine.run(Long.MAX_VALUE));
  }
}
