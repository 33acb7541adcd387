package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.VcpuAbi.VCPUOP_set_periodic_timer;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_vcpu_op;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.ivmc.Services;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/** Arguments that would once have hung or hurt the machine. */
class HostileArgumentsTest {
  private static final long MILLISECOND = 1_000_000;

  private final Machine machine = Machines.machine(new FakeEngine());

  @AfterEach
  void close() {
    machine.close();
  }

  @Test
  void aTimerWithThePeriodOfAnAgeDoesNotFireForEver() throws GuestFault {
    Domain domain = Machines.domain(machine, "a");
    machine.start(domain);
    machine.run(MILLISECOND);
    domain.space().u64(new Gpa(0x20_0000), Long.MAX_VALUE);
    long set =
        Machines.cpu(domain)
            .hypercall(__HYPERVISOR_vcpu_op, VCPUOP_set_periodic_timer, 0, 0x20_0000);
    assertEquals(0, set);
    assertEquals(Pcpu.End.TIME_LIMIT, machine.run(3 * MILLISECOND));
  }

  @Test
  void aPollUntilTheEndOfTimeWaits() {
    Domain domain = Machines.domain(machine, "a");
    machine.start(domain);
    domain.vcpu(0).poll(ImmutableIntArray.of(5), -1);
    assertEquals(RunState.BLOCKED, domain.vcpu(0).runState());
  }

  @Test
  void aPortThatTheNarrowLayoutHidesIsClosedWithItsDomain() {
    DomainConfig many =
        new DomainConfig(
            "a",
            Machines.IMAGE,
            "",
            4,
            1,
            256,
            0,
            4,
            4000,
            0,
            DomainAction.DESTROY,
            DomainAction.DESTROY,
            DomainAction.DESTROY,
            ImmutableList.of(),
            Services.NONE);
    Domain hidden = Machines.domain(machine, many);
    Domain peer = Machines.domain(machine, "b");
    int port = 0;
    while (port < 2000) {
      port = hidden.events().allocUnbound(peer.id());
    }
    int theirs = peer.events().bindInterdomain(hidden.events(), port, 0);
    assertTrue(theirs > 0);
    hidden.latchWidth(Width.W32);
    hidden.events().closeAll();
    assertEquals(1, peer.events().status(theirs).status(), "unbound, not bound to the dead");
    assertFalse(hidden.events().valid(port));
  }
}
