package ringside.domain;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one lock of the core, like the big lock of the early Xen: guest code runs without it,
 * everything else with it. Whoever touches a machine, its domains, vCPUs, timers, devices, trace or
 * listeners holds it; a pCPU gives it up around {@link ringside.cpu.Cpu#run} only, and the
 * callbacks of {@link ringside.cpu.Platform} take it again.
 *
 * <p>Lock order: this lock first; below it the monitors of single objects (event channels and grant
 * tables by rising domid, registry, store, machine memory, trace writer, what waits for input, and
 * what an engine has), which are held for a few lines and never while waiting for this one.
 *
 * <p>Invariant: {@link Vcpu#loose} is true exactly while a thread is inside run of that vCPU
 * without this lock: its processor is then nobody else's to touch, but for requestExit.
 */
final class CoreLock implements Pcpu.Door {
  /** Sections under the lock are short: whoever finds it taken looks again before it sleeps. */
  private static final int SPINS = 200;

  private final ReentrantLock lock = new ReentrantLock();

  void enter() {
    for (int i = 0; i < SPINS; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  void leave() {
    lock.unlock();
  }

  boolean isMine() {
    return lock.isHeldByCurrentThread();
  }

  /** The guest code of the vCPU is about to run, or to go on, on this thread. */
  @Override
  public void toGuest(Vcpu vcpu) {
    vcpu.loose(true);
    leave();
  }

  /** The guest code has come out, or asks for something. */
  @Override
  public void fromGuest(Vcpu vcpu) {
    enter();
    vcpu.loose(false);
  }

  @Override
  public void giveWay() {
    leave();
    if (lock.hasQueuedThreads()) {
      Thread.yield(); // else this one would have it again before they wake
    } else {
      Thread.onSpinWait();
    }
    enter();
  }

  Condition condition() {
    return lock.newCondition();
  }
}
