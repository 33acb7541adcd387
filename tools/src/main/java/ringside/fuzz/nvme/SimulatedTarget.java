package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.WriteCache;
import ringside.device.nvme.LatencyModel;
import ringside.device.nvme.Namespace;
import ringside.device.nvme.NvmeController;
import ringside.device.nvme.NvmeObserver;
import ringside.device.pci.MsixTable;
import ringside.memory.Copies;
import ringside.time.Timers;

/**
 * The real controller on disks in memory with small caches, and no machine around it.
 *
 * <p>Invariant: nothing of a controller that lost power is left but its disks.
 */
final class SimulatedTarget implements Target {
  private static final int[] BLOCK_BYTES = {512, 4096};
  private static final int[] BLOCKS = {256, 64};
  private static final int CACHE = 96 << 10;
  private static final int VECTORS = 8;
  private static final int MSIX_CAPABILITY = 0x40;
  private static final int TABLE = 0x2000;
  private static final int PENDING = 0x3000;

  private final HostMemory memory;
  private final SplittableRandom random;
  private final List<Message> messages = new ArrayList<>();
  private final List<WriteCache> caches = new ArrayList<>();
  private final ImmutableList<Namespace> namespaces;
  private Timers timers;
  private MsixTable msix;
  private NvmeController controller;
  private long now;
  private int command;
  private int messageControl;

  SimulatedTarget(long seed, HostMemory memory) {
    this.memory = memory;
    this.random = new SplittableRandom(seed);
    ImmutableList.Builder<Namespace> builder = ImmutableList.builder();
    for (int i = 0; i < BLOCKS.length; i++) {
      MemoryDisk disk = new MemoryDisk((long) BLOCKS[i] * BLOCK_BYTES[i]);
      caches.add(new WriteCache(disk, BLOCK_BYTES[i], BLOCK_BYTES[i], CACHE));
      builder.add(new Namespace(i + 1, caches.getLast(), BLOCK_BYTES[i], i + 1));
    }
    namespaces = builder.build();
    powerOn();
  }

  /** What the disks hold, to begin with. */
  static Disks model() {
    ImmutableList.Builder<Disks.Namespace> builder = ImmutableList.builder();
    for (int i = 0; i < BLOCKS.length; i++) {
      builder.add(new Disks.Namespace(i + 1, BLOCK_BYTES[i], new BlockModel(BLOCKS[i])));
    }
    return new Disks(builder.build());
  }

  private void powerOn() {
    timers = new Timers();
    msix = new MsixTable(VECTORS, (address, data, _) -> messages.add(new Message(address, data)));
    controller =
        new NvmeController(
            memory,
            msix,
            timers,
            () -> now,
            new RandomLatency(),
            namespaces,
            "FUZZ",
            new Copies(false),
            new NvmeObserver() {});
    command = 0;
    messageControl = 0;
  }

  /** Anything between at once and 50 µs, so that commands overtake each other. */
  private final class RandomLatency implements LatencyModel {
    private final int longest = 1 << random.nextInt(17);

    @Override
    public long done(Work work, long bytes, long time) {
      return time + Math.max(0, random.nextInt(longest) - longest / 8);
    }

    @Override
    public void reset() {}
  }

  @Override
  public long read(int offset, int size) {
    if (offset >= PENDING) {
      return msix.readPending(offset - PENDING & ~3 & 0xff);
    }
    if (offset >= TABLE) {
      int at = offset - TABLE & ~3;
      return at < msix.length() ? msix.read(at) : 0;
    }
    long mask = size == 8 ? -1 : (1L << size * 8) - 1;
    return controller.read(offset, size) & mask;
  }

  @Override
  public void write(int offset, int size, long value) {
    if (offset < TABLE) {
      controller.write(offset, size, value, 0);
    } else if (size == 4 && offset - TABLE < msix.length()) {
      msix.write(offset - TABLE, (int) value);
    }
  }

  @Override
  public long configRead(int register, int size) {
    return switch (register) {
      case Spec.PCI_COMMAND -> command;
      case Spec.PCI_CAPABILITIES -> MSIX_CAPABILITY;
      case MSIX_CAPABILITY -> Spec.CAP_MSIX;
      case MSIX_CAPABILITY + 2 -> messageControl | VECTORS - 1;
      case MSIX_CAPABILITY + 4 -> TABLE;
      case MSIX_CAPABILITY + 8 -> PENDING;
      default -> 0;
    };
  }

  @Override
  public void configWrite(int register, int size, long value) {
    if (register == Spec.PCI_COMMAND) {
      command = (int) value;
    } else if (register == MSIX_CAPABILITY + 2) {
      messageControl = (int) value & 0xc000;
    }
    boolean master = (command & Spec.PCI_MASTER) != 0;
    msix.control((messageControl & 0x8000) != 0, (messageControl & 0x4000) != 0, master);
    if (register == Spec.PCI_COMMAND) {
      controller.busMaster(master);
    }
  }

  @Override
  public void advance(long ns) {
    long end = now + ns;
    while (timers.next() <= end) {
      now = Math.max(now, timers.next());
      timers.fireDue(now);
    }
    now = end;
  }

  @Override
  public void powerCut(long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    for (WriteCache cache : caches) {
      try {
        cache.powerCut(chance);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    powerOn();
    messages.clear();
  }

  @Override
  public List<Message> messages() {
    List<Message> sent = List.copyOf(messages);
    messages.clear();
    return sent;
  }
}
