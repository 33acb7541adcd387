package ringside.cpu.jvm.memory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/** When a page is known to hold code. */
class DomainMemoryTest {
  private static final long GFN = 3;

  private final DomainMemory memory =
      new DomainMemories().of(new GuestSpace(new MachineMemory(1L << 20)));

  /** Else the second processor might decode what a third one, which looked before, still stores. */
  @Test
  void whoeverDecodesAPageWaitsForTheOthersUntilSomebodyHas() {
    assertFalse(memory.isCode(GFN));
    assertTrue(memory.mark(GFN));
    assertTrue(memory.isCode(GFN));
    assertTrue(memory.mark(GFN));
    memory.settle(GFN);
    assertFalse(memory.mark(GFN));
    assertTrue(memory.isCode(GFN));
  }

  @Test
  void aStoreEndsIt() {
    memory.mark(GFN);
    memory.wrote(GFN);
    memory.settle(GFN);
    assertFalse(memory.isCode(GFN));
    assertTrue(memory.mark(GFN));
    memory.settle(GFN);
    memory.wrote(GFN);
    assertTrue(memory.mark(GFN));
  }
}
