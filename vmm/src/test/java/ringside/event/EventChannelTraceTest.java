package ringside.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.EventChannelAbi.*;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CALLBACK_IRQ;
import static ringside.abi.gen.SchedAbi.SCHEDOP_shutdown;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_event_channel_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_sched_op;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.abi.Snapshot;
import ringside.abi.Width;
import ringside.abi.gen.EvtchnAllocUnbound;
import ringside.abi.gen.EvtchnBindInterdomain;
import ringside.abi.gen.EvtchnSend;
import ringside.abi.gen.SchedShutdown;
import ringside.cpu.Exit;
import ringside.cpu.Register;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.FakeEngine.FakeCpu;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.trace.EventGlobs;
import ringside.trace.TraceHeader;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;
import ringside.trace.TraceWriter;

/** A whole run, recorded: one domain notifies another, which is interrupted, and both shut down. */
class EventChannelTraceTest {
  private static final long ARGUMENT = 0x20_0000;
  private static final int VECTOR = 0x30;

  @TempDir Path directory;

  private static long call(Domain domain, int number, int cmd, Snapshot argument) {
    try {
      domain.space().write(new Gpa(ARGUMENT), argument.bytes());
      long result = Machines.cpu(domain).hypercall(number, cmd, ARGUMENT);
      byte[] back = domain.space().read(new Gpa(ARGUMENT), argument.bytes().length);
      System.arraycopy(back, 0, argument.bytes(), 0, back.length);
      return result;
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  private static void shutdown(Domain domain) {
    call(domain, __HYPERVISOR_sched_op, SCHEDOP_shutdown, SchedShutdown.zero(Width.W64));
  }

  private static void send(Domain domain, long port) {
    EvtchnSend arg = EvtchnSend.zero(Width.W64);
    arg.port(port);
    assertEquals(0, call(domain, __HYPERVISOR_event_channel_op, EVTCHNOP_send, arg));
  }

  /** Returns the sender's port. */
  private static long connect(Domain sender, Domain receiver) {
    EvtchnAllocUnbound unbound = EvtchnAllocUnbound.zero(Width.W64);
    unbound.dom(DOMID_SELF);
    unbound.remoteDom(sender.id());
    assertEquals(0, call(receiver, __HYPERVISOR_event_channel_op, EVTCHNOP_alloc_unbound, unbound));
    EvtchnBindInterdomain bind = EvtchnBindInterdomain.zero(Width.W64);
    bind.remoteDom(receiver.id());
    bind.remotePort(unbound.port());
    assertEquals(0, call(sender, __HYPERVISOR_event_channel_op, EVTCHNOP_bind_interdomain, bind));
    return bind.localPort();
  }

  private Path record(String name, EventGlobs globs) throws Exception {
    Path file = directory.resolve(name);
    TraceHeader header = TraceHeader.of(1, "fake", "", globs, "");
    FakeEngine engine = new FakeEngine();
    try (Machine machine =
        new Machine(
            engine, 1L << 30, TraceWriter.create(file, header, globs), new Machines.Heard())) {
      Domain sender = Machines.domain(machine, "sender");
      Domain receiver = Machines.domain(machine, "receiver");
      receiver.params().set(HVM_PARAM_CALLBACK_IRQ, 2L << 56 | VECTOR);
      FakeCpu receiving = Machines.cpu(receiver);
      receiving.set(Register.RFLAGS, 0x202);
      long port = connect(sender, receiver);
      engine.program(
          (cpu, budget) -> {
            cpu.spend(100);
            if (cpu != receiving) {
              send(sender, port);
              shutdown(sender);
            } else if (cpu.get(Register.CR8) == VECTOR) {
              shutdown(receiver);
            }
            return Exit.BUDGET_SPENT;
          });
      machine.start(receiver);
      machine.start(sender);
      machine.run(1_000_000_000);
    }
    return file;
  }

  private static List<TraceRecord> all(TraceReader reader) {
    List<TraceRecord> records = new ArrayList<>();
    for (TraceRecord r = reader.next(); r != null; r = reader.next()) {
      records.add(r);
    }
    assertTrue(reader.end().complete(), reader.end()::toString);
    return records;
  }

  private static List<String> chain(List<TraceRecord> records, TraceRecord from) {
    List<String> chain = new ArrayList<>();
    for (long id = from.id(); id != 0; id = records.get((int) id - 1).cause()) {
      TraceRecord r = records.get((int) id - 1);
      chain.add(r.domain() + " " + r.type());
    }
    return chain;
  }

  private static TraceRecord last(List<TraceRecord> records, String type) {
    return records.stream().filter(r -> r.type().equals(type)).toList().getLast();
  }

  @Test
  void anUpcallIsCausedByTheSendersHypercall() throws Exception {
    try (TraceReader reader = TraceReader.open(record("all", EventGlobs.ALL))) {
      List<TraceRecord> records = all(reader);
      TraceRecord upcall = last(records, "evtchn.upcall");
      assertEquals(2, upcall.domain());
      List<String> chain = chain(records, upcall);
      assertEquals("2 evtchn.upcall", chain.getFirst());
      assertEquals("2 evtchn.pending", chain.get(1));
      assertEquals("1 hypercall.entry", chain.getLast());
      TraceRecord bind = last(records, "evtchn.bind");
      assertEquals("interdomain", bind.text("kind", ""));
      assertEquals(2, bind.number("remote_domain", 0));
      assertEquals(List.of("1 evtchn.bind", "1 hypercall.entry"), chain(records, bind));
    }
  }

  @Test
  void theEndOfADomainIsCausedByItsHypercall() throws Exception {
    try (TraceReader reader = TraceReader.open(record("all", EventGlobs.ALL))) {
      List<TraceRecord> records = all(reader);
      TraceRecord end = last(records, "domain.destroy");
      String id = end.domain() + " ";
      assertEquals(
          List.of(id + "domain.destroy", id + "domain.shutdown", id + "hypercall.entry"),
          chain(records, end));
    }
  }

  @Test
  void causesStepOverWhatIsNotSelected() throws Exception {
    EventGlobs globs = EventGlobs.parse("hypercall.entry,evtchn.upcall");
    try (TraceReader reader = TraceReader.open(record("some", globs))) {
      List<TraceRecord> records = all(reader);
      TraceRecord upcall = last(records, "evtchn.upcall");
      assertEquals(List.of("2 evtchn.upcall", "1 hypercall.entry"), chain(records, upcall));
    }
  }

  @Test
  void twoRunsGiveTheSameBytes() throws Exception {
    assertArrayEquals(
        Files.readAllBytes(record("a", EventGlobs.ALL)),
        Files.readAllBytes(record("b", EventGlobs.ALL)));
  }
}
