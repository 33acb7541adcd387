package ringside.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ErrnoAbi.*;
import static ringside.abi.gen.EventChannelAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.VIRQ_TIMER;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_event_channel_op;

import com.google.common.collect.ImmutableSortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Snapshot;
import ringside.abi.Width;
import ringside.abi.gen.EvtchnAllocUnbound;
import ringside.abi.gen.EvtchnBindInterdomain;
import ringside.abi.gen.EvtchnBindVirq;
import ringside.abi.gen.EvtchnClose;
import ringside.abi.gen.EvtchnSend;
import ringside.abi.gen.EvtchnStatus;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Resources;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/** event_channel_op as a guest sees it: structures in its memory, results in RAX. */
class EventChannelOpTest {
  private static final long ARGUMENT = 0x20_0000;

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Domain one = Machines.domain(machine, "one");
  private final Domain two = Machines.domain(machine, "two");

  @AfterEach
  void close() {
    machine.close();
  }

  private long call(Domain domain, int cmd, Snapshot argument) throws GuestFault {
    domain.space().write(new Gpa(ARGUMENT), argument.bytes());
    long result = Machines.cpu(domain).hypercall(__HYPERVISOR_event_channel_op, cmd, ARGUMENT);
    byte[] back = domain.space().read(new Gpa(ARGUMENT), argument.bytes().length);
    System.arraycopy(back, 0, argument.bytes(), 0, back.length);
    return result;
  }

  private int allocUnbound(Domain owner, int remote) throws GuestFault {
    EvtchnAllocUnbound arg = EvtchnAllocUnbound.zero(Width.W64);
    arg.dom(DOMID_SELF);
    arg.remoteDom(remote);
    assertEquals(0, call(owner, EVTCHNOP_alloc_unbound, arg));
    return (int) arg.port();
  }

  private int bind(Domain domain, Domain remote, int port) throws GuestFault {
    EvtchnBindInterdomain arg = EvtchnBindInterdomain.zero(Width.W64);
    arg.remoteDom(remote.id());
    arg.remotePort(port);
    assertEquals(0, call(domain, EVTCHNOP_bind_interdomain, arg));
    return (int) arg.localPort();
  }

  private long send(Domain domain, int port) throws GuestFault {
    EvtchnSend arg = EvtchnSend.zero(Width.W64);
    arg.port(port);
    return call(domain, EVTCHNOP_send, arg);
  }

  private long status(Domain domain, int port) throws GuestFault {
    EvtchnStatus arg = EvtchnStatus.zero(Width.W64);
    arg.dom(DOMID_SELF);
    arg.port(port);
    assertEquals(0, call(domain, EVTCHNOP_status, arg));
    return arg.status();
  }

  @Test
  void aSentEventIsPendingAtTheOtherEndOnly() throws GuestFault {
    int theirs = allocUnbound(two, one.id());
    int ours = bind(one, two, theirs);
    assertEquals(EVTCHNSTAT_interdomain, status(one, ours));
    assertEquals(EVTCHNSTAT_interdomain, status(two, theirs));
    one.sharedInfo().clearPending(ours); // set by the binding itself

    assertEquals(0, send(one, ours));

    assertTrue(two.sharedInfo().pending(theirs));
    assertTrue(two.vcpu(0).info().upcallPending());
    assertFalse(one.sharedInfo().pending(ours));
  }

  @Test
  void onlyTheDomainAPortWasMadeForCanBindToIt() throws GuestFault {
    int port = allocUnbound(two, two.id());
    EvtchnBindInterdomain arg = EvtchnBindInterdomain.zero(Width.W64);
    arg.remoteDom(two.id());
    arg.remotePort(port);
    assertEquals(-EINVAL, call(one, EVTCHNOP_bind_interdomain, arg));
    arg.remoteDom(77);
    assertEquals(-ESRCH, call(one, EVTCHNOP_bind_interdomain, arg));
  }

  @Test
  void closingOneEndLeavesTheOtherUnbound() throws GuestFault {
    int theirs = allocUnbound(two, one.id());
    int ours = bind(one, two, theirs);
    EvtchnClose arg = EvtchnClose.zero(Width.W64);
    arg.port(ours);
    assertEquals(0, call(one, EVTCHNOP_close, arg));
    assertEquals(EVTCHNSTAT_closed, status(one, ours));
    assertEquals(EVTCHNSTAT_unbound, status(two, theirs));
    assertEquals(0, send(two, theirs));
    assertEquals(-EINVAL, send(one, ours));
    assertEquals(-EINVAL, call(one, EVTCHNOP_close, arg));
  }

  @Test
  void aVirqIsBoundOncePerVcpuAndCannotBeSentTo() throws GuestFault {
    EvtchnBindVirq arg = EvtchnBindVirq.zero(Width.W64);
    arg.virq(VIRQ_TIMER);
    assertEquals(0, call(one, EVTCHNOP_bind_virq, arg));
    int port = (int) arg.port();
    assertEquals(-EEXIST, call(one, EVTCHNOP_bind_virq, arg));
    assertEquals(-EINVAL, send(one, port));
    arg.vcpu(1);
    assertEquals(-ENOENT, call(one, EVTCHNOP_bind_virq, arg));
    arg.virq(24);
    assertEquals(-EINVAL, call(one, EVTCHNOP_bind_virq, arg));
  }

  @Test
  void aMaskedEventStaysPendingAndComesThroughOnUnmask() throws GuestFault {
    int theirs = allocUnbound(two, one.id());
    int ours = bind(one, two, theirs);
    // Masked by hand, as a guest does in its shared page.
    two.sharedInfo().frame().orU32(0xa00 + (theirs >>> 5) * 4, 1 << theirs);

    assertEquals(0, send(one, ours));
    assertTrue(two.sharedInfo().pending(theirs));
    assertFalse(two.vcpu(0).info().upcallPending());

    EvtchnClose unmask = EvtchnClose.zero(Width.W64);
    unmask.port(theirs);
    assertEquals(0, call(two, EVTCHNOP_unmask, unmask));
    assertTrue(two.vcpu(0).info().upcallPending());
  }

  @Test
  void portsRunOutWithEnospcAndNoneIsLost() throws GuestFault {
    EvtchnAllocUnbound arg = EvtchnAllocUnbound.zero(Width.W64);
    arg.dom(DOMID_SELF);
    int made = 0;
    while (call(one, EVTCHNOP_alloc_unbound, arg) == 0) {
      made++;
    }
    assertEquals(-ENOSPC, call(one, EVTCHNOP_alloc_unbound, arg));
    assertTrue(made <= one.config().maxEventChannels() && made > 1000, made + " ports");
  }

  @Test
  void openPortsAreCountedByKind() throws GuestFault {
    Resources before = Resources.of(one);
    assertEquals(ImmutableSortedMap.of("backend", 2), before.ports());
    int ours = bind(one, two, allocUnbound(two, one.id()));
    allocUnbound(one, two.id());
    assertEquals(
        ImmutableSortedMap.of("backend", 2, "interdomain", 1, "unbound", 1),
        Resources.of(one).ports());
    one.events().close(ours);
    one.events().close(ours + 1);
    assertEquals(before, Resources.of(one));
  }

  @Test
  void aPointerToNowhereIsEfault() {
    long result =
        Machines.cpu(one).hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_send, 0xffff_f000L);
    assertEquals(-EFAULT, result);
  }
}
