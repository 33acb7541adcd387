package ringside.cpu.jvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Intel SDM volume 3, chapter 4, once more and as plainly as can be, over an array of bytes. */
final class PagingModel {
  enum Mode {
    OFF,
    TWO_LEVEL,
    PAE,
    FOUR_LEVEL
  }

  Mode mode = Mode.OFF;
  boolean nxe;
  boolean wp;
  boolean pse;
  long cr3;
  final ByteBuffer memory;

  /** Pages that entries were read from. */
  final BitSet tables = new BitSet();

  long gpa;

  PagingModel(int bytes) {
    memory = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** -1 with gpa set, or the error code of the page fault. */
  int translate(long linear, boolean write, boolean user, boolean fetch) {
    if (mode == Mode.OFF) {
      gpa = linear & 0xffff_ffffL;
      return -1;
    }
    int code = (write ? 2 : 0) + (user ? 4 : 0);
    if (fetch && nxe && mode != Mode.TWO_LEVEL) {
      code += 16;
    }
    int[] shifts =
        switch (mode) {
          case TWO_LEVEL -> new int[] {22, 12};
          case PAE -> new int[] {30, 21, 12};
          default -> new int[] {39, 30, 21, 12};
        };
    int size = mode == Mode.TWO_LEVEL ? 4 : 8;
    long table = cr3;
    boolean mayWrite = true;
    boolean mayUse = true;
    boolean mayFetch = true;
    for (int i = 0; i < shifts.length; i++) {
      int bits = size == 4 ? 10 : mode == Mode.PAE && i == 0 ? 2 : 9;
      long at = table + (linear >>> shifts[i] & (1 << bits) - 1) * size;
      long entry = get(at, size);
      if ((entry & 1) == 0) {
        return code;
      }
      boolean pointer = mode == Mode.PAE && i == 0;
      boolean last = i == shifts.length - 1;
      boolean large = !last && !pointer && (entry & 0x80) != 0 && (size == 8 || pse);
      if (reserved(entry, shifts[i], pointer, large)) {
        return code + 9;
      }
      if (!pointer) {
        mayWrite &= (entry & 2) != 0;
        mayUse &= (entry & 4) != 0;
        mayFetch &= size == 4 || entry >= 0;
      }
      if (last || large) {
        if (user && !mayUse || write && !mayWrite && (user || wp) || fetch && !mayFetch) {
          return code + 1;
        }
        set(at, size, entry | 0x20 | (write ? 0x40 : 0));
        long within = (1L << shifts[i]) - 1;
        gpa = entry & 0x000f_ffff_ffff_f000L & ~within | linear & within;
        return -1;
      }
      if (!pointer) {
        set(at, size, entry | 0x20);
      }
      table = entry & 0x000f_ffff_ffff_f000L;
    }
    throw new AssertionError();
  }

  private boolean reserved(long entry, int shift, boolean pointer, boolean large) {
    if (mode == Mode.TWO_LEVEL) {
      return large && (entry & 0x3f_e000) != 0;
    }
    for (int bit = 0; bit < 64; bit++) {
      boolean set = (entry >>> bit & 1) != 0;
      boolean bad =
          bit >= 36 && bit <= 51
              || bit == 63 && (!nxe || pointer)
              || mode == Mode.PAE && bit >= 52 && bit <= 62
              || pointer && (bit == 1 || bit == 2 || bit >= 5 && bit <= 8)
              || bit == 7 && shift >= 30
              || large && shift == 21 && bit >= 13 && bit <= 20;
      if (set && bad) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(long at) {
    return at >= 0 && at < memory.capacity();
  }

  private long get(long at, int size) {
    if (!holds(at)) {
      return size == 8 ? -1 : 0xffff_ffffL;
    }
    tables.set((int) at >>> 12);
    return size == 8 ? memory.getLong((int) at) : memory.getInt((int) at) & 0xffff_ffffL;
  }

  private void set(long at, int size, long entry) {
    if (holds(at) && size == 8) {
      memory.putLong((int) at, entry);
    } else if (holds(at)) {
      memory.putInt((int) at, (int) entry);
    }
  }
}
