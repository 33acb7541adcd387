package ringside.domain;

import com.google.common.collect.ImmutableSortedMap;

/**
 * What a domain has in use that ties it to others. Two that are equal, before and after something,
 * show that it leaked nothing.
 *
 * @param granted grants of its own that are in use, by the domid of who uses them
 * @param mapped foreign pages that it has mapped, by the domid of whose they are
 * @param ports its open event channels by kind: unbound, interdomain, backend (the other end is in
 *     the hypervisor), virq, ipi, pirq
 */
public record Resources(
    ImmutableSortedMap<Integer, Integer> granted,
    ImmutableSortedMap<Integer, Integer> mapped,
    ImmutableSortedMap<String, Integer> ports) {

  public static Resources of(Domain domain) {
    return new Resources(
        domain.grants().grantedByUser(),
        domain.grants().mappedByGranter(),
        domain.events().openByKind());
  }
}
