package ringside.cli.power;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import ringside.cli.Engines;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunOutput;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.device.disk.Disk;
import ringside.device.disk.DiskOp;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.RecordingDisk;
import ringside.domain.ImageException;

/**
 * One run of a system: what its first disk held before, all that the controller did to it, and the
 * file operations meanwhile. The disk's file stays as it is.
 *
 * @param log every write, zeroing and flush in the controller's order, with content
 */
record Recording(
    RunResult run, MemoryDisk before, ImmutableList<DiskOp> log, ImmutableList<FileStep> steps) {
  private static final RunOutput SILENT = (domid, domain, line) -> {};
  private static final int PIECE = 64 << 10;

  /** The first disk, in memory. */
  private static final class Hooks implements RunHooks {
    private MemoryDisk before;
    private RecordingDisk disk;

    /**
     * @param before what the disk is to hold; null: what it holds
     */
    Hooks(MemoryDisk before) {
      this.before = before;
    }

    @Override
    public Disk plug(int device, int nsid, Disk given) {
      if (disk != null) {
        return given;
      }
      try (given) {
        before = before == null ? copy(given) : before;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      disk = new RecordingDisk(before.copy());
      return disk;
    }

    private static MemoryDisk copy(Disk disk) throws IOException {
      MemoryDisk copy = new MemoryDisk(disk.bytes());
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      for (long at = 0; at < disk.bytes(); at += PIECE) {
        disk.read(at, piece.clear().limit((int) Math.min(PIECE, disk.bytes() - at)));
        copy.write(at, piece.flip());
      }
      return copy;
    }
  }

  static Recording of(SystemDescription system, String engine) throws ImageException {
    return of(system, engine, null);
  }

  /**
   * Of a run that begins with other content of the disk.
   *
   * @param before not changed
   */
  static Recording of(SystemDescription system, String engine, MemoryDisk before)
      throws ImageException {
    Hooks hooks = new Hooks(before);
    FileSteps steps = new FileSteps(() -> hooks.disk.log().size());
    try (Engine itsOwn = Engines.create(engine)) {
      RunResult run = SystemRun.run(system, itsOwn, steps, SILENT, hooks);
      List<DiskOp> log = hooks.disk == null ? List.of() : hooks.disk.log();
      return new Recording(run, hooks.before, ImmutableList.copyOf(log), steps.steps());
    }
  }

  /** The same as of a disk that forgets about flushes and FUA: an order that nobody kept. */
  Recording withoutFlushes() {
    ImmutableList.Builder<DiskOp> kept = ImmutableList.builder();
    for (DiskOp op : log) {
      kept.add(
          switch (op) {
            case DiskOp.Write(long offset, byte[] content, _) ->
                new DiskOp.Write(offset, content, false);
            case DiskOp.Flush() -> new DiskOp.Zero(0, 0, false); // counts as a change, and is none
            case DiskOp.Zero zero -> zero;
          });
    }
    return new Recording(run, before, kept.build(), steps);
  }
}
