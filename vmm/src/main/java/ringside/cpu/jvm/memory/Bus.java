package ringside.cpu.jvm.memory;

import ringside.cpu.jvm.Core;
import ringside.memory.Access;
import ringside.memory.Gpa;

/** Accesses by guest-physical address: to RAM, and where no frame is, to the platform. */
final class Bus {
  private final Core core;
  private final DomainMemory domain;

  Bus(Core core, DomainMemory domain) {
    this.core = core;
    this.domain = domain;
  }

  /** So many bytes, one by one. */
  long bytes(long gpa, int count) {
    long value = 0;
    for (int k = 0; k < count; k++) {
      value |= load(gpa + k, 1) << 8 * k;
    }
    return value;
  }

  /** 1, 2, 4 or 8 bytes in one page. */
  long load(long gpa, int size) {
    return domain.space().access(gpa >>> Gpa.PAGE_SHIFT) == Access.NONE
        ? core.platform.mmioRead(core.cpu, gpa, size)
        : HostMemory.load(domain.space().base() + gpa, size);
  }

  /** As {@link #load}; code there is told to change. */
  void store(long gpa, int size, long value) {
    long gfn = gpa >>> Gpa.PAGE_SHIFT;
    if (domain.space().access(gfn) == Access.NONE) {
      core.platform.mmioWrite(core.cpu, gpa, size, value);
      return;
    }
    HostMemory.store(domain.space().base() + gpa, size, value);
    domain.wrote(gfn);
  }
}
