package ringside.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.domain.Domain;
import ringside.domain.DomainAction;
import ringside.domain.DomainConfig;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.RunState;
import ringside.domain.Vcpu;
import ringside.ivmc.Services;

/** Shares of the CPU, measured in virtual time with guests that only burn it. */
class CreditSchedulerTest {
  private static final long SECOND = 1_000_000_000L;
  private final Machine machine = Machines.machine(new FakeEngine());

  @AfterEach
  void close() {
    machine.close();
  }

  private Domain domain(String name, int weight, int cap) {
    DomainAction destroy = DomainAction.DESTROY;
    return Machines.domain(
        machine,
        new DomainConfig(
            name,
            Machines.IMAGE,
            "",
            4,
            1,
            weight,
            cap,
            4,
            63,
            0,
            destroy,
            destroy,
            destroy,
            ImmutableList.of(),
            Services.NONE));
  }

  private double shareAfter(long ns, Domain... domains) {
    for (Domain domain : domains) {
      machine.start(domain);
    }
    machine.run(ns);
    long now = machine.clock().now();
    return domains[0].vcpu(0).runstate().time(RunState.RUNNING, now) / (double) now;
  }

  @Test
  void equalWeightsShareEqually() {
    assertEquals(0.5, shareAfter(SECOND, domain("a", 256, 0), domain("b", 256, 0)), 0.02);
  }

  @Test
  void timeIsSharedByWeight() {
    assertEquals(0.75, shareAfter(SECOND, domain("a", 768, 0), domain("b", 256, 0)), 0.03);
  }

  @Test
  void aCapHoldsEvenWhenNobodyElseWantsTheCpu() {
    assertEquals(0.2, shareAfter(SECOND, domain("a", 256, 20)), 0.01);
    assertTrue(machine.clock().idleNs() > SECOND / 2);
  }

  @Test
  void aloneWithoutACapADomainGetsAll() {
    assertEquals(1.0, shareAfter(SECOND, domain("a", 1, 0)), 0.001);
  }

  /** Runs whom the scheduler picks for a microsecond each time. */
  private static ImmutableList<Vcpu> picked(CreditScheduler scheduler, int times) {
    ImmutableList.Builder<Vcpu> picked = ImmutableList.builder();
    for (int i = 0; i < times; i++) {
      Vcpu vcpu = scheduler.pick(0, 0).vcpu();
      scheduler.charge(vcpu, 1_000);
      picked.add(vcpu);
    }
    return picked.build();
  }

  private CreditScheduler of(long creditNs, Vcpu... runnable) {
    CreditScheduler scheduler = new CreditScheduler(1);
    for (Vcpu vcpu : runnable) {
      scheduler.wake(vcpu);
      scheduler.charge(vcpu, -creditNs);
    }
    return scheduler;
  }

  @Test
  void whoYieldsLetsEveryOtherOfItsPriorityRunFirstAndOnce() {
    Vcpu a = domain("a", 256, 0).vcpu(0);
    Vcpu b = domain("b", 256, 0).vcpu(0);
    Vcpu c = domain("c", 256, 0).vcpu(0);
    CreditScheduler scheduler = of(SECOND, a, b, c);
    assertEquals(ImmutableList.of(a, b, c, a), picked(scheduler, 4));
    scheduler.yield(b);
    assertEquals(ImmutableList.of(c, a, b, c, a, b), picked(scheduler, 6));
  }

  @Test
  void whoYieldsLetsOneRunFirstThatHasLessCreditAndOnlyOnce() {
    Vcpu rich = domain("rich", 256, 0).vcpu(0);
    Vcpu poor = domain("poor", 256, 0).vcpu(0);
    CreditScheduler scheduler = of(SECOND, rich, poor);
    scheduler.charge(poor, 2 * SECOND);
    assertEquals(ImmutableList.of(rich, rich), picked(scheduler, 2));
    scheduler.yield(rich);
    assertEquals(ImmutableList.of(poor, rich, rich), picked(scheduler, 3));
  }

  @Test
  void aYieldThatNobodyWasWaitingForHasNoEffectLater() {
    Vcpu alone = domain("alone", 256, 0).vcpu(0);
    Vcpu late = domain("late", 256, 0).vcpu(0);
    CreditScheduler scheduler = of(SECOND, alone);
    scheduler.yield(alone);
    assertEquals(ImmutableList.of(alone), picked(scheduler, 1));
    scheduler.wake(late);
    scheduler.charge(late, 2 * SECOND);
    assertEquals(ImmutableList.of(alone, alone), picked(scheduler, 2));
  }
}
