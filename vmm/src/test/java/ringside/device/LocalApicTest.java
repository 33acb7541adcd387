package ringside.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.domain.Domain;
import ringside.domain.DomainConfig;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Vcpu;

class LocalApicTest {
  private final Machine machine = Machines.machine(new FakeEngine());
  private final Domain domain = Machines.domain(machine, twoVcpus());
  private final Vcpu vcpu = domain.vcpu(0);
  private final LocalApic lapic = domain.board().lapic(vcpu);

  private static DomainConfig twoVcpus() {
    DomainConfig one = DomainConfig.of("one", Machines.IMAGE);
    return new DomainConfig(
        one.name(),
        one.kernel(),
        one.cmdline(),
        one.memoryMib(),
        2,
        one.weight(),
        one.cap(),
        one.maxGrantFrames(),
        one.maxEventChannels(),
        one.watchdogNs(),
        one.onPoweroff(),
        one.onReboot(),
        one.onCrash(),
        one.dependsOn(),
        one.services());
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private long read(int register) {
    return domain.board().mmioRead(vcpu, Board.LAPIC_GPA + register, 4);
  }

  private void write(int register, long value) {
    domain.board().mmioWrite(vcpu, Board.LAPIC_GPA + register, 4, value);
  }

  private void enable() {
    write(0xf0, 0x1ff);
  }

  private void advanceTo(long ns) {
    machine.clock().idleUntil(ns);
    machine.timers().fireDue(machine.clock().now());
  }

  @Test
  void eachVcpuReadsItsOwnId() {
    assertEquals(0, read(0x20));
    assertEquals(2L << 24, domain.board().mmioRead(domain.vcpu(1), Board.LAPIC_GPA + 0x20, 4));
    assertEquals(0x50014, read(0x30));
    assertEquals("lapic", domain.board().mmioOwner(Board.LAPIC_GPA + 0xff0));
  }

  @Test
  void nothingIsDeliveredBeforeItIsEnabled() {
    assertEquals(0xff, read(0xf0));
    lapic.request(0x40);
    assertEquals(0, lapic.pendingVector());
    enable();
    assertEquals(0x40, lapic.pendingVector());
  }

  @Test
  void theHighestClassGoesFirstAndEoiMakesRoom() {
    enable();
    lapic.request(0x41);
    lapic.request(0x85);
    assertEquals(0x85, lapic.pendingVector());
    assertEquals(1L << 5, read(0x240));
    lapic.accept(0x85);
    assertEquals(0, read(0x240));
    assertEquals(1L << 5, read(0x140));
    assertEquals(0x80, read(0xa0));
    assertEquals(0, lapic.pendingVector());
    lapic.request(0x8f);
    assertEquals(0, lapic.pendingVector());
    lapic.request(0x91);
    assertEquals(0x91, lapic.pendingVector());
    lapic.accept(0x91);
    write(0xb0, 0);
    assertEquals(0, lapic.pendingVector());
    write(0xb0, 0);
    assertEquals(0x8f, lapic.pendingVector());
  }

  @Test
  void taskPriorityHoldsBackItsClassAndBelow() {
    enable();
    write(0x80, 0x5f);
    lapic.request(0x50);
    assertEquals(0, lapic.pendingVector());
    lapic.request(0x60);
    assertEquals(0x60, lapic.pendingVector());
    assertEquals(0x5f, read(0xa0));
    write(0x80, 0);
    lapic.accept(0x60);
    write(0xb0, 0);
    assertEquals(0x50, lapic.pendingVector());
  }

  @Test
  void aOneShotTimerFiresOnce() {
    enable();
    write(0x320, 0x31);
    write(0x3e0, 0xb); // divide by 1
    write(0x380, 100);
    assertEquals(100, read(0x390));
    advanceTo(501);
    assertEquals(50, read(0x390));
    advanceTo(999);
    assertEquals(0, lapic.pendingVector());
    advanceTo(1000);
    assertEquals(0x31, lapic.pendingVector());
    assertEquals(0, read(0x390));
    assertEquals(Long.MAX_VALUE, machine.timers().next());
  }

  @Test
  void aPeriodicTimerGoesOnUntilStoppedAndNeverStorms() {
    enable();
    write(0x320, 0x2_0031);
    write(0x3e0, 3); // divide by 16
    write(0x380, 1000);
    for (int i = 1; i <= 3; i++) {
      advanceTo(i * 160_000L);
      assertEquals(0x31, lapic.pendingVector());
      lapic.accept(0x31);
      write(0xb0, 0);
    }
    write(0x380, 0);
    assertEquals(Long.MAX_VALUE, machine.timers().next());
    write(0x3e0, 0xb);
    write(0x380, 1);
    long now = machine.clock().now();
    advanceTo(now + 10_000_000);
    assertEquals(now + 10_000_010, machine.timers().next());
  }

  @Test
  void aMaskedTimerIsSilent() {
    enable();
    write(0x320, 0x1_0031);
    write(0x380, 1);
    advanceTo(1000);
    assertEquals(0, lapic.pendingVector());
  }

  @Test
  void interprocessorInterruptsReachWhomTheyName() {
    LocalApic other = domain.board().lapic(domain.vcpu(1));
    enable();
    other.write(0xf0, 4, 0x1ff);
    domain.vcpu(0).up(0);
    write(0x300, 0x4_0055); // self
    assertEquals(0x55, lapic.pendingVector());
    write(0x310, 2L << 24);
    write(0x300, 0x60);
    assertEquals(0, other.pendingVector(), "an offline vCPU hears nothing");
    write(0x300, 0x4_0003);
    write(0x280, 0);
    assertEquals(0x20, read(0x280));
  }

  @Test
  void accessesOfOtherSizesAreHarmless() {
    enable();
    assertEquals(0x01, domain.board().mmioRead(vcpu, Board.LAPIC_GPA + 0xf1, 1));
    assertEquals(0x1ff, domain.board().mmioRead(vcpu, Board.LAPIC_GPA + 0xf0, 8));
    domain.board().mmioWrite(vcpu, Board.LAPIC_GPA + 0xf0, 1, 0);
    assertEquals(0x1ff, read(0xf0));
    for (int offset = 0; offset < 4096; offset++) {
      for (int size = 1; size <= 8; size *= 2) {
        domain.board().mmioRead(vcpu, Board.LAPIC_GPA + offset, size);
        domain.board().mmioWrite(vcpu, Board.LAPIC_GPA + offset, size, -1);
      }
    }
  }
}
