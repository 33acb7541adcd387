package ringside.cpu.jvm.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import ringside.cpu.jvm.Core;

/**
 * Holds all other processors of an engine at a boundary of their instructions, for what the host
 * cannot do in one step (a LOCK that crosses 8 bytes, CMPXCHG16B), and so that none is in the
 * middle of a store to what has just become code.
 *
 * <p>Invariant: while an action of {@link #run} is under way, no other member executes guest code.
 * A member is inside while it does; callbacks of the platform, where it may wait for locks of the
 * hypervisor, are outside. So whoever stops the others waits for guest code only, which comes to a
 * boundary by itself, and holds no lock meanwhile. What the hypervisor and devices write is not
 * held up.
 *
 * <p>With one host thread nobody else is ever inside, and it costs a few instructions.
 */
public final class Standstill {
  /** One processor. */
  static final class Member {
    private final Core core;
    private volatile boolean inside;

    Member(Core core) {
      this.core = core;
    }
  }

  private final List<Member> members = new CopyOnWriteArrayList<>();
  private volatile Member stopper;

  void add(Member member) {
    members.add(member);
  }

  void remove(Member member) {
    members.remove(member);
  }

  /** The member begins to execute guest code, or goes on. */
  void enter(Member member) {
    member.inside = true;
    poll(member);
  }

  /** Whether it was inside. */
  boolean leave(Member member) {
    boolean was = member.inside;
    member.inside = false;
    return was;
  }

  /** At a boundary of instructions: lets another's action be done. */
  void poll(Member member) {
    Member now = stopper;
    if (now != null && now != member) {
      hold(member);
    }
  }

  private synchronized void hold(Member member) {
    member.inside = false;
    awaitEnd();
    member.inside = true;
  }

  private void awaitEnd() {
    boolean interrupted = false;
    while (stopper != null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does the action while no other member executes guest code. */
  void run(Member member, Runnable action) {
    boolean inside = member.inside;
    synchronized (this) {
      member.inside = false;
      awaitEnd();
      stopper = member;
    }
    try {
      for (Member other : members) {
        while (other != member && other.inside) {
          other.core.codeChanged = true;
          other.core.call();
          Thread.onSpinWait();
        }
      }
      action.run();
    } finally {
      synchronized (this) {
        member.inside = inside;
        stopper = null;
        notifyAll();
      }
    }
  }
}
