package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** In which order domains start, and whether there is one. */
final class StartOrder {
  private StartOrder() {}

  /** Dependencies first, else the given order. There must be no cycle. */
  static ImmutableList<DomainDescription> of(List<DomainDescription> domains) {
    ImmutableMap<String, DomainDescription> byName =
        Maps.uniqueIndex(domains, DomainDescription::name);
    Set<DomainDescription> order = new LinkedHashSet<>();
    domains.forEach(domain -> visit(domain, byName, order));
    return ImmutableList.copyOf(order);
  }

  private static void visit(
      DomainDescription domain,
      ImmutableMap<String, DomainDescription> byName,
      Set<DomainDescription> order) {
    if (order.contains(domain)) {
      return;
    }
    domain.dependsOn().forEach(name -> visit(byName.get(name), byName, order));
    order.add(domain);
  }

  /** A cycle that goes through the given domain: its name first and last. */
  static Optional<List<String>> cycle(
      String start, ImmutableMap<String, ImmutableList<String>> dependencies) {
    List<String> path = new ArrayList<>(List.of(start));
    return search(start, dependencies, new HashSet<>(), path)
        ? Optional.of(path)
        : Optional.empty();
  }

  /** Extends the path back to its first name; false when no way leads there. */
  private static boolean search(
      String start,
      ImmutableMap<String, ImmutableList<String>> dependencies,
      Set<String> seen,
      List<String> path) {
    for (String next : dependencies.getOrDefault(path.getLast(), ImmutableList.of())) {
      path.add(next);
      if (next.equals(start) || seen.add(next) && search(start, dependencies, seen, path)) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }
}
