package ringside.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.GrantTableAbi.*;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_grant_table_op;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.cpu.Exit;
import ringside.cpu.Register;
import ringside.domain.Continuation;
import ringside.domain.FakeEngine;
import ringside.domain.FakeEngine.FakeCpu;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.ShutdownReason;
import ringside.trace.GrantEvent;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/** A list without end in the pCPU loop, and what the trace tells of grants. */
class LongCallsTest {
  private final FakeEngine engine = new FakeEngine();

  /** Lists as many elements as the ABI has room for: it ends where its memory does. */
  @Test
  void aHostileCountTakesTimeAndNobodyElsesTurn() {
    try (Machine machine = Machines.machine(engine)) {
      Guest hostile = new Guest(machine, "hostile");
      Guest neighbour = new Guest(machine, "neighbour");
      FakeCpu calling = Machines.cpu(hostile.domain());
      int[] turns = new int[2];
      long[] result = new long[1];
      long[] ended = new long[1];
      engine.program(
          (cpu, budget) -> {
            if (cpu != calling) {
              cpu.spend(Math.min(budget, 1000));
              turns[ended[0] == 0 ? 0 : 1]++;
            } else if (cpu.get(Register.RIP) != 0) {
              cpu.spend(1);
              cpu.set(Register.RIP, 0); // the call is made once
              long op = GNTTABOP_unmap_grant_ref;
              cpu.hypercall(__HYPERVISOR_grant_table_op, op, Guest.LIST, 0x7fff_ffff);
            } else {
              result[0] = cpu.get(Register.RAX);
              ended[0] = machine.clock().now();
              hostile.domain().shutdown(ShutdownReason.POWEROFF, hostile.domain().vcpu(0), 0);
            }
            return Exit.BUDGET_SPENT;
          });
      machine.start(hostile.domain());
      machine.start(neighbour.domain());
      machine.run(500_000_000);

      assertEquals(-EFAULT, result[0]);
      long elements = ((64L << 20) - Guest.LIST) / 24;
      assertTrue(ended[0] > elements / 1024 * Continuation.STEP_NS, "ended at " + ended[0] + " ns");
      assertTrue(turns[0] > 1_000, "turns of the neighbour meanwhile: " + turns[0]);
    }
  }

  /** Keeps the grant events. */
  private static final class Kept implements Tracer {
    final List<TraceEvent> events = new ArrayList<>();

    @Override
    public boolean on(String type) {
      return GrantEvent.TYPES.contains(type);
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

  @Test
  void mapsAndUnmapsAreTracedAndThoseOfADeathToo() {
    Kept kept = new Kept();
    try (Machine machine = new Machine(engine, 1L << 30, kept, new Machines.Heard())) {
      GrantGuest granter = new GrantGuest(machine, "granter");
      GrantGuest mapper = new GrantGuest(machine, "mapper");
      granter.entry(8, GTF_permit_access, mapper.id(), 0x300);
      long mfn = granter.domain().space().mfn(0x300);
      int first = mapper.map(granter, 8, 0x20000);
      int second = mapper.mapReadonly(granter, 8, 0x20001);
      mapper.map(granter, 9, 0x20002);
      mapper.unmap(first, 0x20000);
      mapper.domain().shutdown(ShutdownReason.POWEROFF, mapper.domain().vcpu(0), 0);
      machine.run(1);
      int bad = GNTST_general_error;
      assertEquals(
          List.of(
              new GrantEvent.Map(granter.id(), 8, 0x20000, mfn, false, first, GNTST_okay),
              new GrantEvent.Map(granter.id(), 8, 0x20001, mfn, true, second, GNTST_okay),
              new GrantEvent.Map(granter.id(), 9, 0x20002, -1, false, bad, bad),
              new GrantEvent.Unmap(granter.id(), 8, 0x20000, first, GNTST_okay),
              new GrantEvent.Unmap(granter.id(), 8, 0x20001, second, GNTST_okay)),
          kept.events);
    }
  }
}
