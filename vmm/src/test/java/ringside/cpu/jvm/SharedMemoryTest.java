package ringside.cpu.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.cpu.jvm.memory.DomainMemories;
import ringside.cpu.jvm.memory.DomainMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/** Two processors on two threads of the host share bytes and code: no change is lost. */
class SharedMemoryTest {
  private static final int ROUNDS = 20_000;
  private static final int SPLIT_ROUNDS = 1_000;

  private final MachineMemory machine = new MachineMemory(1 << 20);
  private final GuestSpace space = new GuestSpace(machine);
  private final DomainMemories memories = new DomainMemories();
  private final List<Core> cores = new ArrayList<>();
  private final List<DomainMemory> opened = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  SharedMemoryTest() {
    space.populate(0, 16);
    for (int i = 0; i < 2; i++) {
      DomainMemory domain = memories.of(space);
      opened.add(domain);
      Core core = new Core(space, new TinyBoard(), null, c -> new Mmu(c, domain));
      core.cr0 = 0x11;
      core.modeChanged();
      cores.add(core);
    }
  }

  @AfterEach
  void tearDown() {
    threads.shutdownNow();
    cores.forEach(c -> c.mmu.close());
    opened.forEach(DomainMemory::close);
    space.close();
    machine.close();
  }

  /** Does it so often on each processor, with a boundary of instructions behind each time. */
  private void both(int rounds, Consumer<Mmu> action) throws Exception {
    CountDownLatch ready = new CountDownLatch(2);
    List<Future<?>> done = new ArrayList<>();
    for (Core core : cores) {
      done.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                core.mmu.enter();
                try {
                  for (int i = 0; i < rounds; i++) {
                    action.accept(core.mmu);
                    core.mmu.standStill();
                  }
                } finally {
                  core.mmu.leave();
                }
                return null;
              }));
    }
    for (Future<?> future : done) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4096, 1", "4098, 2", "4100, 4", "4104, 8", "4097, 4", "4099, 2"})
  void lockedAdditionsAreNotLost(long address, int size) throws Exception {
    both(ROUNDS, mmu -> mmu.update(address, size, old -> old + 1));
    long mask = size == 8 ? -1 : (1L << 8 * size) - 1;
    assertEquals(2L * ROUNDS & mask, cores.getFirst().mmu.load(address, size));
    assertEquals(0, cores.getFirst().mmu.load(address + size, 1));
  }

  @ParameterizedTest
  @CsvSource({"4102, 4", "4161, 8", "8190, 4"})
  void norAreThoseThatCrossAWordOrAPage(long address, int size) throws Exception {
    both(SPLIT_ROUNDS, mmu -> mmu.update(address, size, old -> old + 1));
    assertEquals(2 * SPLIT_ROUNDS, cores.getFirst().mmu.load(address, size));
  }

  @Test
  void bothHalvesOfSixteenBytesChangeTogether() throws Exception {
    both(
        SPLIT_ROUNDS,
        mmu -> {
          long[] old = {0, 0};
          while (!mmu.compareAndExchange16(4096, old[0], old[1], old[0] + 1, old[1] - 1, old)) {
            mmu.standStill();
          }
        });
    assertEquals(2 * SPLIT_ROUNDS, cores.getFirst().mmu.load(4096, 8));
    assertEquals(-2 * SPLIT_ROUNDS, cores.getFirst().mmu.load(4104, 8));
  }

  @Test
  void aSplitChangeAndAPlainOneOfAPartAreInSomeOrder() throws Exception {
    int[] turn = {0};
    both(
        SPLIT_ROUNDS,
        mmu -> {
          if (mmu == cores.getFirst().mmu) {
            mmu.update(4102, 4, old -> old + 0x10001); // the halves count the same
          } else {
            turn[0] += (int) (mmu.update(4104, 2, old -> old) - mmu.load(4102, 2)) > 0 ? 1 : 0;
          }
        });
    assertEquals(0, turn[0]);
  }

  /**
   * The first processor is about to decode a page while the second one executes guest code.
   *
   * @return whether the second one had to stand still before
   */
  private boolean waits(long gfn) throws Exception {
    Core other = cores.getLast();
    other.codeChanged = false;
    Future<?> done = threads.submit(() -> cores.getFirst().mmu.holdsCode(gfn));
    while (!other.codeChanged && !done.isDone()) {
      Thread.onSpinWait();
    }
    boolean asked = other.codeChanged;
    assertEquals(!asked, done.isDone());
    while (!done.isDone()) {
      other.mmu.standStill();
    }
    done.get();
    return asked;
  }

  @Test
  void aPageIsCodeWhenAllThatLookedBeforeHaveStoodStillOnce() throws Exception {
    Mmu other = cores.getLast().mmu;
    other.enter();
    try {
      assertTrue(waits(5));
      assertFalse(waits(5));
      other.store(5 * 4096, 1, 1);
      assertTrue(waits(5));
      assertTrue(waits(6));
    } finally {
      other.leave();
    }
  }
}
