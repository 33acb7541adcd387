package ringside.volume;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Whether the structures of a volume agree with each other, as e2fsck -fn would have it after a
 * journal was replayed: ownership of blocks, links, directories, bitmaps, counts.
 *
 * <p>Inodes on the list of orphans are as good as used: whoever mounts the volume deletes or
 * truncates them. Does not: look at the order of indexed directories, or into extended attributes.
 */
public final class VolumeCheck {
  /** A directory that was found and not looked into yet. */
  private record Pending(Inode directory, Inode parent) {}

  private final Volume volume;
  private final Superblock sb;
  private final Problems problems = new Problems();
  private final Ownership blocks;
  private final int[] links;
  private final boolean[] used;
  private final Set<Integer> orphans = new LinkedHashSet<>();
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();

  private VolumeCheck(Volume volume) {
    this.volume = volume;
    this.sb = volume.superblock();
    this.blocks = new Ownership(volume, problems);
    this.links = new int[sb.inodes() + 1];
    this.used = new boolean[sb.inodes() + 1];
  }

  /** What is wrong; empty when nothing is. */
  public static ImmutableList<String> problems(Volume volume) throws IOException {
    VolumeCheck check = new VolumeCheck(volume);
    try {
      check.orphans();
      check.reserved();
      check.tree();
      check.inodes();
      check.blocks.checkAttributes();
      check.bitmaps();
    } catch (VolumeException e) {
      check.problems.add("%s", e.getMessage());
    }
    return check.problems.texts();
  }

  private void orphans() throws IOException {
    for (int next = sb.orphan(); next != 0; ) {
      Inode inode = volume.inode(next);
      if (!orphans.add(next)) {
        throw new VolumeException("the list of orphans has no end");
      }
      use(inode);
      next = inode.deleted();
    }
  }

  private void use(Inode inode) throws IOException {
    if (!used[inode.number()]) {
      used[inode.number()] = true;
      blocks.take(inode);
    }
  }

  /** The first inodes, which no directory names. */
  private void reserved() throws IOException {
    for (int i = 1; i < sb.firstInode(); i++) {
      Inode inode = volume.inode(i);
      if (i != Inode.ROOT && inode.mode() != 0) {
        blocks.take(inode);
      }
      used[i] = true;
    }
  }

  private void tree() throws IOException {
    Inode root = volume.root();
    if (!root.directory()) {
      throw new VolumeException("inode 2 is no directory");
    }
    blocks.take(root);
    pending.add(new Pending(root, root));
    while (!pending.isEmpty()) {
      Pending next = pending.remove();
      directory(next.directory, next.parent);
    }
  }

  private void directory(Inode directory, Inode parent) throws IOException {
    List<DirectoryEntry> entries = DirectoryEntry.all(volume, directory);
    int number = directory.number();
    problems.unless(
        entries.size() >= 2
            && entries.get(0).equals(dot(entries.get(0), number, "."))
            && entries.get(1).equals(dot(entries.get(1), parent.number(), "..")),
        "directory %d does not begin with its own . and ..",
        number);
    Set<String> names = new HashSet<>();
    for (DirectoryEntry entry : entries) {
      problems.unless(names.add(entry.name()), "directory %d: \"%s\" twice", number, entry.name());
      Inode inode = volume.inode(entry.inode());
      links[entry.inode()]++;
      if (!entry.dots()) {
        entry(directory, entry, inode);
      }
    }
  }

  private static DirectoryEntry dot(DirectoryEntry like, int inode, String name) {
    return new DirectoryEntry(inode, like.type(), name);
  }

  private void entry(Inode directory, DirectoryEntry entry, Inode inode) throws IOException {
    int number = directory.number();
    if (inode.mode() == 0 || inode.links() == 0) {
      problems.add("directory %d: \"%s\" is of a free inode", number, entry.name());
      return;
    }
    problems.unless(
        entry.name().indexOf('/') < 0 && entry.name().indexOf('\0') < 0,
        "directory %d: a name with a slash or NUL",
        number);
    problems.unless(
        entry.type() == 0 || entry.type() == inode.entryType(),
        "directory %d: \"%s\" is of another kind than its inode",
        number,
        entry.name());
    boolean first = !used[inode.number()];
    use(inode);
    if (inode.directory()) {
      if (first) {
        pending.add(new Pending(inode, directory));
      } else {
        problems.add("directory %d has two names", inode.number());
      }
    }
  }

  /** What each inode says of itself against what was found. */
  private void inodes() throws IOException {
    for (int i = sb.firstInode(); i <= sb.inodes(); i++) {
      Inode inode = volume.inode(i);
      if (!used[i]) {
        problems.unless(inode.links() == 0, "inode %d has %d links and no name", i, inode.links());
        continue;
      }
      problems.differs("inode " + i + ": links", inode.links(), links[i]);
      if (!orphans.contains(i)) {
        problems.unless(inode.deleted() == 0, "inode %d was deleted and has a name", i);
        blocks.checkSize(inode);
      }
    }
    problems.differs("inode 2: links", volume.root().links(), links[Inode.ROOT]);
  }

  private void bitmaps() throws IOException {
    long freeBlocks = 0;
    int freeInodes = 0;
    for (int i = 0; i < sb.groups(); i++) {
      GroupDescriptor group = volume.groups().get(i);
      long firstBlock = sb.firstBlock() + (long) i * sb.blocksPerGroup();
      int count = (int) Math.min(sb.blocksPerGroup(), sb.blocks() - firstBlock);
      int free = bitmap("block", group.blockBitmap(), firstBlock, count, b -> blocks.owned(b));
      problems.differs("group " + i + ": free blocks", group.freeBlocks(), free);
      freeBlocks += free;
      int firstInode = i * sb.inodesPerGroup() + 1;
      free =
          bitmap("inode", group.inodeBitmap(), firstInode, sb.inodesPerGroup(), n -> used[(int) n]);
      problems.differs("group " + i + ": free inodes", group.freeInodes(), free);
      freeInodes += free;
      problems.differs(
          "group " + i + ": directories", group.directories(), directories(firstInode));
    }
    if (!volume.wasInUse()) {
      problems.differs("free blocks", sb.freeBlocks(), freeBlocks);
      problems.differs("free inodes", sb.freeInodes(), freeInodes);
    }
  }

  /** Returns how many are free. */
  private int bitmap(String what, long at, long first, int count, LongPredicate wanted)
      throws IOException {
    ByteBuffer bits = volume.block(at);
    int free = 0;
    for (int i = 0; i < count; i++) {
      boolean marked = (bits.get(i / 8) >> i % 8 & 1) != 0;
      boolean inUse = wanted.test(first + i);
      problems.unless(
          marked == inUse,
          "%s %d is %s, but its bitmap says otherwise",
          what,
          first + i,
          inUse ? "used" : "free");
      free += marked ? 0 : 1;
    }
    return free;
  }

  private int directories(int firstInode) throws IOException {
    int count = 0;
    for (int i = firstInode; i < firstInode + sb.inodesPerGroup(); i++) {
      count += used[i] && volume.inode(i).directory() ? 1 : 0;
    }
    return count;
  }
}
