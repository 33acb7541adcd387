package ringside.fuzz.nvme;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Memory for the data of commands, and the PRP entries that describe it (section 4.3).
 *
 * <p>Invariant: a buffer belongs to one command at a time.
 */
final class Buffers {
  /** Most bytes of a command. */
  static final int MAX = 8 * Spec.PAGE;

  static final int LIST_PAGES = 3;
  static final int DATA_PAGES = MAX / Spec.PAGE + 1;
  static final int PAGES = LIST_PAGES + DATA_PAGES;

  /** A mistake in PRP entries. */
  enum Mistake {
    NONE,
    /** Not a multiple of four bytes: a controller may refuse it, or overlook it. */
    ODD_OFFSET,
    /** The second page, or one in a list, does not begin at its beginning. */
    PAGE_OFFSET,
    /** A page where no memory is. */
    NO_MEMORY
  }

  /** One command's pages. */
  static final class Buffer {
    final int index;
    private final HostMemory memory;
    private final Coverage coverage;
    private final long lists;
    private final long data;
    private boolean busy;
    private long[] pieces = {};
    private int first;
    private int length;

    private Buffer(int index, HostMemory memory, long base, Coverage coverage) {
      this.index = index;
      this.memory = memory;
      this.coverage = coverage;
      this.lists = base;
      this.data = base + (long) LIST_PAGES * Spec.PAGE;
    }

    void release() {
      busy = false;
    }

    /** The data, as they are in the pages now. */
    byte[] get() {
      byte[] bytes = new byte[length];
      each((piece, at) -> piece.get(bytes, at, piece.remaining()));
      return bytes;
    }

    void put(byte[] bytes) {
      each((piece, at) -> piece.put(bytes, at, piece.remaining()));
    }

    void poison() {
      each((piece, _) -> Content.poison(piece));
    }

    private interface Piece {
      void with(ByteBuffer piece, int at);
    }

    private void each(Piece action) {
      int at = 0;
      for (int i = 0; at < length; i++) {
        int offset = i == 0 ? first : 0;
        int size = Math.min(Spec.PAGE - offset, length - at);
        action.with(memory.view(pieces[i] + offset, size), at);
        at += size;
      }
    }

    /**
     * Lays the data out in pages, somewhere in each other's order, and describes it in the command.
     *
     * @param write whether the controller writes the data to memory
     * @return the mistake that was made: not all are possible in all layouts
     */
    Mistake describe(
        Command command, int bytes, boolean write, Mistake mistake, SplittableRandom random) {
      length = bytes;
      first = random.nextInt(3) == 0 ? random.nextInt(Spec.PAGE / 4) * 4 : 0;
      pieces = shuffled(random);
      int count = (first + length + Spec.PAGE - 1) / Spec.PAGE;
      Mistake made = mistake == Mistake.PAGE_OFFSET && count < 2 ? Mistake.NONE : mistake;
      int wrong =
          made == Mistake.PAGE_OFFSET ? 1 + random.nextInt(count - 1) : random.nextInt(count);
      long[] entries = new long[count];
      for (int i = 0; i < count; i++) {
        entries[i] = pieces[i] + (i == 0 ? first : 0);
        if (i == wrong) {
          entries[i] = spoiled(entries[i], made, i == 0, random);
        }
        if (made != Mistake.NO_MEMORY || i != wrong) {
          command.range(pieces[i] + (i == 0 ? first : 0), pieceLength(i), write);
        }
      }
      command.wide(6, entries[0]);
      if (count == 1) {
        command.wide(8, random.nextInt(4) == 0 ? random.nextLong() : 0);
        coverage.count("PRPs", "one page");
      } else if (count == 2) {
        command.wide(8, entries[1]);
        coverage.count("PRPs", "two pages");
      } else {
        command.wide(8, list(entries, command, random));
      }
      Mistake is = made == Mistake.ODD_OFFSET && wrong > 0 ? Mistake.PAGE_OFFSET : made;
      if (is != Mistake.NONE) {
        coverage.count("PRPs", "mistake: " + is.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
      return is;
    }

    private int pieceLength(int i) {
      int before = i == 0 ? 0 : i * Spec.PAGE - first;
      return Math.min(length - before, Spec.PAGE - (i == 0 ? first : 0));
    }

    private long spoiled(long entry, Mistake mistake, boolean isFirst, SplittableRandom random) {
      return switch (mistake) {
        case NONE -> entry;
        case ODD_OFFSET -> entry + 1 + random.nextInt(3);
        case PAGE_OFFSET -> entry + 8L * (1 + random.nextInt(500));
        case NO_MEMORY -> {
          long nowhere = random.nextBoolean() ? 0 : random.nextLong() & 0xf_ffff_ffff_f000L;
          yield (nowhere < memory.end() ? memory.end() : nowhere) + (isFirst ? first : 0);
        }
      };
    }

    private long[] shuffled(SplittableRandom random) {
      long[] pages = new long[DATA_PAGES];
      boolean inOrder = random.nextBoolean();
      for (int i = 0; i < DATA_PAGES; i++) {
        int j = inOrder ? i : random.nextInt(i + 1);
        pages[i] = pages[j];
        pages[j] = data + (long) i * Spec.PAGE;
      }
      return pages;
    }

    /** Lists of all entries but the first; a list that reaches the end of its page goes on. */
    private long list(long[] entries, Command command, SplittableRandom random) {
      int room = random.nextBoolean() ? 1 + random.nextInt(entries.length + 1) : Spec.PAGE / 8;
      int page = 0;
      long start = lists + Spec.PAGE - 8L * Math.max(room, 2);
      long at = start;
      command.range(lists, (long) LIST_PAGES * Spec.PAGE, false);
      for (int i = 1; i < entries.length; i++) {
        boolean lastOfPage = (at + 8) % Spec.PAGE == 0;
        if (lastOfPage && i < entries.length - 1) {
          page++;
          long next = lists + (long) page * Spec.PAGE;
          memory.view(at, 8).putLong(next);
          at = next;
        }
        memory.view(at, 8).putLong(entries[i]);
        at += 8;
      }
      coverage.count("PRPs", page > 0 ? "list, chained" : "list");
      return start;
    }
  }

  private final List<Buffer> all = new ArrayList<>();

  Buffers(int count, HostMemory memory, long base, Coverage coverage) {
    for (int i = 0; i < count; i++) {
      all.add(new Buffer(i, memory, base + (long) i * PAGES * Spec.PAGE, coverage));
    }
  }

  /** Null when all are in use. */
  Buffer take() {
    for (Buffer buffer : all) {
      if (!buffer.busy) {
        buffer.busy = true;
        return buffer;
      }
    }
    return null;
  }

  void releaseAll() {
    all.forEach(Buffer::release);
  }
}
