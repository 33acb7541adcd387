package ringside.device;

import java.util.Optional;
import ringside.domain.Domain;
import ringside.domain.Outcome;
import ringside.domain.ShutdownReason;
import ringside.domain.Vcpu;
import ringside.domain.Verdict;

/**
 * QEMU's isa-debug-exit: a write ends the domain at once. 0 means that all went well (then the
 * verdict on the console counts, if there is one); any other value is a failure.
 */
public final class DebugExit implements RegisterBlock {
  /** Where QEMU puts it when nobody says otherwise. */
  public static final int DEFAULT_PORT = 0x501;

  private static final int PORTS = 2;

  private final Domain domain;

  public DebugExit(Domain domain) {
    this.domain = domain;
  }

  /**
   * Plugs it in at two ports.
   *
   * @throws IllegalArgumentException when one of them is taken
   */
  public void attach(int port) {
    domain.board().addPorts(port, PORTS, this);
  }

  @Override
  public String name() {
    return "debug-exit";
  }

  @Override
  public long read(Vcpu vcpu, long offset, int size) {
    return 0;
  }

  @Override
  public void write(Vcpu vcpu, long offset, int size, long value) {
    domain.console().drain();
    Verdict verdict = value == 0 ? domain.console().verdict() : Verdict.FAILURE;
    domain.stop(
        new Outcome(
            ShutdownReason.POWEROFF,
            "the guest wrote 0x%x to debug-exit".formatted(value),
            Optional.empty(),
            verdict));
  }
}
