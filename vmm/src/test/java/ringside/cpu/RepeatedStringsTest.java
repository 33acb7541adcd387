package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ringside.cpu.jvm.JvmEngine;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/**
 * Repeated string instructions come to the same end in one run, where they go by pages, and in runs
 * of one tick, where they go by elements: registers, flags, memory, ticks, and the exception.
 */
class RepeatedStringsTest {
  private static final long ABSENT = TestGuest.DATA + 0x3000;
  private static final int[] OPCODES = {0xa4, 0xa5, 0xa6, 0xa7, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf};
  private static final int[] PREFIXES = {0xf2, 0xf3};
  private static final Register[] CHANGED = {
    Register.RAX,
    Register.RCX,
    Register.RSI,
    Register.RDI,
    Register.RIP,
    Register.RFLAGS,
    Register.RSP,
    Register.CR2
  };

  /** An instruction and all that it depends on. */
  private record Case(
      byte[] code, long rax, long rcx, long rsi, long rdi, long flags, byte[] data) {
    static Case random(Random random) {
      boolean shortAddress = random.nextInt(4) == 0;
      boolean wide = random.nextBoolean();
      byte[] code = {
        (byte) (shortAddress ? 0x67 : 0x3e),
        (byte) PREFIXES[random.nextInt(2)],
        (byte) (wide ? 0x48 : 0x40),
        (byte) OPCODES[random.nextInt(OPCODES.length)],
        (byte) 0xf4
      };
      byte[] data = new byte[0x3000];
      if (random.nextInt(3) > 0) {
        random.nextBytes(data);
      }
      long rsi = place(random);
      boolean near = random.nextBoolean(); // overlapping, to either side
      long rdi = near ? rsi + random.nextInt(33) - 16 : place(random);
      long upper = shortAddress ? (long) random.nextInt() << 32 : 0;
      long rax = random.nextBoolean() ? 0 : random.nextLong();
      long flags = 2 | (random.nextInt(4) == 0 ? 0x400 : 0);
      return new Case(
          code, rax, random.nextInt(700) | upper, rsi | upper, rdi | upper, flags, data);
    }

    private static long place(Random random) {
      return TestGuest.DATA + 0x40 + random.nextInt(0x2f80);
    }
  }

  private static TestGuest guest(Engine engine, Case c) {
    TestGuest guest = new TestGuest(engine);
    guest.bytes(TestGuest.DATA, c.data);
    return guest;
  }

  private static Cpu start(TestGuest guest, Case c) {
    Cpu cpu = guest.start64(c.code);
    guest.entry(ABSENT, 0);
    cpu.set(Register.RAX, c.rax);
    cpu.set(Register.RCX, c.rcx);
    cpu.set(Register.RSI, c.rsi);
    cpu.set(Register.RDI, c.rdi);
    cpu.set(Register.RFLAGS, c.flags);
    return cpu;
  }

  @Property(tries = 150)
  void oneRunAndManyEndAlike(@ForAll Random random) throws GuestFault {
    Case c = Case.random(random);
    try (Engine engine = new JvmEngine(task -> {});
        TestGuest whole = guest(engine, c);
        TestGuest pieces = guest(engine, c)) {
      Cpu one = start(whole, c);
      Cpu many = start(pieces, c);
      assertEquals(Exit.HALTED, one.run(1_000_000));
      int budget = 1 + random.nextInt(random.nextBoolean() ? 1 : 600);
      Exit exit = many.run(budget);
      while (exit == Exit.BUDGET_SPENT) {
        exit = many.run(budget);
      }
      assertEquals(Exit.HALTED, exit);
      for (Register register : CHANGED) {
        assertEquals(one.get(register), many.get(register), register::name);
      }
      assertEquals(one.ticks(), many.ticks());
      byte[] expected = new byte[0x3000];
      byte[] actual = new byte[0x3000];
      whole.space.read(new Gpa(TestGuest.DATA), expected, 0, expected.length);
      pieces.space.read(new Gpa(TestGuest.DATA), actual, 0, actual.length);
      assertArrayEquals(expected, actual);
    }
  }
}
