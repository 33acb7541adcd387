package ringside.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ErrnoAbi.*;
import static ringside.abi.gen.EventChannelAbi.EVTCHNOP_bind_pirq;
import static ringside.abi.gen.PhysdevAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_event_channel_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_physdev_op;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.EvtchnBindPirq;
import ringside.abi.gen.PhysdevEoi;
import ringside.abi.gen.PhysdevIrqStatusQuery;
import ringside.abi.gen.PhysdevMapPirq;
import ringside.abi.gen.PhysdevUnmapPirq;
import ringside.device.InterruptPin;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;

/** Lines of devices as a guest sees them: numbers, ports, and an event until the EOI. */
class PirqsTest {
  private static final int GSI = 19;

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Guest owner = new Guest(machine, "owner");
  private final Guest stranger = new Guest(machine, "stranger");
  private final InterruptPin pin = owner.domain().events().pirqs().give(GSI);

  @AfterEach
  void close() {
    machine.close();
  }

  /** The number, or the error. */
  private static long map(Guest guest, int type, int gsi, int pirq) {
    PhysdevMapPirq arg = PhysdevMapPirq.zero(Width.W64);
    arg.domid(DOMID_SELF);
    arg.type(type);
    arg.index(gsi);
    arg.pirq(pirq);
    long result = guest.call(__HYPERVISOR_physdev_op, PHYSDEVOP_map_pirq, arg);
    return result == 0 ? arg.pirq() : result;
  }

  private static long unmap(Guest guest, int pirq) {
    PhysdevUnmapPirq arg = PhysdevUnmapPirq.zero(Width.W64);
    arg.domid(DOMID_SELF);
    arg.pirq(pirq);
    return guest.call(__HYPERVISOR_physdev_op, PHYSDEVOP_unmap_pirq, arg);
  }

  /** The port, or the error. */
  private static long bind(Guest guest, long pirq) {
    EvtchnBindPirq arg = EvtchnBindPirq.zero(Width.W64);
    arg.pirq(pirq);
    long result = guest.call(__HYPERVISOR_event_channel_op, EVTCHNOP_bind_pirq, arg);
    return result == 0 ? arg.port() : result;
  }

  private static long eoi(Guest guest, long pirq) {
    PhysdevEoi arg = PhysdevEoi.zero(Width.W64);
    arg.irq(pirq);
    return guest.call(__HYPERVISOR_physdev_op, PHYSDEVOP_eoi, arg);
  }

  /** Whether the port has fired since the last question. */
  private boolean fired(long port) {
    boolean pending = owner.domain().sharedInfo().pending((int) port);
    owner.domain().sharedInfo().clearPending((int) port);
    return pending;
  }

  @Test
  void aLevelIsOneEventUntilTheEoiAndComesAgainWhileItLasts() {
    assertEquals(GSI, map(owner, MAP_PIRQ_TYPE_GSI, GSI, -1));
    long port = bind(owner, GSI);
    assertTrue(port > 0);
    assertFalse(fired(port));
    pin.drive(true, 0);
    assertTrue(fired(port));
    pin.drive(false, 0);
    pin.drive(true, 0);
    assertFalse(fired(port), "a second event before the EOI");
    assertEquals(0, eoi(owner, GSI));
    assertTrue(fired(port), "the line is still asserted");
    pin.drive(false, 0);
    assertEquals(0, eoi(owner, GSI));
    assertFalse(fired(port));
    pin.drive(true, 0);
    assertTrue(fired(port));
  }

  @Test
  void aLineThatIsAssertedBeforeItIsBoundFiresWhenItIs() {
    pin.drive(true, 0);
    map(owner, MAP_PIRQ_TYPE_GSI, GSI, 7);
    long port = bind(owner, 7);
    assertTrue(fired(port));
    owner.domain().events().close((int) port);
    long again = bind(owner, 7);
    assertTrue(fired(again), "closed in the middle of its service");
    assertEquals(-EEXIST, bind(owner, 7));
  }

  @Test
  void aNumberIsTheLinesUntilItIsTakenBack() {
    owner.domain().events().pirqs().give(7);
    assertEquals(7, map(owner, MAP_PIRQ_TYPE_GSI, GSI, 7));
    assertEquals(7, map(owner, MAP_PIRQ_TYPE_GSI, GSI, -1));
    assertEquals(-EEXIST, map(owner, MAP_PIRQ_TYPE_GSI, GSI, 8));
    assertEquals(-EEXIST, map(owner, MAP_PIRQ_TYPE_GSI, 7, 7));
    assertEquals(0, map(owner, MAP_PIRQ_TYPE_GSI, 7, -1));
    long port = bind(owner, 7);
    assertEquals(0, unmap(owner, 7));
    assertEquals(-EINVAL, unmap(owner, 7));
    pin.drive(true, 0);
    assertFalse(fired(port));
    assertEquals(-EINVAL, eoi(owner, 7));
  }

  @Test
  void onlyTheOwnerOfALineGetsIt() {
    assertEquals(-EPERM, map(stranger, MAP_PIRQ_TYPE_GSI, GSI, -1));
    assertEquals(-EPERM, map(owner, MAP_PIRQ_TYPE_GSI, GSI + 1, -1));
    assertEquals(-EPERM, map(owner, MAP_PIRQ_TYPE_MSI, GSI, -1));
    assertEquals(-EPERM, bind(stranger, GSI));
    assertEquals(-EPERM, bind(owner, GSI)); // not mapped yet
    assertEquals(-ENOSYS, eoi(stranger, GSI));
    for (int wrong : new int[] {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertEquals(-EINVAL, map(owner, MAP_PIRQ_TYPE_GSI, wrong, -1));
      assertEquals(-EINVAL, unmap(owner, wrong));
      assertEquals(-EINVAL, bind(owner, wrong & 0xffff_ffffL | 0x100));
      assertEquals(-EINVAL, eoi(owner, wrong & 0xffff_ffffL));
    }
    assertEquals(-EINVAL, map(owner, MAP_PIRQ_TYPE_GSI, GSI, 256));
  }

  @Test
  void theStatusSaysThatAnEoiIsNeeded() {
    PhysdevIrqStatusQuery arg = PhysdevIrqStatusQuery.zero(Width.W64);
    arg.irq(GSI);
    long op = PHYSDEVOP_irq_status_query;
    assertEquals(-EINVAL, owner.call(__HYPERVISOR_physdev_op, (int) op, arg));
    map(owner, MAP_PIRQ_TYPE_GSI, GSI, -1);
    assertEquals(0, owner.call(__HYPERVISOR_physdev_op, (int) op, arg));
    assertEquals(XENIRQSTAT_needs_eoi, arg.flags());
    assertEquals(-ENOSYS, stranger.call(__HYPERVISOR_physdev_op, (int) op, arg));
  }

  @Test
  void aNumberThatCannotBeToldIsNotGiven() {
    long nowhere = 0xffff_f000L;
    assertEquals(-EFAULT, owner.call(__HYPERVISOR_physdev_op, PHYSDEVOP_map_pirq, nowhere));
    assertEquals(-EFAULT, owner.call(__HYPERVISOR_physdev_op, PHYSDEVOP_eoi, nowhere));
    assertEquals(-EINVAL, unmap(owner, GSI));
  }
}
