package ringside.xenstore;

import ringside.domain.Domain;

/** A domain's connection to the store: the ring page and its event channel. */
public final class StoreRing implements AutoCloseable {
  public StoreRing(Domain domain, XenStore store) {}

  @Override
  public void close() {}
}
