package ringside.ivmc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.abi.Width;
import ringside.abi.gen.IvmcRing;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * An SCQ ring as it stood in memory at one instant. Both peers can write anything there: a view is
 * made of any bytes, and {@link #sound} says whether operations could have left them so.
 *
 * @param order log2 of n, the indices it can hold; it has 2n entries
 * @param receiver the sleep word, IVMC_ACTIVE, IVMC_ASLEEP or IVMC_DROWSY
 * @param waiters of a free ring: how many wait for a slot
 * @param head next dequeue ticket
 * @param threshold signed; below 0 the ring counts as empty
 * @param tail next enqueue ticket
 * @param entries in the order of their tickets, 2n of them
 */
public record RingView(
    int order,
    int receiver,
    long waiters,
    long head,
    long threshold,
    long tail,
    List<Entry> entries) {
  private static final int HEAD_BYTES = IvmcRing.size(Width.W64);

  private static final Pattern WORD = Pattern.compile("(-?\\d+)([su])(-|\\d+)(?:\\*(\\d{1,5}))?");

  /**
   * A slot of the ring.
   *
   * @param cycle of the ticket that wrote it last; -1 before the first
   * @param safe false when a dequeuer passed by while an older index was still in it
   * @param index 0 to n - 1, or -1 when there is none
   */
  public record Entry(long cycle, boolean safe, int index) {
    static final int NONE = -1;

    @Override
    public String toString() {
      return cycle + (safe ? "s" : "u") + (index == NONE ? "-" : index);
    }

    static Entry of(long word, int order) {
      int mask = (2 << order) - 1;
      int index = (int) word & mask;
      return new Entry(
          word >> order + 2, (word >>> order + 1 & 1) != 0, index == mask ? NONE : index);
    }
  }

  /** Entries in a few characters: runs of {@code cycle s|u index|-}, as in {@code -1s-*30 0s7}. */
  public String compact() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < entries.size(); ) {
      Entry entry = entries.get(i);
      int run = 1;
      while (i + run < entries.size() && entries.get(i + run).equals(entry)) {
        run++;
      }
      text.append(text.isEmpty() ? "" : " ").append(entry).append(run == 1 ? "" : "*" + run);
      i += run;
    }
    return text.toString();
  }

  /** What {@link #compact} wrote. */
  public static List<Entry> parse(String compact) {
    List<Entry> entries = new ArrayList<>();
    for (String word : compact.split(" ")) {
      Matcher matcher = WORD.matcher(word);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not an entry of a ring: " + word);
      }
      String index = matcher.group(3);
      Entry entry =
          new Entry(
              Long.parseLong(matcher.group(1)),
              matcher.group(2).equals("s"),
              index.equals("-") ? Entry.NONE : Integer.parseInt(index));
      int run = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
      entries.addAll(Collections.nCopies(run, entry));
    }
    return List.copyOf(entries);
  }

  /** Bytes of a ring of that order, without padding. */
  public static int bytes(int order) {
    return HEAD_BYTES + (2 << order) * Long.BYTES;
  }

  /** Reads the ring that begins at an address. */
  public static RingView read(GuestSpace space, Gpa at, int order) throws GuestFault {
    byte[] bytes = space.read(at, HEAD_BYTES);
    IvmcRing ring = IvmcRing.of(bytes, Width.W64);
    List<Entry> entries = new ArrayList<>();
    for (int ticket = 0; ticket < 2 << order; ticket++) {
      long word = space.u64(at.plus(HEAD_BYTES + (long) ticket * Long.BYTES));
      entries.add(Entry.of(word, order));
    }
    return new RingView(
        order,
        ring.receiver(),
        ring.waiters(),
        ring.head(),
        ring.threshold(),
        ring.tail(),
        List.copyOf(entries));
  }

  /** Indices that are in the ring, oldest first. */
  public List<Integer> indices() {
    List<Integer> found = new ArrayList<>();
    int size = entries.size();
    long tickets = Math.max(0, Math.min(tail - head, size));
    for (long ticket = head; ticket != head + tickets; ticket++) {
      Entry entry = entries.get((int) ticket & size - 1);
      if (entry.index() != Entry.NONE && entry.cycle() == cycle(ticket)) {
        found.add(entry.index());
      }
    }
    return found;
  }

  /** The lap that a ticket belongs to, as entries keep it. */
  public long cycle(long ticket) {
    return ticket << 1 >> order + 2;
  }

  /** Whether indices are in range and none is there twice. */
  public boolean sound() {
    List<Integer> indices = indices();
    return indices.size() == indices.stream().distinct().count()
        && indices.stream().allMatch(index -> index < 1 << order);
  }
}
