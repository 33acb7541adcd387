package ringside.device;

import ringside.domain.Domain;
import ringside.domain.Vcpu;

/** The ports and the MMIO of one domain: who answers, and all ones where nobody does. */
public final class Board {
  public Board(Domain domain) {}

  public long portRead(Vcpu vcpu, int port, int size) {
    return -1L >>> 64 - 8 * size;
  }

  public void portWrite(Vcpu vcpu, int port, int size, long value) {}

  public long mmioRead(Vcpu vcpu, long gpa, int size) {
    return -1L >>> 64 - 8 * size;
  }

  public void mmioWrite(Vcpu vcpu, long gpa, int size, long value) {}

  /** Name of the device at a port, or "none". */
  public String portOwner(int port) {
    return "none";
  }

  public String mmioOwner(long gpa) {
    return "none";
  }

  public LocalApic lapic(Vcpu vcpu) {
    return lapic;
  }

  private final LocalApic lapic = new LocalApic();
}
