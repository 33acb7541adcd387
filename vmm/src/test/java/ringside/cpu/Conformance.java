package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static ringside.cpu.TestGuest.PROGRAM;
import static ringside.cpu.TestGuest.handler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the suites of all engines begin with: a board for each test, and one processor. */
public abstract class Conformance {
  private static final long MORE_THAN_ENOUGH = 100_000;

  TestGuest guest;

  /** Null until the test starts one. */
  Cpu cpu;

  protected abstract Engine engine();

  @BeforeEach
  void makeGuest() {
    guest = new TestGuest(engine());
  }

  @AfterEach
  void closeGuest() {
    guest.close();
  }

  /** Runs to the HLT of some handler and tells which vector it is of. */
  int vectorReached() {
    assertSame(Exit.HALTED, cpu.run(MORE_THAN_ENOUGH));
    return (int) (cpu.get(Register.RIP) - 1 - handler(0)) / 16;
  }

  /** Eight bytes of the stack, counted from its top. */
  long frame(int slot) {
    return guest.u64(cpu.get(Register.RSP) + 8L * slot);
  }

  /** Runs to the HLT that the program ends with. */
  void runToEnd(byte[] program) {
    assertSame(Exit.HALTED, cpu.run(MORE_THAN_ENOUGH));
    assertEquals(PROGRAM + program.length, cpu.get(Register.RIP));
  }
}
