package ringside.device.pci;

import ringside.device.Board;
import ringside.device.RegisterBlock;
import ringside.device.Resettable;
import ringside.domain.Vcpu;

/**
 * A domain's PCI bus: configuration mechanism #1 (PCI Local Bus 3.0, section 3.2.2.3.2) at ports
 * 0xcf8 and 0xcfc, and one function at 00:03.0.
 *
 * <p>Invariant: the function's registers answer at the address in its BAR, and nowhere else.
 *
 * <p>Does not: more than one bus, bridges, memory-mapped configuration, port I/O BARs.
 */
public final class PciHost implements RegisterBlock, Resettable {
  private static final int ADDRESS_PORT = 0xcf8;
  private static final int PORTS = 8;
  private static final int DATA = 4;
  private static final int ENABLE = 1 << 31;
  private static final int DEVICE = 3;

  private final Board board;
  private final PciFunction function;
  private boolean plugged = true;
  private int address;
  private long mapped = -1;

  public PciHost(Board board, PciFunction function) {
    this.board = board;
    this.function = function;
    board.addPorts(ADDRESS_PORT, PORTS, this);
    map();
  }

  @Override
  public String name() {
    return "pci";
  }

  @Override
  public void reset() {
    address = 0;
    if (plugged) {
      function.reset();
      map();
    }
  }

  /** Takes the function off this bus, as it is, for good. */
  void unplug() {
    plugged = false;
    map();
  }

  @Override
  public long read(Vcpu vcpu, long offset, int size) {
    if (offset < DATA) {
      return size == DATA ? address & 0xffff_ffffL : -1;
    }
    int at = (int) offset - DATA;
    return selected() && at + size <= Integer.BYTES
        ? function.configRead((address & 0xfc) + at, size)
        : -1;
  }

  @Override
  public void write(Vcpu vcpu, long offset, int size, long value) {
    int at = (int) offset - DATA;
    if (at < 0) {
      address = size == DATA ? (int) value & (ENABLE | 0x00ff_fffc) : address;
    } else if (selected() && at + size <= Integer.BYTES) {
      function.configWrite((address & 0xfc) + at, size, value);
      map();
    }
  }

  private boolean selected() {
    return plugged && (address & ENABLE) != 0 && (address >>> 8 & 0xffff) == DEVICE << 3;
  }

  /** Follows the BAR and the memory enable bit. A place that others have stays theirs. */
  private void map() {
    long wanted = plugged ? function.registerAddress() : -1;
    if (wanted == mapped) {
      return;
    }
    if (mapped >= 0) {
      board.removeMmio(mapped);
      mapped = -1;
    }
    if (wanted >= 0 && board.mmioFree(wanted, function.registerBytes())) {
      board.addMmio(wanted, function.registerBytes(), function.registers());
      mapped = wanted;
    }
  }
}
