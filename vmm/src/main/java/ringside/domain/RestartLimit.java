package ringside.domain;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often domains may be restarted: one that keeps stopping must not keep a machine from ever
 * coming to its end, and one that stops now and then is to be there again each time.
 *
 * <p>Invariant: no domain is restarted more than {@link #MOST} times in succession, that is, each
 * time less than {@link #SUCCESSION_NS} after the last.
 */
final class RestartLimit {
  static final int MOST = 10;
  static final long SUCCESSION_NS = 10_000_000_000L;

  private final SortedMap<Integer, Restarts> domains = new TreeMap<>();

  private record Restarts(int inSuccession, long lastNs) {}

  /**
   * Whether a domain that has stopped may be restarted now; if so it counts as restarted.
   *
   * @param nowNs time of the machine
   */
  boolean allows(int domid, long nowNs) {
    Restarts before = domains.get(domid);
    boolean first = before == null || nowNs - before.lastNs >= SUCCESSION_NS;
    int inSuccession = first ? 1 : before.inSuccession + 1;
    if (inSuccession > MOST) {
      return false;
    }
    domains.put(domid, new Restarts(inSuccession, nowNs));
    return true;
  }
}
