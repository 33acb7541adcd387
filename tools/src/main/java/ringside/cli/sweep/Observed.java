package ringside.cli.sweep;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ringside.cli.run.DomainResult;
import ringside.cli.run.RunResult;
import ringside.cli.system.DomainDescription;
import ringside.device.disk.DiskOp;
import ringside.domain.Resources;

/**
 * What must be the same however often a server was killed.
 *
 * @param verdicts how each domain ended, by name
 * @param content the lines in which guests say what is on their disks
 * @param disks what the disks hold, by name
 * @param histories what was done to the disks, by name
 * @param resources event channels and grants that each domain had when it stopped
 * @param frames of the machine in use at the end
 */
record Observed(
    RunResult run,
    ImmutableSortedMap<String, String> verdicts,
    ImmutableSortedMap<String, ImmutableList<String>> content,
    ImmutableSortedMap<String, DiskState> disks,
    ImmutableSortedMap<String, DiskHistory> histories,
    ImmutableSortedMap<String, Resources> resources,
    int frames) {
  private static final String CONTENT = "content";

  static Observed of(
      RunResult run,
      Map<String, DiskState> disks,
      Map<String, List<DiskOp>> logs,
      Map<String, Resources> resources,
      int frames) {
    ImmutableSortedMap.Builder<String, DiskHistory> histories = ImmutableSortedMap.naturalOrder();
    logs.forEach((name, log) -> histories.put(name, DiskHistory.of(log)));
    ImmutableSortedMap.Builder<String, String> verdicts = ImmutableSortedMap.naturalOrder();
    ImmutableSortedMap.Builder<String, ImmutableList<String>> content =
        ImmutableSortedMap.naturalOrder();
    for (DomainResult domain : run.domains()) {
      verdicts.put(
          domain.domain().name(),
          domain.outcome().map(o -> o.reason() + ", verdict " + o.verdict()).orElse("running"));
      content.put(
          domain.domain().name(),
          domain.console().stream()
              .filter(line -> line.startsWith(CONTENT))
              .collect(ImmutableList.toImmutableList()));
    }
    return new Observed(
        run,
        verdicts.buildOrThrow(),
        content.buildOrThrow(),
        ImmutableSortedMap.copyOf(disks),
        histories.buildOrThrow(),
        ImmutableSortedMap.copyOf(resources),
        frames);
  }

  /** What is wrong in a run with kills, against this one without; one sentence each. */
  List<String> differences(Observed killed, DomainDescription victim) {
    List<String> wrong = new ArrayList<>();
    if (killed.run.end() != run.end()) {
      wrong.add("it ended as " + killed.run.end() + ", not " + run.end());
    }
    verdicts.forEach((name, was) -> differs(wrong, name, was, killed.verdicts.get(name)));
    content.forEach((name, was) -> differs(wrong, name, was, killed.content.get(name)));
    disks.forEach((name, was) -> wrong.addAll(was.differences(name, killed.disks.get(name))));
    if (victim.provides()) { // others begin anew, and do again what they did
      histories.forEach((name, was) -> historyDiffers(wrong, name, was, killed));
    }
    resources.forEach(
        (name, was) -> {
          if (!name.equals(victim.name())) {
            leak(wrong, name, was, killed.resources.get(name));
          }
        });
    more(wrong, "frames in use", frames, killed.frames);
    return wrong;
  }

  private void historyDiffers(List<String> wrong, String name, DiskHistory was, Observed killed) {
    if (!disks.get(name).volume()) {
      wrong.addAll(was.differences(name, killed.histories.get(name)));
    }
  }

  /** A domain that stopped while its server was away holds less. */
  private static void leak(List<String> wrong, String name, Resources was, Resources is) {
    if (is != null) {
      more(wrong, name + "'s grants in use", sum(was.granted()), sum(is.granted()));
      more(wrong, name + "'s mapped grants", sum(was.mapped()), sum(is.mapped()));
      more(wrong, name + "'s event channels", sum(was.ports()), sum(is.ports()));
    }
  }

  private static int sum(Map<?, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static void more(List<String> wrong, String what, int was, int is) {
    if (is > was) {
      wrong.add(what + ": " + is + ", without a kill " + was);
    }
  }

  private static void differs(List<String> wrong, String what, Object was, Object is) {
    if (!was.equals(is)) {
      wrong.add(what + ": " + is + ", without a kill " + was);
    }
  }
}
