package ringside.device;

import ringside.domain.Domain;
import ringside.domain.Verdict;

/** Backend of a domain's PV console: the ring page, its event channel, and console_io. */
public final class PvConsole implements AutoCloseable {
  private final Domain domain;

  public PvConsole(Domain domain) {
    this.domain = domain;
  }

  /** Output by hypercall or debug port, past the ring. */
  public void write(byte[] bytes) {
    domain.machine().listener().consoleOutput(domain, bytes);
  }

  /** Takes what is in the ring; called on an event, on yield and when the domain stops. */
  public void drain() {}

  public Verdict verdict() {
    return Verdict.NONE;
  }

  @Override
  public void close() {}
}
