package ringside.cpu.jvm.memory;

import java.util.IdentityHashMap;
import java.util.Map;
import ringside.memory.GuestSpace;

/** The memories of an engine's domains: one for each space, as long as it has processors. */
public final class DomainMemories {
  private static final class Shared {
    private final DomainMemory memory;
    private int processors;

    Shared(DomainMemory memory) {
      this.memory = memory;
    }
  }

  private final Map<GuestSpace, Shared> all = new IdentityHashMap<>();
  private final Standstill standstill = new Standstill();

  /** For one more processor, which closes it when it goes. */
  public synchronized DomainMemory of(GuestSpace space) {
    Shared shared = all.computeIfAbsent(space, s -> new Shared(new DomainMemory(s, this)));
    shared.processors++;
    return shared.memory;
  }

  synchronized void release(DomainMemory memory) {
    Shared shared = all.get(memory.space());
    shared.processors--;
    if (shared.processors == 0) {
      all.remove(memory.space());
      memory.free();
    }
  }

  Standstill standstill() {
    return standstill;
  }
}
