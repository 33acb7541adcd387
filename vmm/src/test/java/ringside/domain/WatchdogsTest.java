package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.abi.gen.SchedAbi.SCHEDOP_block;
import static ringside.abi.gen.SchedAbi.SCHEDOP_poll;
import static ringside.abi.gen.SchedAbi.SCHEDOP_watchdog;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_sched_op;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.abi.Width;
import ringside.abi.gen.SchedPoll;
import ringside.abi.gen.SchedWatchdog;
import ringside.cpu.Exit;
import ringside.domain.FakeEngine.FakeCpu;
import ringside.memory.Copies;
import ringside.trace.Tracer;

/** Watchdogs of guests where time is the host's, which here hurries: a second takes 5 ms. */
@Timeout(60)
class WatchdogsTest {
  private static final int HURRY = 200;
  private static final long SECOND = 1_000_000_000;

  private final FakeEngine engine = new FakeEngine();
  private final AtomicLong hostWasAway = new AtomicLong();
  private Machine machine;
  private Domain domain;

  @BeforeEach
  void twoPcpus() {
    Parallelism parallelism =
        new Parallelism(
            2, () -> System.nanoTime() * HURRY + hostWasAway.get(), Thread::new, new Copies(true));
    machine = new Machine(engine, 1L << 28, Tracer.OFF, new Machines.Heard(), parallelism);
    domain = Machines.domain(machine, "watched");
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private static long watch(FakeCpu cpu) {
    return cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_watchdog, Guest.ARGUMENT);
  }

  /** No tick passes: to the guest it is one long instruction. */
  private void standStill(FakeCpu cpu, long end) {
    while (!cpu.exitRequested() && machine.clock().now() < end) {
      Thread.onSpinWait();
    }
    if (machine.clock().now() >= end) {
      powerOff();
    }
  }

  private void powerOff() {
    machine.atNextDecision(
        () -> machine.domains().forEach(d -> d.shutdown(ShutdownReason.POWEROFF, d.vcpu(0), 0)));
  }

  /** Runs it behind a call that sets a watchdog of a second. */
  private ShutdownReason afterSetting(FakeEngine.Program rest) {
    SchedWatchdog second = SchedWatchdog.zero(Width.W64);
    second.timeout(1);
    new Guest(domain).write(Guest.ARGUMENT, second.bytes());
    AtomicBoolean set = new AtomicBoolean();
    Machines.cpu(domain)
        .program(
            (cpu, budget) -> {
              if (!set.getAndSet(true)) {
                assertEquals(1, watch(cpu));
              }
              return rest.run(cpu, budget);
            });
    machine.start(domain);
    assertEquals(Pcpu.End.ALL_STOPPED, machine.run(Long.MAX_VALUE));
    return domain.outcome().reason();
  }

  @Test
  void doNotBiteWhomTheHostKeptFromRunning() {
    long end = machine.clock().now() + 10 * SECOND;
    ShutdownReason reason =
        afterSetting(
            (cpu, budget) -> {
              standStill(cpu, end);
              return Exit.REQUESTED;
            });
    assertEquals(ShutdownReason.POWEROFF, reason);
  }

  @Test
  void doNotBiteWhoWaitsForOneWhomTheHostKeptFromRunning() {
    long end = machine.clock().now() + 10 * SECOND;
    Domain awaited = Machines.domain(machine, "awaited");
    Machines.cpu(awaited)
        .program(
            (cpu, budget) -> {
              standStill(cpu, end);
              return Exit.REQUESTED;
            });
    machine.start(awaited);
    ShutdownReason reason =
        afterSetting(
            (cpu, budget) -> {
              cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_block, 0);
              return Exit.REQUESTED;
            });
    assertEquals(ShutdownReason.POWEROFF, reason);
  }

  @Test
  void doNotBiteWhoWaitsForATimeWhileTheWholeHostIsAway() {
    AtomicBoolean asleep = new AtomicBoolean();
    ShutdownReason reason =
        afterSetting(
            (cpu, budget) -> {
              if (asleep.getAndSet(true)) {
                powerOff();
                return Exit.REQUESTED;
              }
              SchedPoll poll = SchedPoll.zero(Width.W64);
              poll.timeout(machine.clock().now() + SECOND / 2);
              new Guest(domain).write(Guest.ARGUMENT, poll.bytes());
              assertEquals(0, cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_poll, Guest.ARGUMENT));
              hostWasAway.addAndGet(10 * SECOND);
              return Exit.REQUESTED;
            });
    assertEquals(ShutdownReason.POWEROFF, reason);
  }

  @Test
  void biteWhoRunsAndDoesNotFeedThem() {
    assertEquals(
        ShutdownReason.WATCHDOG,
        afterSetting(
            (cpu, budget) -> {
              cpu.spend(SECOND / 100);
              return Exit.REQUESTED;
            }));
  }

  @Test
  void biteWhoWaitsAndDoesNotFeedThem() {
    assertEquals(
        ShutdownReason.WATCHDOG,
        afterSetting(
            (cpu, budget) -> {
              cpu.hypercall(__HYPERVISOR_sched_op, SCHEDOP_block, 0);
              return Exit.REQUESTED;
            }));
  }
}
