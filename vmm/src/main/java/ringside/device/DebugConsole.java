package ringside.device;

import java.io.ByteArrayOutputStream;
import ringside.domain.Domain;
import ringside.domain.Vcpu;

/**
 * QEMU's isa-debugcon: a byte written to its port goes to the domain's console; reading gives 0xe9,
 * by which guests find it. Bytes are passed on by lines, and what is left when the device is reset
 * or the domain stops.
 */
public final class DebugConsole implements RegisterBlock {
  /** Where it usually is. */
  public static final int DEFAULT_PORT = 0xe9;

  private static final int READBACK = 0xe9;
  private static final int LONGEST_LINE = 256;

  private final Domain domain;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  public DebugConsole(Domain domain) {
    this.domain = domain;
  }

  /**
   * Plugs it in.
   *
   * @throws IllegalArgumentException when the port is taken
   */
  public void attach(int port) {
    domain.board().addPorts(port, 1, this);
    domain.console().flushedBy(this::flush);
  }

  @Override
  public String name() {
    return "debugcon";
  }

  @Override
  public long read(Vcpu vcpu, long offset, int size) {
    return READBACK;
  }

  @Override
  public void write(Vcpu vcpu, long offset, int size, long value) {
    line.write((int) value & 0xff);
    if ((value & 0xff) == '\n' || line.size() >= LONGEST_LINE) {
      flush();
    }
  }

  private void flush() {
    if (line.size() > 0) {
      domain.console().write(ConsoleChannel.DEBUGCON, line.toByteArray(), 0);
      line.reset();
    }
  }
}
