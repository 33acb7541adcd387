package ringside.event;

import static ringside.abi.gen.ErrnoAbi.EEXIST;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.EPERM;

import java.util.SortedMap;
import java.util.TreeMap;
import ringside.device.InterruptPin;

/**
 * A domain's physical interrupts: the lines that were given to it with a device, the number (pirq)
 * that each has in the domain, and the port that it is bound to.
 *
 * <p>Invariant: a bound line that is asserted has sent its event and awaits the guest's EOI. The
 * EOI of a line that is still asserted sends the event again; nothing else does, so a storm of a
 * device is not one of events. Locks: the domain's event channels after this.
 *
 * <p>Does not know messages (MSI, MSI-X): those go straight to local APICs. No line has more than
 * one owner.
 */
public final class Pirqs {
  /** Numbers are 0 to this - 1. */
  public static final int COUNT = 256;

  private static final int NONE = -1;

  private final EventChannels events;
  private final SortedMap<Integer, Line> lines = new TreeMap<>();
  private final Line[] numbered = new Line[COUNT];

  Pirqs(EventChannels events) {
    this.events = events;
  }

  /** One line, as its device sees it. */
  private final class Line implements InterruptPin {
    private int pirq = NONE;
    private boolean asserted;
    private boolean inService;

    @Override
    public void drive(boolean level, long cause) {
      synchronized (Pirqs.this) {
        asserted = level;
        raise(cause);
      }
    }

    /** The event, unless it is not due. */
    void raise(long cause) {
      int port = asserted && !inService && pirq != NONE ? events.pirqPort(pirq) : 0;
      if (port != 0) {
        inService = true;
        events.raise(port, cause);
      }
    }
  }

  /**
   * Gives the domain a line, for a device that it owns.
   *
   * @param gsi 0 to 255
   * @return where the device drives it
   * @throws IllegalArgumentException when it has the line already
   */
  public synchronized InterruptPin give(int gsi) {
    Line line = new Line();
    if (gsi < 0 || gsi >= COUNT || lines.putIfAbsent(gsi, line) != null) {
      throw new IllegalArgumentException("line " + gsi);
    }
    return line;
  }

  /** True when any line was given to the domain. */
  public synchronized boolean any() {
    return !lines.isEmpty();
  }

  /**
   * Gives a line a number; one that has a number keeps it.
   *
   * @param wanted the number, or negative for any
   * @return the number; -EINVAL, -EPERM or -EEXIST
   */
  public synchronized int map(int gsi, int wanted) {
    if (gsi < 0 || gsi >= COUNT || wanted >= COUNT) {
      return -EINVAL;
    }
    Line line = lines.get(gsi);
    if (line == null) {
      return -EPERM;
    }
    if (line.pirq == NONE) {
      // Numbers and lines are equally many: a free one is there. Its own is the usual choice.
      int pirq = wanted >= 0 ? wanted : numbered[gsi] == null ? gsi : free();
      if (numbered[pirq] != null) {
        return -EEXIST;
      }
      numbered[pirq] = line;
      line.pirq = pirq;
    }
    return wanted < 0 || wanted == line.pirq ? line.pirq : -EEXIST;
  }

  private int free() {
    int pirq = 0;
    while (numbered[pirq] != null) {
      pirq++;
    }
    return pirq;
  }

  /** Takes a line's number back; a port that is bound to it stays, and is silent. */
  public synchronized int unmap(int pirq) {
    Line line = at(pirq);
    if (line == null) {
      return -EINVAL;
    }
    numbered[pirq] = null;
    line.pirq = NONE;
    line.inService = false;
    return 0;
  }

  /**
   * Binds a new port; a line that is asserted sends its event at once.
   *
   * @return the port; -EINVAL, -EPERM, -EEXIST or -ENOSPC
   */
  public synchronized int bind(long pirq, long cause) {
    if (pirq >= COUNT) {
      return -EINVAL;
    }
    Line line = at((int) pirq);
    if (line == null) {
      return -EPERM;
    }
    int port = events.bindPirq((int) pirq);
    if (port > 0) {
      line.inService = false;
      line.raise(cause);
    }
    return port;
  }

  /** PHYSDEVOP_eoi: 0 or -EINVAL. */
  public synchronized int eoi(long pirq, long cause) {
    Line line = pirq < COUNT ? at((int) pirq) : null;
    if (line == null || events.pirqPort((int) pirq) == 0) {
      return -EINVAL;
    }
    line.inService = false;
    line.raise(cause);
    return 0;
  }

  /** True for a number that a line has. */
  public synchronized boolean mapped(long pirq) {
    return pirq < COUNT && at((int) pirq) != null;
  }

  private Line at(int pirq) {
    return pirq >= 0 && pirq < COUNT ? numbered[pirq] : null;
  }
}
