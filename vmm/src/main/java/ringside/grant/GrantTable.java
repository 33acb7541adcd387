package ringside.grant;

import ringside.domain.Domain;

/** A domain's grant table. */
public final class GrantTable implements AutoCloseable {
  public GrantTable(Domain domain, int maxFrames) {}

  @Override
  public void close() {}
}
