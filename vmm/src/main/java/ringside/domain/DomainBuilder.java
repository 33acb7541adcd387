package ringside.domain;

import ringside.cpu.InitialState;
import ringside.device.PvConsole;
import ringside.memory.Gpa;
import ringside.trace.DomainEvent;
import ringside.xenstore.StoreRing;

/** Builds a domain as a toolstack does: RAM, image, console, store, vCPU 0 ready to start. */
final class DomainBuilder {
  private final Machine machine;

  DomainBuilder(Machine machine) {
    this.machine = machine;
  }

  Domain build(int id, DomainConfig config) throws ImageException {
    Domain domain = new Domain(machine, id, config);
    boolean built = false;
    try {
      populate(domain, 0, domain.memoryMap().lowRam());
      populate(domain, MemoryMap.HIGH_RAM_START, domain.memoryMap().highRam());
      if (!domain.grants().build()) {
        throw new OutOfMachineMemory("a grant table");
      }
      InitialState state = new PvhLoader(domain).load();
      domain.connect(new PvConsole(domain), new StoreRing(domain, machine.store()));
      domain.vcpu(0).initialise(state);
      if (machine.tracer().on(DomainEvent.BOOT)) {
        domain.emit(0, new DomainEvent.Boot(state.rip(), state.general()[3]));
      }
      built = true;
      return domain;
    } finally {
      if (!built) {
        domain.close();
      }
    }
  }

  private void populate(Domain domain, long start, long bytes) throws ImageException {
    int pages = Math.toIntExact(bytes >>> Gpa.PAGE_SHIFT);
    if (pages > 0 && !domain.space().populate(start >>> Gpa.PAGE_SHIFT, pages)) {
      throw new ImageException(
          domain.name(),
          "the machine has no %d MiB of memory left for it (%d of %d frames are in use)"
              .formatted(bytes >>> 20, machine.memory().framesInUse(), machine.memory().frames()));
    }
  }
}
