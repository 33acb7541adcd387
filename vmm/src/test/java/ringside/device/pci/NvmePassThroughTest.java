package ringside.device.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.EventChannelAbi.EVTCHNOP_bind_pirq;
import static ringside.abi.gen.PhysdevAbi.MAP_PIRQ_TYPE_GSI;
import static ringside.abi.gen.PhysdevAbi.PHYSDEVOP_eoi;
import static ringside.abi.gen.PhysdevAbi.PHYSDEVOP_map_pirq;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_event_channel_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_physdev_op;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.EvtchnBindPirq;
import ringside.abi.gen.PhysdevEoi;
import ringside.abi.gen.PhysdevMapPirq;
import ringside.device.Board;
import ringside.device.disk.MemoryDisk;
import ringside.device.nvme.LatencyModel;
import ringside.device.nvme.Namespace;
import ringside.device.nvme.Rig;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Vcpu;
import ringside.memory.Copies;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.trace.NvmeEvent;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/** One controller, several domains: who has it, what it reaches, what is left of those who died. */
class NvmePassThroughTest {
  private static final long BASE = 0x30_0000;
  private static final long NOWHERE = 1L << 35;
  private static final long BAR = 0xf000_0000L;
  private static final int GSI = 16;
  private static final int WRITE = 1;
  private static final int READ = 2;
  private static final int WRITE_ZEROES = 8;
  private static final int DATA_TRANSFER_ERROR = 4;

  /** Keeps the controller's events. */
  private static final class Recorder implements Tracer {
    private final List<TraceEvent> events = new ArrayList<>();

    @Override
    public boolean on(String type) {
      return type.startsWith("nvme.");
    }

    @Override
    public long emit(long time, int domain, int vcpu, long cause, TraceEvent event) {
      if (on(event.type())) {
        events.add(event);
      }
      return cause;
    }

    @Override
    public void close() {}
  }

  /** A domain's board and memory. */
  private record Bus(Domain domain) implements Rig.Bus {
    private Board board() {
      return domain.board();
    }

    private Vcpu vcpu() {
      return domain.vcpu(0);
    }

    /** Memory and bus mastering on. */
    Bus enable() {
      board().portWrite(vcpu(), 0xcf8, 4, 1L << 31 | 3 << 11 | 4);
      board().portWrite(vcpu(), 0xcfc, 2, 6);
      return this;
    }

    @Override
    public long read(int offset, int size) {
      return board().mmioRead(vcpu(), BAR + offset, size);
    }

    @Override
    public void write(int offset, int size, long value) {
      board().mmioWrite(vcpu(), BAR + offset, size, value);
    }

    @Override
    public ByteBuffer memory(long gpa, int length) {
      try {
        return domain.space().buffer(new Gpa(gpa), length, true);
      } catch (GuestFault e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public boolean step() {
      long next = domain.machine().timers().next();
      domain.machine().timers().fireDue(next);
      return next != Long.MAX_VALUE;
    }
  }

  private final Machines.Heard heard = new Machines.Heard();
  private final Recorder trace = new Recorder();
  private final Machine machine = new Machine(new FakeEngine(), 1L << 30, trace, heard);
  private final Guest first = new Guest(machine, "first");
  private final Guest second = new Guest(machine, "second");
  private final MemoryDisk disk = new MemoryDisk(1 << 20);

  @AfterEach
  void close() {
    machine.close();
  }

  private NvmePassThrough controller(long ns) {
    LatencyModel latency =
        new LatencyModel() {
          @Override
          public long done(Work work, long bytes, long now) {
            return work == Work.ADMIN ? now : now + ns;
          }

          @Override
          public void reset() {}
        };
    return new NvmePassThrough(
        machine, "TEST", latency, List.of(new Namespace(1, disk, 512, 1)), new Copies(false));
  }

  private static Rig start(Guest guest) {
    return new Rig(new Bus(guest.domain()).enable(), BASE).start();
  }

  private byte onDisk() {
    ByteBuffer bytes = ByteBuffer.allocate(1);
    disk.read(0, bytes);
    return bytes.get(0);
  }

  private <T extends NvmeEvent> List<T> traced(Class<T> type) {
    return trace.events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void oneDomainHasTheControllerUntilItStops() {
    NvmePassThrough controller = controller(0);
    controller.assign(first.domain());
    assertThrows(IllegalStateException.class, () -> controller.assign(second.domain()));
    assertEquals("none", second.domain().board().mmioOwner(BAR));
    start(first);
    machine.kill(first.domain(), "for the test");
    assertEquals("none", first.domain().board().mmioOwner(BAR));
    controller.assign(second.domain());
    Bus bus = new Bus(second.domain());
    assertEquals(0, bus.read(0x14, 4), "CC is as at power-on");
    assertEquals(0, bus.read(0x24, 4), "so is AQA");
    assertEquals(0, start(second).blocks(READ, 0, 1, 0));
  }

  @Test
  void theOldOwnersEndDoesNotDisturbTheNewOne() {
    NvmePassThrough controller = controller(0);
    controller.assign(first.domain());
    start(first);
    machine.kill(first.domain(), "for the test");
    controller.assign(second.domain());
    Rig rig = start(second);
    new Bus(first.domain()).enable().write(0x14, 4, 0);
    first.domain().board().quiesce();
    first.domain().board().reset();
    assertEquals(0x46_0001, new Bus(second.domain()).read(0x14, 4));
    assertEquals(0, rig.blocks(READ, 0, 1, 0));
  }

  @Test
  void dmaReachesTheOwnersMemoryAlone() {
    NvmePassThrough controller = controller(0);
    controller.assign(first.domain());
    first.write(BASE + Rig.DATA, new byte[] {1});
    second.write(BASE + Rig.DATA, new byte[] {2});
    assertEquals(0, start(first).blocks(WRITE, 0, 1, 0));
    assertEquals(1, onDisk());
    machine.kill(first.domain(), "for the test");
    controller.assign(second.domain());
    assertEquals(0, start(second).blocks(READ, 0, 1, 0));
    assertEquals(1, second.read(BASE + Rig.DATA, 1)[0]);
  }

  @Test
  void strayDmaIsBlockedTracedAndReported() {
    controller(0).assign(first.domain());
    Rig rig = start(first);
    assertEquals(DATA_TRANSFER_ERROR, rig.run(Rig.IO, WRITE, 1, NOWHERE, 0, 0, 0).status());
    assertEquals(
        List.of(new NvmeEvent.DmaBlocked(NOWHERE, 512, false)), traced(NvmeEvent.DmaBlocked.class));
    assertTrue(
        heard.notices.toString().contains("DMA blocked: read 0x800000000, 512 bytes"),
        heard.notices::toString);
    for (int i = 0; i < 20; i++) {
      assertEquals(DATA_TRANSFER_ERROR, rig.run(Rig.IO, READ, 1, NOWHERE, 0, 0, 0).status());
    }
    assertEquals(21, traced(NvmeEvent.DmaBlocked.class).size());
    assertEquals(10, heard.notices.toString().lines().count(), "a flood says no more");
    assertEquals(0, rig.blocks(READ, 0, 1, 0));
  }

  @Test
  void aQueueWhereNoMemoryIsStopsTheControllerAndNothingElse() {
    controller(0).assign(first.domain());
    Bus bus = new Bus(first.domain()).enable();
    bus.write(0x24, 4, 0x7_0007);
    bus.write(0x28, 8, NOWHERE);
    bus.write(0x30, 8, BASE);
    bus.write(0x14, 4, 0x46_0001);
    bus.write(0x1000, 4, 1);
    assertEquals(2, bus.read(0x1c, 4) & 2, "CSTS.CFS");
    assertEquals(1, traced(NvmeEvent.Fatal.class).size());
    assertTrue(heard.notices.toString().contains("the controller cannot go on"));
    bus.write(0x14, 4, 0);
    assertEquals(0, start(first).blocks(READ, 0, 1, 0));
  }

  @Test
  void whatADeadDomainHadUnderWayHasNoEffect() {
    NvmePassThrough controller = controller(1000);
    controller.assign(first.domain());
    first.write(BASE + Rig.DATA, new byte[] {1});
    Rig rig = start(first);
    rig.post(Rig.IO, WRITE, 1, rig.data(), 0, 0, 1 << 30);
    rig.post(Rig.IO, READ, 1, rig.data() + 0x1000, 1, 0, 0);
    first.write(rig.data() + 0x1000, new byte[] {7});
    int completions = traced(NvmeEvent.Completion.class).size();
    machine.kill(first.domain(), "for the test");
    controller.assign(second.domain());
    Rig next = start(second);
    machine.timers().fireDue(1_000_000);
    assertEquals(0, onDisk());
    assertEquals(7, first.read(BASE + Rig.DATA + 0x1000, 1)[0]);
    assertEquals(completions + 2, traced(NvmeEvent.Completion.class).size(), "two queues made");
    assertTrue(traced(NvmeEvent.Reset.class).contains(new NvmeEvent.Reset(2)));
    assertEquals(0, next.blocks(READ, 0, 1, 0));
  }

  /** Zeroes need no memory: nothing but the reset keeps them from the disk. */
  @Test
  void norHasItWhenNobodyGetsTheControllerNext() {
    disk.write(0, ByteBuffer.wrap(new byte[] {5}));
    controller(1000).assign(first.domain());
    start(first).post(Rig.IO, WRITE_ZEROES, 1, 0, 0, 0, 1 << 30);
    machine.kill(first.domain(), "for the test");
    machine.timers().fireDue(1_000_000);
    assertEquals(5, onDisk());
  }

  @Test
  void aDomainWithoutMessagesGetsItsInterruptsByEventChannel() {
    controller(0).assign(first.domain());
    PhysdevMapPirq map = PhysdevMapPirq.zero(Width.W64);
    map.domid(DOMID_SELF);
    map.type(MAP_PIRQ_TYPE_GSI);
    map.index(GSI);
    map.pirq(-1);
    assertEquals(0, first.call(__HYPERVISOR_physdev_op, PHYSDEVOP_map_pirq, map));
    EvtchnBindPirq bind = EvtchnBindPirq.zero(Width.W64);
    bind.pirq(map.pirq());
    assertEquals(0, first.call(__HYPERVISOR_event_channel_op, EVTCHNOP_bind_pirq, bind));
    int port = (int) bind.port();
    PhysdevEoi eoi = PhysdevEoi.zero(Width.W64);
    eoi.irq(map.pirq());
    Rig rig = start(first);
    assertTrue(fired(port), "the admin queue's completions");
    assertEquals(0, first.call(__HYPERVISOR_physdev_op, PHYSDEVOP_eoi, eoi));
    assertFalse(fired(port), "all was acknowledged");
    rig.post(Rig.IO, READ, 1, rig.data(), 0, 0, 0);
    new Bus(first.domain()).step();
    assertTrue(fired(port));
    assertEquals(0, first.call(__HYPERVISOR_physdev_op, PHYSDEVOP_eoi, eoi));
    assertTrue(fired(port), "the entry was not acknowledged before the EOI");
    assertEquals(0, rig.poll(Rig.IO).status());
    assertEquals(0, first.call(__HYPERVISOR_physdev_op, PHYSDEVOP_eoi, eoi));
    assertFalse(fired(port));
    new Bus(first.domain()).write(0x0c, 4, 1); // INTMS
    assertEquals(0, rig.blocks(READ, 0, 1, 0));
    assertFalse(fired(port), "the pin is masked");
  }

  /** Whether the port has fired since the last question. */
  private boolean fired(int port) {
    boolean pending = first.domain().sharedInfo().pending(port);
    first.domain().sharedInfo().clearPending(port);
    return pending;
  }
}
