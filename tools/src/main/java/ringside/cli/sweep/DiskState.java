package ringside.cli.sweep;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import ringside.device.disk.Disk;
import ringside.volume.Volume;
import ringside.volume.VolumeCheck;
import ringside.volume.VolumeException;
import ringside.volume.VolumeTree;

/**
 * What a disk holds in the end: its files, where it is a volume, else its blocks.
 *
 * @param volume whether it is a volume, of which only files count: where its server put them, and
 *     in which order, may change with every restart
 */
record DiskState(boolean volume, List<String> lines) {
  private static final int PIECE = 64 << 10;
  private static final int MAGIC_AT = 1024 + 56;
  private static final int MAGIC = 0xef53;
  private static final int MOST_TOLD = 3;

  static DiskState of(Disk disk) throws IOException {
    return isVolume(disk)
        ? new DiskState(true, files(disk))
        : new DiskState(false, List.of("holds " + hash(disk)));
  }

  private static boolean isVolume(Disk disk) throws IOException {
    if (disk.bytes() < MAGIC_AT + 2) {
      return false;
    }
    ByteBuffer magic = ByteBuffer.allocate(2);
    disk.read(MAGIC_AT, magic);
    return (magic.get(0) & 0xff | (magic.get(1) & 0xff) << 8) == MAGIC;
  }

  private static List<String> files(Disk disk) throws IOException {
    try {
      Volume volume = new Volume(disk);
      List<String> lines = new ArrayList<>(VolumeTree.lines(volume));
      VolumeCheck.problems(volume).forEach(problem -> lines.add("corrupt: " + problem));
      return lines;
    } catch (VolumeException e) {
      return List.of("cannot be read: " + e.getMessage());
    }
  }

  private static String hash(Disk disk) throws IOException {
    Hasher hasher = Hashing.sha256().newHasher();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long at = 0; at < disk.bytes(); at += PIECE) {
      disk.read(at, piece.clear().limit((int) Math.min(PIECE, disk.bytes() - at)));
      hasher.putBytes(piece.flip());
    }
    return hasher.hash().toString();
  }

  /** What another one has more or less than this; a few sentences. */
  List<String> differences(String disk, DiskState other) {
    List<String> wrong = new ArrayList<>();
    tell(wrong, disk + ": is not there: ", lines, other.lines);
    tell(wrong, disk + ": without a kill is not there: ", other.lines, lines);
    return wrong;
  }

  private static void tell(List<String> wrong, String what, List<String> from, List<String> less) {
    from.stream()
        .filter(line -> !less.contains(line))
        .limit(MOST_TOLD)
        .forEach(line -> wrong.add(what + line));
  }
}
