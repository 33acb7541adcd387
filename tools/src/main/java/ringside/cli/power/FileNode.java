package ringside.cli.power;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What a name stands for: a directory, a regular file, a symbolic link.
 *
 * @param id the same for names of the same file
 * @param kind 'd', 'f' or 'l'
 * @param bytes content of a file, target of a link
 * @param written sectors of the content that are no hole
 */
record FileNode(int id, char kind, byte[] bytes, BitSet written) {
  static final int SECTOR = 512;

  static FileNode of(int id, char kind, byte[] bytes) {
    BitSet written = new BitSet();
    written.set(0, Math.ceilDiv(bytes.length, SECTOR));
    return new FileNode(id, kind, bytes, written);
  }

  int size() {
    return bytes.length;
  }

  /**
   * With words of 64 bits, little-endian, written at an offset.
   *
   * @param word all of them
   */
  FileNode with(int offset, int length, long word) {
    byte[] now = Arrays.copyOf(bytes, Math.max(bytes.length, offset + length));
    for (int i = 0; i < length; i++) {
      now[offset + i] = (byte) (word >>> i % 8 * 8);
    }
    BitSet sectors = (BitSet) written.clone();
    sectors.set(offset / SECTOR, Math.ceilDiv(offset + length, SECTOR));
    return new FileNode(id, kind, now, sectors);
  }

  FileNode cutTo(int size) {
    BitSet sectors = (BitSet) written.clone();
    int last = Math.ceilDiv(size, SECTOR);
    sectors.clear(last, Math.max(last, sectors.length()));
    return new FileNode(id, kind, Arrays.copyOf(bytes, size), sectors);
  }

  /** Whether a part of other content is what this has there, zeroes behind its end. */
  boolean agrees(byte[] other, int from, int to) {
    int end = Math.clamp(bytes.length, from, to);
    if (!Arrays.equals(bytes, Math.min(from, end), end, other, from, end)) {
      return false;
    }
    for (int i = end; i < to; i++) {
      if (other[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
