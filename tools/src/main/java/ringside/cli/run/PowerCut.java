package ringside.cli.run;

import java.io.IOException;
import java.util.SplittableRandom;
import ringside.device.disk.Disk;
import ringside.device.disk.WriteCache;
import ringside.domain.Machine;

/**
 * The end of a run in which nothing is put in order: all domains stop where they are, and what
 * disks had only in their volatile caches survives or not, whole or in parts, as chance has it.
 *
 * <p>Invariant: what was flushed, or written with FUA, is there. The same seed leaves the same.
 */
public final class PowerCut {
  private final long atNs;
  private final SplittableRandom random;
  private boolean happened;
  private int units;

  /**
   * @param atNs virtual time
   */
  public PowerCut(long atNs, long seed) {
    this.atNs = atNs;
    this.random = new SplittableRandom(seed);
  }

  public void starts(Machine machine) {
    machine
        .timers()
        .at(
            atNs,
            () -> {
              happened = true;
              machine.interrupt();
            });
  }

  /** After the run. */
  public void hits(Disk disk) throws IOException {
    if (happened && disk instanceof WriteCache cache) {
      units += cache.units().size();
      cache.powerCut(random);
    }
  }

  /** False when the run was over before. */
  public boolean happened() {
    return happened;
  }

  /** Writes, or parts of them that no cut tears, which were in caches only. */
  public int unitsAtStake() {
    return units;
  }
}
