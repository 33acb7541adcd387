package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.EventChannelAbi.EVTCHNOP_send;
import static ringside.abi.gen.HvmAbi.HVMOP_flush_tlbs;
import static ringside.abi.gen.SchedAbi.SCHEDOP_block;
import static ringside.abi.gen.SchedAbi.SCHEDOP_poll;
import static ringside.abi.gen.VcpuAbi.VCPUOP_down;
import static ringside.abi.gen.VcpuAbi.VCPUOP_up;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_event_channel_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_hvm_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_sched_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_vcpu_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_xen_version;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.abi.Width;
import ringside.abi.gen.SchedPoll;
import ringside.cpu.Exit;
import ringside.cpu.InitialState;
import ringside.cpu.Register;
import ringside.domain.FakeEngine.FakeCpu;
import ringside.event.EventChannels;
import ringside.ivmc.Services;
import ringside.memory.Copies;
import ringside.memory.Frame;
import ringside.trace.Tracer;

/** vCPUs on several host threads: "guests" of Java that try what would hang or tear the core. */
@Timeout(60)
class ParallelPcpusTest {
  private static final long MILLISECOND = 1_000_000;
  private static final int UPCALL_PENDING = 0xff;
  private static final int SELECTOR = 8;

  private static final InitialState START = InitialState.pvh(0x10_0000, 0);

  /** Where the argument of EVTCHNOP_send lies. */
  private static final long SEND = Guest.ARGUMENT + 0x800;

  private final FakeEngine engine = new FakeEngine();
  private Machine machine;

  @AfterEach
  void close() {
    machine.close();
  }

  private void pcpus(int count) {
    pcpus(count, System::nanoTime);
  }

  private void pcpus(int count, LongSupplier hostNs) {
    Parallelism parallelism = new Parallelism(count, hostNs, Thread::new, new Copies(true));
    machine = new Machine(engine, 1L << 28, Tracer.OFF, new Machines.Heard(), parallelism);
  }

  private Domain domain(String name, int vcpus, DomainAction onCrash) {
    DomainAction destroy = DomainAction.DESTROY;
    DomainConfig config =
        new DomainConfig(
            name,
            Machines.IMAGE,
            "",
            4,
            vcpus,
            256,
            0,
            4,
            63,
            0,
            destroy,
            destroy,
            onCrash,
            ImmutableList.of(),
            Services.NONE);
    return Machines.domain(machine, config);
  }

  private Domain domain(String name) {
    return domain(name, 1, DomainAction.DESTROY);
  }

  private static FakeCpu cpu(Domain domain, int vcpu) {
    return (FakeCpu) domain.vcpu(vcpu).cpu();
  }

  private static Exit spin(FakeCpu cpu) {
    while (!cpu.exitRequested()) {
      Thread.onSpinWait();
    }
    return Exit.REQUESTED;
  }

  private enum Wait {
    POLL,
    BLOCK,
    HLT
  }

  /** Waits for an event on its port, and answers it, so many times; then its domain ends. */
  private final class Player {
    private final Domain domain;
    private final int port;
    private final Wait wait;
    private int received;

    Player(Domain domain, int port, Wait wait) {
      this.domain = domain;
      this.port = port;
      this.wait = wait;
      if (wait == Wait.POLL) {
        SchedPoll poll = SchedPoll.zero(Width.W64);
        poll.nrPorts(1);
        poll.ports(Guest.LIST);
        Guest guest = new Guest(domain);
        guest.write(Guest.ARGUMENT, poll.bytes());
        guest.u32(Guest.LIST, port);
      }
    }

    Exit play(FakeCpu cpu, int times) {
      while (!cpu.exitRequested()) {
        Frame info = domain.sharedInfo().frame();
        info.andU32(0, ~UPCALL_PENDING);
        info.andU32(SELECTOR, 0);
        if (domain.sharedInfo().pending(port)) {
          domain.sharedInfo().clearPending(port);
          received++;
          if (received <= times) {
            cpu.hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_send, SEND);
          }
          if (received == times) {
            domain.machine().atNextDecision(() -> end(domain));
          }
        } else {
          switch (wait) {
            case POLL -> cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_poll, Guest.ARGUMENT);
            case BLOCK -> cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_block, 0);
            case HLT -> {
              cpu.set(Register.RFLAGS, 0x202);
              return Exit.HALTED;
            }
          }
        }
      }
      return Exit.REQUESTED;
    }
  }

  private static void end(Domain domain) {
    if (domain.running()) {
      domain.shutdown(ShutdownReason.POWEROFF, domain.vcpu(0), 0);
    }
  }

  private int[] channel(Domain a, Domain b) {
    EventChannels of = a.events();
    int first = of.allocUnbound(b.id());
    int second = b.events().bindInterdomain(of, first, 0);
    new Guest(a).u32(SEND, first);
    new Guest(b).u32(SEND, second);
    return new int[] {first, second};
  }

  @ParameterizedTest
  @EnumSource
  void noEventIsLostBetweenDomainsThatWaitForOneAnother(Wait wait) {
    pcpus(2);
    Domain a = domain("a");
    Domain b = domain("b");
    int[] ports = channel(a, b); // an event is pending in b
    Player first = new Player(a, ports[0], wait);
    Player second = new Player(b, ports[1], wait);
    int times = 20_000;
    cpu(a, 0).program((cpu, budget) -> first.play(cpu, times));
    cpu(b, 0).program((cpu, budget) -> second.play(cpu, times));
    machine.start(a);
    machine.start(b);
    assertEquals(Pcpu.End.ALL_STOPPED, machine.run(Long.MAX_VALUE));
    // The answer to the last one comes, too, if the domain's end does not come first.
    assertTrue(second.received == times || second.received == times + 1, "" + second.received);
  }

  /** In a time that stands still, so that no pCPU is ever late. */
  @Test
  void whoWakesComesBackToThePcpuThatHadItLast() {
    pcpus(2, () -> 0);
    Domain[] domains = {domain("a"), domain("b")};
    int[] ports = channel(domains[0], domains[1]);
    AtomicInteger moves = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Player player = new Player(domains[i], ports[i], Wait.BLOCK);
      AtomicReference<Thread> last = new AtomicReference<>();
      Vcpu vcpu = domains[i].vcpu(0);
      cpu(domains[i], 0)
          .program(
              (cpu, budget) -> {
                if (last.getAndSet(Thread.currentThread()) != Thread.currentThread()) {
                  moves.incrementAndGet();
                }
                assertEquals("pcpu" + vcpu.unit().home(), Thread.currentThread().getName());
                return player.play(cpu, 10_000);
              });
      machine.start(domains[i]);
    }
    assertEquals(Pcpu.End.ALL_STOPPED, machine.run(Long.MAX_VALUE));
    assertTrue(moves.get() <= 3, "to a pCPU for each, and one from another: " + moves);
  }

  @Test
  void othersComeInInTheMidstOfAnAccessThatLetsThem() throws InterruptedException {
    pcpus(2);
    Vcpu vcpu = domain("a").vcpu(0);
    CoreLock lock = new CoreLock(new Copies(true));
    AtomicBoolean wasLoose = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger ended = new AtomicInteger();
    Runnable before =
        () -> {
          assertFalse(done.get());
          ended.incrementAndGet();
        };
    Thread accessing = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              lock.enter();
              awaitWaiting(accessing);
              lock.letIn(before); // the access is not this one's
              wasLoose.set(vcpu.loose());
              done.set(true);
              lock.leave();
            });
    other.setDaemon(true);
    lock.enter();
    other.start();
    awaitWaiting(other);
    for (int i = 0; i < 1_000; i++) {
      lock.letIn(before);
    }
    assertFalse(done.get(), "no access is under way");
    assertEquals(0, ended.get());
    lock.accesses(vcpu);
    while (!done.get() && !accessing.isInterrupted()) {
      lock.letIn(before);
    }
    assertTrue(ended.get() > 0);
    assertTrue(wasLoose.get());
    assertFalse(vcpu.loose());
    assertTrue(lock.isMine());
    lock.leave();
    other.join();
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aVcpuThatAPcpuWasCalledForIsForNoOtherMeanwhile() {
    pcpus(2);
    Vcpu vcpu = domain("a").vcpu(0);
    vcpu.up(0);
    vcpu.unit().home(1);
    vcpu.unit().awaited(100);
    assertNull(machine.scheduler().pick(99, 0));
    assertEquals(vcpu, machine.scheduler().pick(99, 1).vcpu());
    assertEquals(vcpu, machine.scheduler().pick(100, 0).vcpu());
    vcpu.unit().home(1);
    assertEquals(vcpu, machine.scheduler().pick(99, 0).vcpu());
  }

  @Test
  void domainsThatWaitForNothingAreStuck() {
    pcpus(3);
    for (String name : new String[] {"a", "b"}) {
      Domain domain = domain(name);
      cpu(domain, 0)
          .program(
              (cpu, budget) -> {
                cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_block, 0);
                return Exit.REQUESTED;
              });
      machine.start(domain);
    }
    assertEquals(Pcpu.End.STUCK, machine.run(Long.MAX_VALUE));
  }

  @Test
  void timersFireWhileAllPcpusAreBusyWithCodeThatLooksAtNoBudget() {
    pcpus(2);
    for (String name : new String[] {"a", "b", "c"}) {
      Domain domain = domain(name);
      cpu(domain, 0).program((cpu, budget) -> spin(cpu));
      machine.start(domain);
    }
    AtomicInteger fired = new AtomicInteger();
    again(fired, 20);
    assertEquals(Pcpu.End.INTERRUPTED, machine.run(Long.MAX_VALUE));
    assertEquals(20, fired.get());
  }

  private void again(AtomicInteger fired, int times) {
    machine
        .timers()
        .at(
            machine.clock().now() + MILLISECOND / 4,
            () -> {
              if (fired.incrementAndGet() == times) {
                machine.interrupt();
              } else {
                again(fired, times);
              }
            });
  }

  @Test
  void theLimitOfTimeEndsWhatNeverComesOutByItself() {
    pcpus(2);
    Domain domain = domain("a", 2, DomainAction.DESTROY);
    cpu(domain, 0).program((cpu, budget) -> spin(cpu));
    machine.start(domain);
    assertEquals(Pcpu.End.TIME_LIMIT, machine.run(20 * MILLISECOND));
    assertEquals(Pcpu.End.TIME_LIMIT, machine.run(30 * MILLISECOND));
    assertTrue(domain.running());
  }

  @Test
  void moreVcpusThanPcpusAllGetOn() {
    pcpus(2);
    AtomicInteger[] runs = new AtomicInteger[5];
    for (int i = 0; i < runs.length; i++) {
      AtomicInteger own = runs[i] = new AtomicInteger();
      Domain domain = domain("d" + i);
      cpu(domain, 0)
          .program(
              (cpu, budget) -> {
                own.incrementAndGet();
                for (AtomicInteger other : runs) {
                  if (other == null || other.get() < 10) {
                    return spin(cpu);
                  }
                }
                machine.interrupt();
                return spin(cpu);
              });
      machine.start(domain);
    }
    assertEquals(Pcpu.End.INTERRUPTED, machine.run(Long.MAX_VALUE));
  }

  @Test
  void aDomainIsDestroyedAndBuiltAnewWhileItsVcpusRun() {
    engine.program(
        (cpu, budget) -> {
          while (!cpu.exitRequested()) {
            cpu.hypercall(__HYPERVISOR_xen_version, 0, 0);
          }
          return Exit.REQUESTED;
        });
    pcpus(3);
    Domain victim = domain("victim", 2, DomainAction.RESTART);
    Domain other = domain("other");
    AtomicInteger kills = new AtomicInteger();
    machine.start(victim);
    machine.start(other);
    kill(victim.id(), kills, 100);
    assertEquals(Pcpu.End.INTERRUPTED, machine.run(Long.MAX_VALUE));
    assertEquals(100, kills.get());
    assertTrue(other.running());
  }

  private void kill(int id, AtomicInteger kills, int times) {
    machine
        .timers()
        .at(
            machine.clock().now() + MILLISECOND / 5,
            () -> {
              Domain victim = machine.domain(id);
              Vcpu second = victim.vcpu(1);
              if (!second.initialised()) {
                second.initialise(START);
                second.up(0);
                kill(id, kills, times);
              } else if (kills.incrementAndGet() == times) {
                machine.interrupt();
              } else {
                machine.kill(victim, "by the test");
                kill(id, kills, times);
              }
            });
  }

  @Test
  void aVcpuIsStoppedAndStartedByAnotherWhileItRuns() {
    engine.program((cpu, budget) -> spin(cpu));
    pcpus(2);
    Domain domain = domain("a", 2, DomainAction.DESTROY);
    domain.vcpu(1).initialise(START);
    AtomicInteger rounds = new AtomicInteger();
    AtomicBoolean up = new AtomicBoolean();
    cpu(domain, 0)
        .program(
            (cpu, budget) -> {
              while (!cpu.exitRequested() && rounds.get() < 20_000) {
                int operation = up.get() ? VCPUOP_down : VCPUOP_up;
                up.set(!up.get());
                assertEquals(0, cpu.hypercall(__HYPERVISOR_vcpu_op, operation, 1));
                rounds.incrementAndGet();
              }
              if (rounds.get() == 20_000) {
                domain.machine().atNextDecision(() -> end(domain));
              }
              return spin(cpu);
            });
    machine.start(domain);
    assertEquals(Pcpu.End.ALL_STOPPED, machine.run(Long.MAX_VALUE));
  }

  @Test
  void aFlushOfAllTlbsIsOverWhenTheVcpusOfOtherPcpusHaveDoneIt() {
    engine.program((cpu, budget) -> spin(cpu));
    pcpus(2);
    Domain domain = domain("a", 2, DomainAction.DESTROY);
    domain.vcpu(1).initialise(START);
    domain.vcpu(1).up(0);
    int[] calls = {0};
    cpu(domain, 0)
        .program(
            (cpu, budget) -> {
              assertTrue(cpu(domain, 1).flushes() >= calls[0]);
              if (calls[0] == 1000) {
                domain.machine().atNextDecision(() -> end(domain));
                return Exit.REQUESTED;
              }
              calls[0]++;
              cpu.hypercall(__HYPERVISOR_hvm_op, HVMOP_flush_tlbs, 0);
              return Exit.REQUESTED;
            });
    machine.start(domain);
    assertEquals(Pcpu.End.ALL_STOPPED, machine.run(Long.MAX_VALUE));
    assertEquals(1000, calls[0]);
  }

  @Test
  void whatFailsOnAPcpuEndsTheRunWithIt() {
    pcpus(2);
    Domain domain = domain("a");
    Domain other = domain("b");
    cpu(domain, 0)
        .program(
            (cpu, budget) -> {
              throw new IllegalStateException("an engine's bug");
            });
    cpu(other, 0).program((cpu, budget) -> spin(cpu));
    machine.start(domain);
    machine.start(other);
    String why =
        assertThrows(IllegalStateException.class, () -> machine.run(Long.MAX_VALUE)).getMessage();
    assertEquals("an engine's bug", why);
  }
}
