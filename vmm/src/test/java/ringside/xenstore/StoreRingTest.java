package ringside.xenstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_STORE_EVTCHN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_STORE_PFN;
import static ringside.abi.gen.XsWireAbi.XS_READ;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.domain.Domain;
import ringside.domain.DomainAction;
import ringside.domain.DomainConfig;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.ShutdownReason;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/** The store as a domain of a machine finds it. */
class StoreRingTest {
  private final Machine machine = Machines.machine(new FakeEngine());
  private final Domain domain = Machines.domain(machine, "one");

  @AfterEach
  void close() {
    machine.close();
  }

  @Test
  void aNewDomainFindsWhatXlWrites() {
    XenStore store = machine.store();
    String home = "/local/domain/" + domain.id() + "/";
    assertEquals("one", store.read(home + "name"));
    assertEquals("" + domain.id(), store.read(home + "domid"));
    assertEquals("65536", store.read(home + "memory/target"));
    assertEquals("online", store.read(home + "cpu/0/availability"));
    assertEquals("" + domain.store().port(), store.read(home + "store/port"));
    assertEquals("" + domain.console().port(), store.read(home + "console/port"));
    assertEquals("" + 0xfeffc, store.read(home + "store/ring-ref"));
    assertEquals("", store.read(home + "control/shutdown"));
    assertEquals("one", store.read(store.read(home + "vm") + "/name"));
    domain.store().requestShutdown("poweroff");
    assertEquals("poweroff", store.read(home + "control/shutdown"));
  }

  @Test
  void aRequestInThePageIsAnsweredWithAnEvent() throws GuestFault {
    long page = domain.params().get(HVM_PARAM_STORE_PFN) << 12;
    int port = (int) domain.params().get(HVM_PARAM_STORE_EVTCHN);
    byte[] request = new StoreMessage(XS_READ, 1, 0, StoreText.bytes("domid\0")).bytes();
    domain.space().write(new Gpa(page), request);
    domain.space().u32(new Gpa(page + 0x804), request.length);
    assertEquals(0, domain.events().send(port, 0, 0));
    assertTrue(domain.sharedInfo().pending(port));
    byte[] reply = domain.space().read(new Gpa(page + 0x400), 17);
    assertEquals("" + domain.id(), StoreText.text(StoreMessage.of(reply).payload()));
  }

  @Test
  void aDomainThatIsClosedLeavesNothing() {
    Domain other = Machines.domain(machine, "two");
    String home = "/local/domain/" + other.id();
    assertEquals("two", machine.store().read(home + "/name"));
    other.shutdown(ShutdownReason.POWEROFF, other.vcpu(0), 0);
    assertEquals("two", machine.store().read(home + "/name"), "until its policy is done");
    machine.run(1);
    assertEquals(null, machine.store().read(home));
    assertEquals(0, machine.store().tree().owned(other.id()));
  }

  @Test
  void whatADomainKeepsItsNextLifeFinds() {
    DomainConfig of = DomainConfig.of("two", Machines.IMAGE);
    Domain other =
        Machines.domain(
            machine,
            new DomainConfig(
                of.name(),
                of.kernel(),
                of.cmdline(),
                of.memoryMib(),
                of.vcpus(),
                of.weight(),
                of.cap(),
                of.maxGrantFrames(),
                of.maxEventChannels(),
                of.watchdogNs(),
                DomainAction.DESTROY,
                DomainAction.RESTART,
                DomainAction.DESTROY,
                of.dependsOn(),
                of.services()));
    String kept = "/ringside/kept/" + other.id();
    machine.store().write(kept, "7");
    other.shutdown(ShutdownReason.REBOOT, other.vcpu(0), 0);
    machine.run(1);
    assertTrue(machine.domain(other.id()).running());
    assertEquals("7", machine.store().read(kept));
    assertEquals(1, machine.store().tree().get(kept).permissions().entries().size());
    assertEquals(other.id(), machine.store().tree().get(kept).permissions().owner());
  }
}
