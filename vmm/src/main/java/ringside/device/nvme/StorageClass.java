package ringside.device.nvme;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How fast a class of storage is, as data sheets of its members put it: time to begin, time for
 * each byte, how many commands work at once, what a flush costs.
 *
 * <p>Invariant: a model has as many channels as its class; each does one command after the other,
 * and the bytes of all share one link. Jitter, a quarter of the time at most, comes from the
 * generator, so that commands overtake each other, and do so in every run of a seed alike.
 */
public enum StorageClass {
  /** Everything at once; for tests of all but time. */
  NONE(0, 0, 0, 0, 1),
  /** PCIe 4.0 drives of the fast kind: 7 GB/s, 50 us to read. */
  NVME_FAST(50_000, 12_000, 140, 150_000, 32),
  /** PCIe 3.0 drives such as the paper's: 3.3 GB/s, 80 us to read. */
  NVME(80_000, 20_000, 300, 400_000, 16),
  /** SATA drives: 530 MB/s. */
  SATA_SSD(90_000, 60_000, 1_900, 1_500_000, 8),
  /** Disks that turn: 200 MB/s, one head. */
  HDD(8_000_000, 6_000_000, 5_000, 12_000_000, 1);

  private final long readNs;
  private final long writeNs;
  private final long psPerByte;
  private final long flushNs;
  private final int channels;

  StorageClass(long readNs, long writeNs, long psPerByte, long flushNs, int channels) {
    this.readNs = readNs;
    this.writeNs = writeNs;
    this.psPerByte = psPerByte;
    this.flushNs = flushNs;
    this.channels = channels;
  }

  /** A device of this class. */
  public LatencyModel model(RandomGenerator random) {
    return this == NONE ? LatencyModel.NONE : new Device(random);
  }

  private final class Device implements LatencyModel {
    private final RandomGenerator random;
    private final long[] freeAt = new long[channels];
    private long linkFreeAt;

    Device(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public void reset() {
      Arrays.fill(freeAt, 0);
      linkFreeAt = 0;
    }

    @Override
    public long done(Work work, long bytes, long now) {
      if (work == Work.ADMIN) {
        return now;
      }
      long base =
          switch (work) {
            case READ -> readNs;
            case WRITE, TRIM -> writeNs;
            case FLUSH -> flushNs;
            case ADMIN -> 0;
          };
      int channel = earliest();
      long media = Math.max(now, freeAt[channel]) + base + random.nextLong(base / 4 + 1);
      long transfer = Math.max(now, linkFreeAt) + bytes * psPerByte / 1000;
      linkFreeAt = transfer;
      freeAt[channel] = Math.max(media, transfer);
      return freeAt[channel];
    }

    private int earliest() {
      int best = 0;
      for (int i = 1; i < channels; i++) {
        best = freeAt[i] < freeAt[best] ? i : best;
      }
      return best;
    }
  }
}
