package ringside.probe;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trace ids by what they are about. The oldest are forgotten: at most {@link #MOST} are kept, since
 * it is guests who say what there is to remember.
 *
 * @param <K> a record
 */
final class RecentIds<K> {
  private static final int MOST = 1 << 16;

  private final Map<K, Long> ids =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
          return size() > MOST;
        }
      };

  void put(K about, long id) {
    ids.put(about, id);
  }

  /** 0 when nothing is known. */
  long get(K about) {
    return ids.getOrDefault(about, 0L);
  }

  /** The same, and forgets it. */
  long take(K about) {
    Long id = ids.remove(about);
    return id == null ? 0 : id;
  }
}
