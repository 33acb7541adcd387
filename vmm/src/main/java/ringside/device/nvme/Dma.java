package ringside.device.nvme;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ringside.device.DmaPort;
import ringside.memory.GuestFault;

/** The controller's way to guest memory: what is refused is told, and what command wanted it. */
final class Dma {
  private final DmaPort port;
  private final NvmeObserver observer;
  private long cause;

  Dma(DmaPort port, NvmeObserver observer) {
    this.port = port;
    this.observer = observer;
  }

  /**
   * What follows is for the command of this trace id, or 0.
   *
   * @param causeId trace id
   */
  void onBehalfOf(long causeId) {
    cause = causeId;
  }

  /** As {@link DmaPort#at}. */
  ByteBuffer at(long gpa, int length, boolean write) throws GuestFault {
    try {
      return port.at(gpa, length, write).order(ByteOrder.LITTLE_ENDIAN);
    } catch (GuestFault e) {
      observer.dmaBlocked(gpa, length, write, cause);
      throw e;
    }
  }

  /** The same, for the data of a command. */
  ByteBuffer data(long gpa, int length, boolean write) throws GuestFault {
    ByteBuffer bytes = at(gpa, length, write);
    observer.dma(gpa, length, write, cause);
    return bytes;
  }
}
