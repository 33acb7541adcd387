package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.cli.bench.PcpuThreads.Reading;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PcpuThreadsTest {
  private final PcpuThreads threads = new PcpuThreads(2);
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void end() {
    over.set(true);
  }

  /** One that does nothing but look, in vain, until it is told to end; it has begun. */
  private Thread busy(AtomicBoolean end) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        threads.newThread(
            () -> {
              begun.countDown();
              while (!end.get()) {
                Thread.onSpinWait();
              }
            });
    thread.start();
    begun.await();
    return thread;
  }

  @Test
  void whoHasEndedOrBegunBetweenTwoReadingsCountsInNone() throws InterruptedException {
    AtomicBoolean soon = new AtomicBoolean();
    Thread stays = busy(over);
    Thread ends = busy(soon);
    Reading executed = threads.executed();
    Reading waited = threads.waited();
    assertEquals(Set.of(stays, ends), executed.ns().keySet());
    assertEquals(Set.of(stays, ends), waited.ns().keySet());
    soon.set(true);
    ends.join();
    Thread comes = busy(over);
    while (!threads.waited().ns().keySet().equals(Set.of(stays, comes))) {
      Thread.onSpinWait(); // the host's thread goes a moment after Java's
    }
    assertEquals(Set.of(stays, comes), threads.executed().ns().keySet());
    assertEquals(1, threads.executed().since(executed).count());
    assertEquals(1, threads.waited().since(waited).count());
  }

  @Test
  void eachIsAskedForWhatItHasHadItself() throws InterruptedException {
    Thread first = busy(over);
    threads.newThread(() -> {}); // never begins
    Reading begin = threads.executed();
    while (threads.executed().since(begin).sum() < 20_000_000) {
      Thread.onSpinWait();
    }
    assertEquals(Set.of(first), threads.executed().ns().keySet());
    assertTrue(threads.waited().ns().get(first) >= 0);
  }

  @Test
  void onePcpuIsTheThreadThatAsks() {
    PcpuThreads threads = new PcpuThreads(1);
    assertEquals(Set.of(Thread.currentThread()), threads.waited().ns().keySet());
    assertEquals(Map.of(), threads.executed().ns());
  }

  @Test
  void aReadingIsCountedFromAnEarlierOne() {
    Thread a = new Thread();
    Thread b = new Thread();
    LongStream since = new Reading(Map.of(a, 30L, b, 9L)).since(new Reading(Map.of(a, 10L)));
    assertEquals(20, since.sum());
  }
}
