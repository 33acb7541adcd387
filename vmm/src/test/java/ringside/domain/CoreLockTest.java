package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.memory.Copies;

/** What a pCPU does while another has the core lock. */
@Timeout(60)
class CoreLockTest {
  @Test
  void whoWaitsForTheCoreHelpsWhoeverHasIt() throws InterruptedException {
    Copies copies = new Copies(true);
    CoreLock lock = new CoreLock(copies);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
    lock.enter();
    copies.later(true);
    copies.copy(bytes, 0, ByteBuffer.allocate(1 << 20), 0, 1 << 20);
    Thread other =
        new Thread(
            () -> {
              lock.enter();
              lock.leave();
            });
    other.start();
    while (other.getState() != Thread.State.WAITING) {
      Thread.onSpinWait(); // it looks for a while before it sleeps
    }
    assertEquals(16, copies.helped());
    copies.finish();
    lock.leave();
    other.join();
  }
}
