package ringside.cli.compare;

import java.util.ArrayList;
import java.util.List;
import ringside.cpu.x86.Mnemonic;

/**
 * Has sequences executed by all judges, and where one does not agree with the first, finds the
 * fewest instructions that show it. For one thread.
 */
public final class Comparison implements AutoCloseable {
  /** A sequence is run from so many states: making and translating it costs more than that. */
  private static final int STATES = 64;

  private final Generator generator = new Generator();
  private final List<Judge> judges;
  private final long[] compared = new long[Mnemonic.values().length];
  private final long[] endings = new long[33];

  /**
   * Two judges that do not agree.
   *
   * @param seed of the sequence
   * @param mnemonic of the last instruction under test that is needed
   * @param listing the sequence, made short
   * @param differences what differs, the first judge's value first
   */
  public record Difference(
      long seed,
      String first,
      String second,
      String mnemonic,
      List<String> listing,
      List<String> differences) {}

  Comparison(List<Judge> judges) {
    this.judges = judges;
  }

  /** Instructions compared so far, by {@link Mnemonic}. */
  public long[] compared() {
    return compared.clone();
  }

  /** How many sequences ended in each exception; the last counts those above 31. */
  public long[] endings() {
    return endings.clone();
  }

  /** Executes one sequence everywhere. Returns the instructions that were compared. */
  public long run(long seed, List<Difference> into) {
    Sequence sequence = generator.sequence(seed);
    long address = address(seed);
    byte[] code = sequence.at(address);
    List<Order> orders = new ArrayList<>();
    for (int number = 0; number < STATES; number++) {
      orders.add(new Order(address, code, generator.state(seed, number)));
    }
    List<Verdict> references = judges.getFirst().run(orders);
    for (Judge judge : judges.subList(1, judges.size())) {
      if (judge.knows(sequence)) {
        List<Verdict> verdicts = judge.run(orders);
        int differs = different(references, verdicts);
        if (differs >= 0) {
          into.add(shrunk(seed, sequence, orders.get(differs).state(), judge));
        }
      }
    }
    long count = 0;
    for (Verdict reference : references) {
      endings[Math.min(reference.vector(), 32)]++;
      count += count(sequence, reference.rip() - address);
    }
    return count;
  }

  private static int different(List<Verdict> references, List<Verdict> verdicts) {
    for (int i = 0; i < references.size(); i++) {
      if (!references.get(i).differences(verdicts.get(i)).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  private static long address(long seed) {
    return Layout.CODE + Layout.SLOT * Math.floorMod(seed, Layout.CODE_SIZE / Layout.SLOT);
  }

  /** Those that were surely executed: before the end, and not between a branch and its target. */
  private long count(Sequence sequence, long end) {
    long count = 0;
    long at = 0;
    int skipped = 0;
    for (Unit unit : sequence.units()) {
      at += unit.code().length;
      if (at > end) {
        break;
      }
      if (unit.form() != null && skipped == 0) {
        compared[unit.form().mnemonic().ordinal()]++;
        count++;
      }
      skipped = Math.max(skipped - 1, unit.skip());
    }
    return count;
  }

  private Difference shrunk(long seed, Sequence whole, State state, Judge judge) {
    long address = address(seed);
    Sequence s = whole;
    for (int size = Math.max(1, s.units().size() / 2); size > 0; size /= 2) {
      for (int from = s.units().size() - size; from >= 0; from -= size) {
        if (from + size <= s.units().size()) {
          Sequence fewer = s.without(from, from + size);
          s = differences(fewer, address, state, judge).isEmpty() ? s : fewer;
        }
      }
    }
    return new Difference(
        seed,
        judges.getFirst().name(),
        judge.name(),
        culprit(s),
        listing(s, address, state),
        differences(s, address, state, judge));
  }

  private List<String> differences(Sequence s, long address, State state, Judge judge) {
    List<Order> order = List.of(new Order(address, s.at(address), state));
    Verdict reference = judges.getFirst().run(order).getFirst();
    return reference.differences(judge.run(order).getFirst());
  }

  private static String culprit(Sequence s) {
    String name = "none";
    for (Unit unit : s.units()) {
      if (unit.form() != null) {
        name = unit.form().mnemonic().name();
      }
    }
    return name;
  }

  private static List<String> listing(Sequence s, long address, State state) {
    List<String> lines = new ArrayList<>(s.text(address));
    lines.add(
        "from rflags 0x%x mxcsr 0x%02x%02x"
            .formatted(state.rflags(), state.fx()[25], state.fx()[24]));
    StringBuilder general = new StringBuilder();
    for (long value : state.general()) {
      general.append(' ').append(Long.toHexString(value));
    }
    lines.add("general registers" + general);
    return lines;
  }

  @Override
  public void close() {
    judges.forEach(Judge::close);
  }
}
