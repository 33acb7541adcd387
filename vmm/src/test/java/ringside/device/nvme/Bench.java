package ringside.device.nvme;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import ringside.device.pci.MsixTable;
import ringside.memory.Copies;
import ringside.memory.GuestFault;
import ringside.time.Timers;

/** A controller without a machine: memory, a clock that stands still, and ears for all it says. */
final class Bench implements Rig.Bus {
  final ByteBuffer memory;
  final Timers timers = new Timers();
  final List<Integer> messages = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  final MsixTable msix = new MsixTable(4, (_, data, _) -> messages.add(data));
  final NvmeController controller;
  final Rig rig = new Rig(this, 0);
  boolean pin;

  /** Comes in between any two commands; null: nobody wants to. */
  Runnable between;

  private long now;

  Bench(LatencyModel latency, Namespace... namespaces) {
    this(4 << 20, latency, namespaces);
  }

  Bench(int bytes, LatencyModel latency, Namespace... namespaces) {
    this(ByteBuffer.allocate(bytes), latency, new Copies(false), namespaces);
  }

  Bench(ByteBuffer memory, LatencyModel latency, Copies copies, Namespace... namespaces) {
    this.memory = memory;
    controller =
        new NvmeController(
            this::dma,
            msix,
            timers,
            () -> now,
            latency,
            ImmutableList.copyOf(namespaces),
            "TEST",
            copies,
            new NvmeObserver() {
              @Override
              public void pin(boolean asserted, long cause) {
                pin = asserted;
              }

              @Override
              public void between(Runnable settle) {
                if (between != null) {
                  settle.run();
                  between.run();
                }
              }

              @Override
              public void diskError(String why) {
                errors.add(why);
              }
            });
    controller.busMaster(true);
  }

  private ByteBuffer dma(long gpa, int length, boolean write) throws GuestFault {
    if (gpa < 0 || gpa > memory.capacity() - length) {
      throw new GuestFault("no memory at gpa", gpa, length);
    }
    return memory(gpa, length);
  }

  @Override
  public ByteBuffer memory(long gpa, int length) {
    return memory.slice((int) gpa, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long read(int offset, int size) {
    return controller.read(offset, size) & -1L >>> 64 - size * 8;
  }

  @Override
  public void write(int offset, int size, long value) {
    controller.write(offset, size, value, 0);
  }

  @Override
  public boolean step() {
    if (timers.next() == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, timers.next());
    timers.fireDue(now);
    return true;
  }
}
