package ringside.cpu.jvm.translate;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Where the returns of a region lead to: behind the calls in it of the functions that they are in,
 * and where they were seen to go.
 *
 * <p>A function is what can be come to from where a call leads, calls in it left out. A guess, as
 * code may do with its stack what it likes: a return to elsewhere leaves the region.
 */
final class Returns {
  private final Map<Long, Shape.Part> byRip = new HashMap<>();
  private final long mask;

  /** By RIP of a function, RIPs behind the calls of it. */
  private final Map<Long, Set<Long>> sites = new TreeMap<>();

  /** By RIP of a part that ends in a return. */
  private final Map<Long, Set<Long>> all = new HashMap<>();

  private Returns(Collection<Shape.Part> some, CodeMode mode) {
    this.mask = Gen.mask(mode == CodeMode.BITS64 ? 8 : 4);
    some.forEach(p -> byRip.put(p.rip(), p));
  }

  /** By RIP of the part that ends in a return, RIPs of parts. */
  static Map<Long, List<Long>> of(List<Shape.Part> parts, CodeMode mode) {
    Returns r = new Returns(parts, mode);
    parts.forEach(r::call);
    r.sites.forEach(r::function);
    Map<Long, List<Long>> lists = new HashMap<>();
    for (Shape.Part p : parts) {
      if (last(p).mnemonic == Mnemonic.RET) {
        Set<Long> targets = r.all.computeIfAbsent(p.rip(), k -> new TreeSet<>());
        for (long seen : p.targets()) {
          targets.add(seen);
        }
        lists.put(p.rip(), targets.stream().filter(r.byRip::containsKey).toList());
      }
    }
    return lists;
  }

  private static Insn last(Shape.Part p) {
    return p.insns().getLast();
  }

  private void call(Shape.Part p) {
    if (last(p).mnemonic == Mnemonic.CALL && byRip.containsKey(p.end() & mask)) {
      for (long function : jumps(p)) {
        sites.computeIfAbsent(function, k -> new TreeSet<>()).add(p.end() & mask);
      }
    }
  }

  /** Where the last instruction leads to, but for the one behind it. */
  private static Set<Long> jumps(Shape.Part p) {
    Set<Long> targets = new TreeSet<>();
    if (ControlCode.direct(last(p))) {
      targets.add(ControlCode.target(p.end() - last(p).length, last(p)));
    }
    for (long seen : p.targets()) {
      targets.add(seen);
    }
    return targets;
  }

  private void function(long rip, Set<Long> behind) {
    Set<Long> seen = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>(List.of(rip));
    while (!open.isEmpty()) {
      Shape.Part p = byRip.get(open.poll());
      if (p == null || !seen.add(p.rip())) {
        continue;
      }
      switch (last(p).mnemonic) {
        case RET -> all.computeIfAbsent(p.rip(), k -> new TreeSet<>()).addAll(behind);
        case JMP -> open.addAll(jumps(p));
        case JCC, LOOP, LOOPE, LOOPNE, JCXZ -> {
          open.addAll(jumps(p));
          open.add(p.end() & mask);
        }
        default -> open.add(p.end() & mask);
      }
    }
  }
}
