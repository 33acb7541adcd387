package ringside.fuzz.nvme;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One command, and what may come of it.
 *
 * <p>Invariant: it completes at most once, with one of {@code statuses}; until then the controller
 * may touch the memory in its ranges, each in its direction.
 */
final class Command implements HostMemory.Grant {
  /** What it does to the model. All times are of the model's counter. */
  interface Effect {
    Effect NONE =
        new Effect() {
          @Override
          public void begins(long now) {}

          @Override
          public void completes(int status, int dw0, long now) {}

          @Override
          public void vanishes(long now) {}
        };

    /** The controller may know of it from now on. */
    void begins(long now);

    /** It has completed. */
    void completes(int status, int dw0, long now);

    /** It will never complete, nor have an effect from now on. */
    void vanishes(long now);
  }

  private record Range(long start, long end, boolean write) {}

  final String what;
  final int opcode;
  final SortedSet<Integer> statuses = new TreeSet<>();
  final int[] words = new int[16];
  Effect effect = Effect.NONE;
  Buffers.Buffer buffer;

  /** Which command it shall abort: as dword 10 says it; -1 for none. */
  long aborts = -1;

  /** Whether it succeeds when there are no I/O queues. */
  boolean wantsNoQueues;

  int cid;

  /** How many commands its queue got before it. */
  long number;

  private final List<Range> ranges = new ArrayList<>();

  Command(String what, int opcode) {
    this.what = what;
    this.opcode = opcode;
    words[0] = opcode;
  }

  Command namespace(int nsid) {
    words[1] = nsid;
    return this;
  }

  /** Sets a 64-bit field, of which this is the lower word. */
  Command wide(int word, long value) {
    words[word] = (int) value;
    words[word + 1] = (int) (value >>> 32);
    return this;
  }

  Command word(int word, int value) {
    words[word] = value;
    return this;
  }

  Command may(Integer... allowed) {
    statuses.addAll(Arrays.asList(allowed));
    return this;
  }

  void range(long start, long length, boolean write) {
    ranges.add(new Range(start, start + length, write));
  }

  /** Whether it has data in memory. */
  boolean buffered() {
    return !ranges.isEmpty();
  }

  /** Whether it parks until something happens. */
  boolean parked() {
    return opcode == Spec.AER && what.startsWith("AER");
  }

  void put(ByteBuffer entry) {
    words[0] = words[0] & 0xffff | cid << 16;
    for (int word : words) {
      entry.putInt(word);
    }
  }

  @Override
  public long coveredTo(long at, boolean write) {
    for (Range range : ranges) {
      if (range.write == write && range.start <= at && at < range.end) {
        return range.end;
      }
    }
    return at;
  }

  String allowed() {
    return statuses.stream().map("0x%x"::formatted).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return what + " cid " + cid;
  }
}
