package ringside.domain;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import ringside.memory.Copies;

/**
 * The one lock of the core, like the big lock of the early Xen: guest code runs without it,
 * everything else with it. Whoever touches a machine, its domains, vCPUs, timers, devices, trace or
 * listeners holds it; a pCPU gives it up around {@link ringside.cpu.Cpu#run} only, and the
 * callbacks of {@link ringside.cpu.Platform} take it again. A device that does much at once lets
 * others in between; for them it is as if the guest code went on. A pCPU that rests, or waits for
 * the lock, helps with the copies ({@link Copies}) of whoever has it, who waits for that.
 *
 * <p>Lock order: this lock first; below it the monitors of single objects (event channels and grant
 * tables by rising domid, registry, store, machine memory, trace writer, what waits for input, and
 * what an engine has), which are held for a few lines and never while waiting for this one.
 *
 * <p>Invariant: {@link Vcpu#loose} is true exactly while a thread is inside run of that vCPU
 * without this lock: its processor is then nobody else's to touch, but for requestExit.
 */
final class CoreLock implements Pcpu.Door {
  /**
   * Sections under the lock are short, and waking a thread of the host takes long: whoever finds it
   * taken looks again, for some 50 us, before it sleeps.
   */
  private static final int SPINS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();

  private final Copies copies;

  /** How many have found it taken, and have not got it yet. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Whose access to a device is under way, if it is one that may be interrupted; or null. */
  private Vcpu accessing;

  CoreLock(Copies copies) {
    this.copies = copies;
  }

  void enter() {
    if (!lock.tryLock()) {
      waiting.incrementAndGet();
      spin();
      waiting.decrementAndGet();
    }
  }

  private void spin() {
    for (int i = 0; i < SPINS; i++) {
      if (!copies.help()) {
        Thread.onSpinWait();
      }
      if (!lock.isLocked() && lock.tryLock()) {
        return;
      }
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

  /** The vCPU that has come out begins an access to a device, in which others may be let in. */
  void accesses(Vcpu vcpu) {
    accessing = vcpu;
  }

  /**
   * In the midst of an access, when nothing is half done but what can be ended: lets those in who
   * wait.
   *
   * @param before ends that, called only if there is somebody
   */
  void letIn(Runnable before) {
    Vcpu vcpu = accessing;
    if (vcpu == null || waiting.get() == 0) {
      return;
    }
    before.run();
    accessing = null;
    toGuest(vcpu);
    for (int i = 0; i < SPINS && waiting.get() != 0 && !lock.isLocked(); i++) {
      Thread.onSpinWait();
    }
    fromGuest(vcpu);
    accessing = vcpu;
  }

  Condition condition() {
    return lock.newCondition();
  }
}
