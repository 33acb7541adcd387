package ringside.domain;

import ringside.cpu.Cpu;
import ringside.cpu.Cpuid;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;

/**
 * A vCPU's surroundings where several pCPUs run: what guest code asks for is answered under the
 * core lock.
 *
 * <p>Invariant: a vCPU whose domain has stopped meanwhile, on another pCPU, asks for nothing more;
 * it comes out at once. CPUID and the timestamp concern nobody else and need no lock.
 */
final class LockedPlatform implements Platform {
  private static final long NOTHING_THERE = -1;

  private final Platform platform;
  private final Vcpu vcpu;
  private final CoreLock lock;

  LockedPlatform(Platform platform, Vcpu vcpu, CoreLock lock) {
    this.platform = platform;
    this.vcpu = vcpu;
    this.lock = lock;
  }

  /** False when this thread has the lock already: in {@link Cpu#interrupt}. */
  private boolean enter() {
    if (lock.isMine()) {
      return false;
    }
    lock.fromGuest(vcpu);
    return true;
  }

  private void leave(boolean entered) {
    if (entered) {
      lock.toGuest(vcpu);
    }
  }

  private boolean over(Cpu cpu) {
    if (vcpu.domain().running()) {
      return false;
    }
    cpu.requestExit();
    return true;
  }

  @Override
  public void hypercall(Cpu cpu, int number) {
    boolean entered = enter();
    try {
      if (!over(cpu)) {
        platform.hypercall(cpu, number);
      }
    } finally {
      leave(entered);
    }
  }

  @Override
  public long portRead(Cpu cpu, int port, int size) {
    boolean entered = enter();
    try {
      return over(cpu) ? NOTHING_THERE : platform.portRead(cpu, port, size);
    } finally {
      leave(entered);
    }
  }

  @Override
  public void portWrite(Cpu cpu, int port, int size, long value) {
    boolean entered = enter();
    try {
      if (!over(cpu)) {
        platform.portWrite(cpu, port, size, value);
      }
    } finally {
      leave(entered);
    }
  }

  @Override
  public long mmioRead(Cpu cpu, long gpa, int size) {
    boolean entered = enter();
    try {
      return over(cpu) ? NOTHING_THERE : platform.mmioRead(cpu, gpa, size);
    } finally {
      leave(entered);
    }
  }

  @Override
  public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
    boolean entered = enter();
    try {
      if (!over(cpu)) {
        lock.accesses(entered ? vcpu : null);
        platform.mmioWrite(cpu, gpa, size, value);
      }
    } finally {
      lock.accesses(null);
      leave(entered);
    }
  }

  @Override
  public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
    return platform.cpuid(cpu, leaf, subleaf);
  }

  @Override
  public long msrRead(Cpu cpu, int index) throws GeneralProtection {
    boolean entered = enter();
    try {
      return platform.msrRead(cpu, index);
    } finally {
      leave(entered);
    }
  }

  @Override
  public void msrWrite(Cpu cpu, int index, long value) throws GeneralProtection {
    boolean entered = enter();
    try {
      platform.msrWrite(cpu, index, value);
    } finally {
      leave(entered);
    }
  }

  @Override
  public long timestamp(Cpu cpu) {
    return platform.timestamp(cpu);
  }

  @Override
  public boolean probe(Cpu cpu, long address) {
    boolean entered = enter();
    try {
      return !vcpu.domain().running() || platform.probe(cpu, address);
    } finally {
      leave(entered);
    }
  }

  @Override
  public void exceptionRaised(Cpu cpu, GuestException exception) {
    boolean entered = enter();
    try {
      platform.exceptionRaised(cpu, exception);
    } finally {
      leave(entered);
    }
  }
}
