package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableSortedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often what happened: a run that found nothing says with it what it has tried.
 *
 * <p>Invariant: counts only what did happen as far as the host can see, not what was planned.
 */
final class Coverage {
  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();

  /** A command has completed. */
  void completed(boolean admin, Command command, int status) {
    String name = (admin ? "admin: " : "I/O: ") + name(admin, command.opcode);
    count(name, Spec.statusName(status));
  }

  /** Something has happened, in a group of such things. */
  void count(String group, String what) {
    counts.computeIfAbsent(group, _ -> new TreeMap<>()).merge(what, 1L, Long::sum);
  }

  private static String name(boolean admin, int opcode) {
    return admin ? Spec.adminName(opcode) : Spec.ioName(opcode);
  }

  /** Groups of what happened, and how often each member did. */
  ImmutableSortedMap<String, ImmutableSortedMap<String, Long>> counts() {
    ImmutableSortedMap.Builder<String, ImmutableSortedMap<String, Long>> all =
        ImmutableSortedMap.naturalOrder();
    counts.forEach((group, members) -> all.put(group, ImmutableSortedMap.copyOf(members)));
    return all.build();
  }
}
