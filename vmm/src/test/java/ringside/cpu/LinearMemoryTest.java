package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import ringside.cpu.jvm.JvmEngine;
import ringside.memory.GuestFault;
import ringside.memory.Gva;

/** The door for hypercall arguments, at addresses that the processor has cached. */
class LinearMemoryTest {
  private static final long HERE = TestGuest.DATA;
  private static final long ELSEWHERE = 0x80000;
  private static final int PRESENT_WRITABLE = 7;
  private static final int PRESENT = 5;

  /** Twice: the second part comes after what a test changes. */
  private static final byte[] LOADS_AND_STORES =
      TestGuest.code(
          """
          488b042500800100 mov rax, [0x18000]
          4889042500800100 mov [0x18000], rax
          f4               hlt
          0f013c2500800100 invlpg [0x18000]
          488b042500800100 mov rax, [0x18000]
          f4               hlt
          """);

  /** A guest that has the address in its caches, for loads and stores. */
  private static Cpu warm(TestGuest guest) {
    Cpu cpu = guest.start64(LOADS_AND_STORES);
    guest.u64(HERE, 0x11);
    guest.u64(ELSEWHERE, 0x22);
    assertEquals(Exit.HALTED, cpu.run(100));
    assertEquals(HERE, cpu.cached(HERE, true));
    return cpu;
  }

  @Test
  void aPageThatTheGuestHasMappedElsewhereIsReadThere() throws GuestFault {
    try (TestGuest guest = new TestGuest(new JvmEngine())) {
      Cpu cpu = warm(guest);
      LinearMemory memory = new LinearMemory(cpu, guest.space);
      guest.entry(HERE, ELSEWHERE | PRESENT_WRITABLE);
      assertEquals(Exit.HALTED, cpu.run(100));
      assertEquals(0x22, memory.u32(new Gva(HERE)));
      memory.write(new Gva(HERE), new byte[] {0x33});
      assertEquals(0x33, guest.u64(ELSEWHERE));
      assertEquals(0x11, guest.u64(HERE));
    }
  }

  @Test
  void aPageThatTheGuestMayOnlyReadIsNotWritten() {
    try (TestGuest guest = new TestGuest(new JvmEngine())) {
      Cpu cpu = warm(guest);
      LinearMemory memory = new LinearMemory(cpu, guest.space);
      cpu.set(Register.CR0, cpu.get(Register.CR0) | 1 << 16); // WP
      guest.entry(HERE, HERE | PRESENT);
      assertEquals(Exit.HALTED, cpu.run(100));
      assertThrows(GuestFault.class, () -> memory.write(new Gva(HERE), new byte[] {0x33}));
      assertEquals(0x11, guest.u64(HERE));
    }
  }

  @Test
  void aPageThatTheHypervisorTookAwayIsNoMemoryAnyMore() {
    try (TestGuest guest = new TestGuest(new JvmEngine())) {
      Cpu cpu = warm(guest);
      LinearMemory memory = new LinearMemory(cpu, guest.space);
      guest.space.unmap(HERE >>> 12);
      assertThrows(GuestFault.class, () -> memory.u32(new Gva(HERE)));
      assertThrows(GuestFault.class, () -> memory.write(new Gva(HERE), new byte[] {0x33}));
    }
  }

  @Test
  void whatCrossesPagesIsFoundInBoth() throws GuestFault {
    try (TestGuest guest = new TestGuest(new JvmEngine())) {
      Cpu cpu = warm(guest);
      LinearMemory memory = new LinearMemory(cpu, guest.space);
      guest.entry(HERE + 0x1000, ELSEWHERE | PRESENT_WRITABLE);
      guest.bytes(HERE + 0xffd, new byte[] {1, 2, 3});
      assertEquals(0x22_03_02_01, memory.u32(new Gva(HERE + 0xffd)));
      memory.write(new Gva(HERE + 0xfff), new byte[] {4, 5});
      assertEquals(0x05, guest.u64(ELSEWHERE));
      assertArrayEquals(new byte[] {2, 4, 5}, memory.read(new Gva(HERE + 0xffe), 3));
    }
  }
}
